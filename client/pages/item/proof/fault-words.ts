// The sentence of something that was found wrong, in the language spoken; in English as the checker said it otherwise.

import { useTranslation } from 'react-i18next'
import type { Fault } from '../../../data/verify-chain.ts'
import { useWords } from '../../../ui/words.ts'

export function useFaultWords(): (fault: Fault) => string {
  const { t, i18n } = useTranslation('proof')
  const words = useWords()
  const nameOf = (field: string) => (i18n.exists(`proof:shown.${field}`) ? t(`shown.${field}`) : words.axisName(field))
  return ({ code, message, params = {} }) => {
    if (!i18n.exists(`proof:fault.${code}`)) return message
    const { fields } = params
    const named = Array.isArray(fields) ? { fields: fields.map(nameOf).join(t('listSeparator')) } : {}
    return t(`fault.${code}`, { ...params, ...named })
  }
}
