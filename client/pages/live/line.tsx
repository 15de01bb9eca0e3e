// One line of the board: when, what happened to what, from where to where, by whom.

import { ArrowRightOutlined, WarningFilled } from '@ant-design/icons'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Movement, Standing } from '../../../server/contract/movements.ts'
import { Code } from '../../ui/code.tsx'
import { pathOf } from '../../ui/paths.ts'
import { clock, clockOfDay, day, useRelative } from '../../ui/times.ts'
import { useWords } from '../../ui/words.ts'
import { useKindWords } from '../items/standing.tsx'

/** A standing in words: on the axis, its state and the name that goes with it. */
export function useStandingWords(): (axis: NonNullable<Movement['axis']>, standing: Standing) => string {
  const words = useWords()
  const { t } = useTranslation('screens-chain')
  const kindWords = useKindWords()
  return (axis, { state, name, code }) => {
    if (axis === 'custody') return [words.custodyName(state), name].filter(Boolean).join(' · ')
    if (axis === 'control')
      return state === 'offered' ? t('standing.offeredTo', { name }) : (name ?? words.controlName(state))
    return [words.dispositionName(state), code && kindWords(code)].filter(Boolean).join(' · ')
  }
}

type Props = { movement: Movement; fresh?: boolean }

export const BoardLine = memo(function BoardLine({ movement, fresh = false }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const standing = useStandingWords()
  const relative = useRelative()
  const { axis, from, to, by } = movement
  const warns = ['DiscrepancyFound', 'DiscrepancyReported'].includes(movement.fact)
  const isToday = day(movement.recordedAt) === day(new Date().toISOString())
  return (
    <li className={fresh ? 'live-line live-fresh' : 'live-line'}>
      <time dateTime={movement.recordedAt} title={`${clock(movement.recordedAt)} · ${relative(movement.recordedAt)}`}>
        {isToday ? clockOfDay(movement.recordedAt) : clock(movement.recordedAt)}
      </time>
      <span className={`live-fact live-${warns ? 'warned' : (axis ?? 'none')}`}>
        {warns && <WarningFilled />} {words.factName(movement.fact)}
      </span>
      <span className="live-what">
        <Link to={pathOf(movement.subject)}>{movement.name}</Link>
        <span className="quiet">
          {movement.subject.kind === 'item' && <Code code={movement.subject.id} />}
          {movement.docket && (
            <>
              {movement.subject.kind === 'item' && ' · '}
              {words.procedureName(movement.step.split('.')[0]!)}{' '}
              <Code code={movement.docket} to={`/dockets/${movement.docket}`} />
            </>
          )}
        </span>
      </span>
      <span className="live-way">
        {axis && to && (
          <>
            {from && (
              <>
                <span className="quiet">{standing(axis, from)}</span> <ArrowRightOutlined
                  aria-label={t('entry.to')}
                />{' '}
              </>
            )}
            {standing(axis, to)}
          </>
        )}
      </span>
      <span className="live-by">
        {words.signedName(by)} <span className="quiet">{by.unitName}</span>
      </span>
    </li>
  )
})
