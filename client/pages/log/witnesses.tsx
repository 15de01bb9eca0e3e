// Who watches the log from outside, and how far each of them has seen it.

import { useTranslation } from 'react-i18next'
import type { LogState, LogWitness } from '../../../server/contract/log.ts'
import { Empty } from '../../ui/empty.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Time } from '../../ui/time.tsx'
import { useWitnessName } from '../../ui/witness-name.ts'

export function Witnesses({ log: { witnesses, ownWitnesses } }: { log: LogState }) {
  const { t } = useTranslation('proof')
  return (
    <section className="panel" aria-labelledby="log-witnesses">
      <h2 id="log-witnesses">{t('log.witnesses')}</h2>
      {witnesses.length === 0 ? (
        <Empty title={t('log.witnessesNone')} hint={t('log.witnessesNoneHint')} />
      ) : (
        <ul className="row-list log-witnesses">
          {witnesses.map((witness) => (
            <Witness key={`${witness.keyName} ${witness.keyId}`} witness={witness} />
          ))}
        </ul>
      )}
      {ownWitnesses && <p className="log-demo">{t('log.demo')}</p>}
    </section>
  )
}

function Witness({ witness: { name, keyName, size, at, behind } }: { witness: LogWitness }) {
  const { t, i18n } = useTranslation('proof')
  const nameOf = useWitnessName()
  return (
    <li>
      <div>
        <b>{nameOf(name)}</b>
        <p className="code quiet">{keyName}</p>
      </div>
      <div>
        {at === undefined ? (
          <Mark kind="warn">{t('log.never')}</Mark>
        ) : behind === 0 ? (
          <Mark kind="good">{t('log.current')}</Mark>
        ) : (
          <Mark kind="warn">{t('log.behind', { count: behind })}</Mark>
        )}
      </div>
      <p className="log-reached">
        {at !== undefined && (
          <>
            <span className="quiet">{t('log.reached')}</span> <b>{size.toLocaleString(i18n.language)}</b>{' '}
            <span className="quiet">
              <Time at={at} />
            </span>
          </>
        )}
      </p>
    </li>
  )
}
