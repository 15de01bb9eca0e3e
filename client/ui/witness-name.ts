// What a witness is called: a policy's short names for agencies in people's words, any other name as it is.

import { useTranslation } from 'react-i18next'

export function useWitnessName(): (name: string) => string {
  const { t, i18n } = useTranslation('proof')
  return (name) => (i18n.exists(`proof:witness.${name}`) ? t(`witness.${name}`) : name)
}
