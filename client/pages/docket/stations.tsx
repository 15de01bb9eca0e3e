// What was said at each stop of a docket's way.

import { useTranslation } from 'react-i18next'
import type { DocketCard } from '../../../server/contract/cards.ts'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { FieldLines } from '../item/field-lines.tsx'
import { linesOf, stepOfWords } from '../item/fields-of-entry.ts'

export function Stations({ docket }: { docket: DocketCard }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (
    <section className="panel" aria-labelledby="docket-stations">
      <h2 id="docket-stations">{t('docket.stations')}</h2>
      <ol className="row-list docket-stations">
        {docket.route.map((stop, index) => {
          const lines = linesOf(stop.data)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: stops are only ever added at the end
            <li key={index}>
              <h3>{words.factName(stop.fact)}</h3>
              <p className="quiet docket-said">
                {words.signedName(stop.by)} · {stop.by.unitName}
                {stop.by.role && ` · ${words.roleName(stop.by.role)}`}
                {stop.countersigners.length > 0 &&
                  ` · ${t('docket.with', { names: stop.countersigners.map(({ name }) => name).join(t('listSeparator')) })}`}{' '}
                · <Time at={stop.at} />
              </p>
              {lines.length > 0 && (
                <dl className="entry-fields">
                  <FieldLines step={stepOfWords(stop)} lines={lines} />
                </dl>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
