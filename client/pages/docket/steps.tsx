// What can be done with a docket as a whole: its steps, for all items that stand at the same stage.

import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import type { StepAnswer } from '../../../server/contract/steps.ts'
import { catalogue } from '../../../server/custody/catalogue.ts'
import { StepPanel } from '../../steps/step-panel.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { useWords } from '../../ui/words.ts'

/** Whether a step goes on with dockets of the procedure. */
const continues = (procedure: string) => (name: string) => {
  const step = catalogue.steps[name]
  return name.startsWith(`${procedure}.`) && step?.on === 'item' && typeof step.docket === 'object'
}

type Props = {
  docket: DocketCard
  /** All cards of the docket, or nothing while they are on their way. */
  items?: Card[]
  onDone: (answer: StepAnswer, step: string) => void
}

export function DocketSteps({ docket, items, onDone }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const [chosen, setChosen] = useState<string>()
  const stage = chosen && docket.stages.includes(chosen) ? chosen : docket.stages[0]
  const standing = new Set(docket.items.filter((item) => item.stage === stage).map(({ code }) => code))
  const cards = items?.filter(({ code }) => standing.has(code))
  return (
    <section className="panel" aria-labelledby="docket-steps">
      <div className="chain-head">
        <h2 id="docket-steps">{t('docket.steps')}</h2>
        {docket.stages.length > 1 && (
          <Segmented
            aria-label={t('docket.stage')}
            value={stage}
            onChange={setChosen}
            options={docket.stages.map((value) => ({ value, label: words.stageName(docket.procedure, value) }))}
          />
        )}
      </div>
      {cards ? (
        cards.length > 0 && (
          <StepPanel key={stage} items={cards} only={continues(docket.procedure)} onDone={onDone} saysDone={false} />
        )
      ) : (
        <RowsSkeleton rows={2} />
      )}
    </section>
  )
}
