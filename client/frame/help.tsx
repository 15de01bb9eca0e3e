// Help: keys, the scanner, where things are.

import { useTranslation } from 'react-i18next'
import { Sheet } from '../ui/sheet.tsx'
import './help.css'

type Props = { open: boolean; onClose: () => void }

const keys = ['/', '?', 'Esc', 'Tab'] as const
const names = { '/': 'slash', '?': 'question', Esc: 'escape', Tab: 'tab' } as const

export function Help({ open, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} onClose={onClose} title={t('screens:help.title')}>
      <dl className="help-keys">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`screens:help.${names[key]}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('screens:help.scanner')}</p>
      <p>{t('screens:help.idea')}</p>
    </Sheet>
  )
}
