// Help: keys, the scanner, where things are, the tour.

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMe } from '../data/session.ts'
import { Sheet } from '../ui/sheet.tsx'
import { tourFor } from './tour-steps.ts'
import { useTour } from './use-tour.ts'
import './help.css'

type Props = { open: boolean; onClose: () => void }

const keys = ['/', 'Ctrl K', '?', 'Esc', 'Tab'] as const
const names = { '/': 'slash', 'Ctrl K': 'control', '?': 'question', Esc: 'escape', Tab: 'tab' } as const

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
      <TourButtons onChosen={onClose} />
    </Sheet>
  )
}

/** Goes on with the tour where it was left, or begins it. */
function TourButtons({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation('tour')
  const me = useMe()
  const tour = tourFor(me.roles)
  const { at, go } = useTour(me.login)
  if (!tour) return null
  const from = (step: number) => () => {
    onChosen()
    go(step)
  }
  return (
    <div className="help-tour">
      {at > 0 && at < tour.steps.length && (
        <Button type="primary" onClick={from(at)}>
          {t('goOn', { n: at + 1, count: tour.steps.length })}
        </Button>
      )}
      <Button onClick={from(0)}>{t(at > 0 ? 'fromTheStart' : 'take')}</Button>
    </div>
  )
}
