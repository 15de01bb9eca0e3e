// What can be done with a docket: its steps, for the lines that are chosen – at first all that wait for whoever reads.

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import type { StepAnswer } from '../../../server/contract/steps.ts'
import { catalogue } from '../../../server/custody/catalogue.ts'
import { procedureOf } from '../../../server/custody/define.ts'
import { useMe } from '../../data/session.ts'
import { StepPanel } from '../../steps/step-panel.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { DocketItems } from './items.tsx'
import { chosenAtFirst, desksAt, groupedLines } from './lines.ts'

/** Whether a step goes on with dockets of the procedure. */
const continues = (procedure: string) => (name: string) => {
  const step = catalogue.steps[name]
  return step?.on === 'item' && typeof step.docket === 'object' && procedureOf(name, step) === procedure
}

type Props = {
  docket: DocketCard
  cards: Card[]
  /** Whether all cards of the docket are here. */
  isLoaded: boolean
  onDone: (answer: StepAnswer, step: string) => void
}

export function DocketSteps({ docket, cards, isLoaded, onDone }: Props) {
  const { t } = useTranslation('screens-chain')
  const me = useMe()
  const lines = groupedLines(docket, cards)
  const [picked, setPicked] = useState<string[]>()
  const going = new Set([...lines.groups.flatMap(({ codes }) => codes), ...lines.aside])
  const chosen = picked?.filter((code) => going.has(code)) ?? chosenAtFirst(lines, desksAt(me))
  const items = cards.filter(({ code }) => chosen.includes(code))
  return (
    <>
      <section className="panel" aria-labelledby="docket-items">
        <h2 id="docket-items">
          {t('docket.items')} <span className="quiet figures">{docket.items.length}</span>
        </h2>
        <DocketItems docket={docket} cards={cards} lines={lines} chosen={chosen} onChoose={setPicked} />
      </section>
      <section className="panel docket-steps" aria-labelledby="docket-steps">
        <h2 id="docket-steps">
          {t('docket.steps')} <span className="quiet">{t('docket.chosen', { count: chosen.length })}</span>
        </h2>
        {chosen.length === 0 && <p className="quiet">{t('docket.chooseLines')}</p>}
        {chosen.length > 0 && !isLoaded && <RowsSkeleton rows={2} />}
        {chosen.length > 0 && isLoaded && (
          <StepPanel
            key={chosen.join()}
            items={items}
            only={continues(docket.procedure)}
            apart={docket.procedure}
            onNarrow={setPicked}
            onDone={(answer, step) => {
              setPicked(undefined)
              onDone(answer, step)
            }}
            saysDone={false}
          />
        )}
      </section>
    </>
  )
}
