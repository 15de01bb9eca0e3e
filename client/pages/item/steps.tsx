// What can be done with the item now, and why the rest cannot.

import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { StepPanel } from '../../steps/step-panel.tsx'

export function ItemSteps({ item }: { item: Card }) {
  const { t } = useTranslation('screens-chain')
  return (
    <section className="panel" aria-labelledby="item-steps">
      <h2 id="item-steps">{t('item.steps')}</h2>
      <StepPanel items={[item]} />
    </section>
  )
}
