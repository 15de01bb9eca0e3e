// What has become of a case, on which document, in order.

import { useTranslation } from 'react-i18next'
import type { CaseCard } from '../../../server/contract/cards.ts'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'

export function CaseEvents({ it }: { it: CaseCard }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (
    <section className="panel" aria-labelledby="case-events">
      <h2 id="case-events">{t('case.events')}</h2>
      <ol className="case-events">
        <li>
          <b>{t('case.accepted')}</b>
          <span className="quiet">
            <Time at={it.acceptedAt} as="day" />
          </span>
        </li>
        {it.events.map(({ event, date, document }) => (
          <li key={`${event} ${document.no}`}>
            <b>{words.valueName('case.record', 'event', event)}</b>
            <span className="quiet">
              {date} · {document.kind} {document.no}
            </span>
          </li>
        ))}
      </ol>
      {it.supplementaryTimes > 0 && (
        <p className="quiet">{t('case.supplementary', { count: it.supplementaryTimes })}</p>
      )}
    </section>
  )
}
