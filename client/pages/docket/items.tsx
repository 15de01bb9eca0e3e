// The lines of a docket by their stages: what each waits for, where its thing is, and which of them a step is for.

import { Checkbox } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import { useNames } from '../../data/use-names.ts'
import { Code } from '../../ui/code.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, CustodyTag, Where } from '../items/standing.tsx'
import type { Grouped } from './lines.ts'
import { nameOnDocket } from './name-on-docket.ts'

type Props = {
  docket: DocketCard
  cards: Card[]
  lines: Grouped
  /** Codes of the lines that a step would be taken for. */
  chosen: string[]
  /** Absent where nothing can be chosen. */
  onChoose?: (codes: string[]) => void
}

export function DocketItems({ docket, cards, lines, chosen, onChoose }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const byCode = new Map(cards.map((card) => [card.code, card]))
  const group = { docket, byCode, chosen, onChoose }
  const desks = (waitsFor: string[]) =>
    waitsFor
      .map((desk) => words.deskName(desk, (id) => nameOf(id) ?? nameOnDocket(docket, id)))
      .join(t('listSeparator'))
  return (
    <div className="docket-groups">
      {lines.groups.map(({ stage, waitsFor, codes }) => (
        <Group
          key={stage}
          {...group}
          codes={codes}
          title={words.stageName(docket.procedure, stage)}
          says={`${t('docket.waitsFor')} ${desks(waitsFor) || t('docket.nobody')}`}
        />
      ))}
      {lines.aside.length > 0 && (
        <Group {...group} codes={lines.aside} title={t('docket.aside')} says={t('docket.asideHint')} />
      )}
      {lines.ended.length > 0 && (
        <Group {...group} codes={lines.ended} onChoose={undefined} title={t('docket.itemDone')} />
      )}
    </div>
  )
}

type GroupProps = {
  byCode: Map<string, Card>
  docket: DocketCard
  codes: string[]
  title: string
  says?: string
  chosen: string[]
  onChoose?: (codes: string[]) => void
}

function Group({ byCode, docket, codes, title, says, chosen, onChoose }: GroupProps) {
  const { t } = useTranslation('screens-chain')
  const id = useId()
  const ticked = codes.filter((code) => chosen.includes(code)).length
  const without = chosen.filter((code) => !codes.includes(code))
  return (
    <section aria-labelledby={id} className="docket-group">
      <header>
        {onChoose && (
          <Checkbox
            checked={ticked === codes.length}
            indeterminate={ticked > 0 && ticked < codes.length}
            aria-label={t('docket.chooseAll', { stage: title })}
            onChange={({ target }) => onChoose(target.checked ? [...without, ...codes] : without)}
          />
        )}
        <h3 id={id}>
          {title} <span className="quiet figures">{codes.length}</span>
        </h3>
        {says && <span className="quiet">{says}</span>}
      </header>
      <ul className="row-list docket-items">
        {codes.map((code) => (
          <li key={code}>
            {onChoose && (
              <Checkbox
                checked={chosen.includes(code)}
                aria-label={t('docket.chooseOne', { name: nameIn(docket, code) })}
                onChange={({ target }) =>
                  onChoose(target.checked ? [...chosen, code] : chosen.filter((each) => each !== code))
                }
              />
            )}
            <Line code={code} name={nameIn(docket, code)} card={byCode.get(code)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const nameIn = ({ items }: DocketCard, code: string): string => items.find((item) => item.code === code)?.name ?? code

function Line({ code, name, card }: { code: string; name: string; card?: Card }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  return (
    <div className="docket-line">
      <div>
        <Link className="items-name" to={`/items/${code}`}>
          {name}
        </Link>{' '}
        {card?.open.discrepancy && (
          <Link className="docket-stopped" to={`/dockets/${card.open.discrepancy.docket}`}>
            {t('docket.toDiscrepancy')}
          </Link>
        )}
        <p className="quiet">
          <Code code={code} />
          {card && ` · ${words.className(card.class)} · ${words.quantityText(card)}`}
        </p>
      </div>
      {card && (
        <div>
          <CustodyTag custody={card.custody} /> <Where custody={card.custody} />
          {card.clocks.length > 0 && <Clock due={card.clocks[0]} />}
        </div>
      )}
    </div>
  )
}
