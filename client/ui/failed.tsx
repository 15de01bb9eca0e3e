// A list or a part of a page that could not be read: says why, and reads it again.

import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { saidOf } from './said.ts'
import { useWords } from './words.ts'

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={words.refusalText(saidOf(error))}
      action={onRetry && <Button onClick={onRetry}>{t('again')}</Button>}
    />
  )
}
