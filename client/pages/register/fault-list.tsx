// Everything that is wrong with the form, above it: each fault leads to its field.

import { useTranslation } from 'react-i18next'
import type { Fault, Faults } from '../../steps/checked.ts'
import { Verdict } from '../../steps/verdict.tsx'
import { useWords } from '../../ui/words.ts'

const FEW = 12

type Props = { step: string; faults: Faults; lineOf: (index: number) => string; onFollow: (fault: Fault) => void }

export function FaultList({ step, faults, lineOf, onFollow }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const all = Object.values(faults)
  if (all.length === 0) return null
  const titleOf = ({ path }: Fault) => {
    const names = path.map(String).filter((key) => !/^\d+$/.test(key) && key !== 'common')
    const [list, index] = path
    const isRow = list === 'items' && typeof index !== 'undefined'
    const field = words.fieldName(step, names.join('.'))
    return isRow ? t('screens:register.fieldOfLine', { line: lineOf(Number(index)), field }) : field
  }
  return (
    <Verdict kind="refused" title={t('screens:register.faults', { count: all.length })}>
      <ul className="fault-list">
        {all.slice(0, FEW).map((fault) => (
          <li key={fault.path.join('.')}>
            <button type="button" className="link-button" onClick={() => onFollow(fault)}>
              {titleOf(fault)}
            </button>{' '}
            {fault.said ?? words.faultText(fault, step)}
          </li>
        ))}
      </ul>
      {all.length > FEW && <p>{t('screens:register.moreFaults', { count: all.length - FEW })}</p>}
    </Verdict>
  )
}

/** Shows the field of a fault and puts the cursor there: its own, one within it, or the one that it is part of. */
export function focusField(form: HTMLElement | null, path: readonly PropertyKey[]): void {
  const keys = path.map(String)
  for (let length = keys.length; length > 0; length -= 1) {
    const key = CSS.escape(keys.slice(0, length).join('.'))
    const place = form?.querySelector(`[data-path="${key}"], [data-path^="${key}\\."]`)
    const field = place?.querySelector<HTMLElement>('input, textarea, [role="combobox"], button')
    if (!field) continue
    for (let folded = field.closest('details'); folded; folded = folded.parentElement?.closest('details') ?? null)
      folded.open = true
    field.focus()
    field.scrollIntoView({ block: 'center' })
    return
  }
}
