// What is handed on before somebody leaves, moves or loses a role: things, requests, desks that only they sit at.

import { useTranslation } from 'react-i18next'
import { useDuties } from '../../data/use-duties.ts'
import { useNames } from '../../data/use-names.ts'
import { Code } from '../../ui/code.tsx'
import { Failed } from '../../ui/failed.tsx'
import { Mark } from '../../ui/mark.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { useWords } from '../../ui/words.ts'

export function DutiesOf({ login }: { login: string }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const { data, error, refetch } = useDuties(login)
  const free = data && data.holds.count + data.asked.count === 0 && !data.desks.some(({ waiting }) => waiting > 0)
  return (
    <section className="panel" aria-labelledby="person-duties">
      <h2 id="person-duties">{t('duties.title')}</h2>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowsSkeleton rows={3} />}
      {free && <p className="quiet">{t('duties.nothing')}</p>}
      {data && !free && (
        <ul className="row-list duty-rows">
          {data.holds.count > 0 && (
            <li>
              <span>
                <Mark kind="warn">{data.holds.count}</Mark> {t('duties.holds')}
              </span>
              <Codes codes={data.holds.codes} under="/items" />
            </li>
          )}
          {data.asked.count > 0 && (
            <li>
              <span>
                <Mark>{data.asked.count}</Mark> {t('duties.asked')}
              </span>
              <Codes codes={data.asked.codes} under="/dockets" />
            </li>
          )}
          {data.desks
            .filter(({ waiting }) => waiting > 0)
            .map(({ desk, alone, waiting }) => (
              <li key={desk}>
                <span>
                  <Mark kind={empties(desk, alone) ? 'bad' : 'plain'}>{waiting}</Mark>{' '}
                  {t('duties.waiting', { desk: words.deskName(desk, nameOf) })}
                </span>
                {empties(desk, alone) && <span>{t('duties.alone')}</span>}
              </li>
            ))}
        </ul>
      )}
    </section>
  )
}

/** Whether nobody is left at it without this person; their own desk goes with them. */
const empties = (desk: string, alone: boolean) => alone && !desk.startsWith('person:')

function Codes({ codes, under }: { codes: string[]; under: string }) {
  return (
    <span>
      {codes.map((code) => (
        <span key={code}>
          <Code code={code} to={`${under}/${code}`} />{' '}
        </span>
      ))}
    </span>
  )
}
