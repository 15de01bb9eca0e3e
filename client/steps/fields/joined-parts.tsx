// Which parts of the same thing are put to this one: those that lie together and have nothing open on them.

import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { sum } from '../../../server/custody/decimal.ts'
import { unlike } from '../../../server/custody/procedures/item/join.ts'
import { useItems } from '../../data/use-items.ts'
import { Code } from '../../ui/code.tsx'
import { useForm } from '../form-context.ts'
import { type Path, valueAt } from '../value.ts'
import './shares.css'

const MOST = 200

export function JoinedParts({ path, title }: { path: Path; title: string }) {
  const { t } = useTranslation()
  const form = useForm()
  const [into, ...scanned] = form.items
  const { rows = [] } = useItems(
    { case: into?.caseNo, class: into?.class, limit: MOST },
    { enabled: into !== undefined },
  )
  const chosen = (valueAt(form.value, path) as string[] | undefined) ?? []
  if (!into) return null
  const found = rows.filter(
    (item) =>
      item.code !== into.code &&
      !scanned.some(({ code }) => code === item.code) &&
      Object.keys(item.open).length === 0 &&
      unlike(into, item).length === 0,
  )
  const parts = [...scanned, ...found.filter(({ code }) => chosen.includes(code))]
  return (
    <fieldset className="field-group field-wide shares">
      <legend>{title}</legend>
      <p>
        {t('screens:shares.into', { name: into.name, line: into.line })} <Code code={into.code} />
      </p>
      <ul className="shares-choice">
        {[...scanned, ...found].map((item) => (
          <li key={item.code}>
            <Checkbox
              checked={parts.includes(item)}
              disabled={form.disabled || scanned.includes(item)}
              onChange={({ target }) =>
                form.change(path, target.checked ? [...chosen, item.code] : chosen.filter((code) => code !== item.code))
              }
            >
              {item.name} · {item.line} · {item.quantity} {item.unit}
            </Checkbox>{' '}
            <Code code={item.code} />
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {scanned.length + found.length === 0
          ? t('screens:shares.noParts')
          : t('screens:shares.together', {
              quantity: sum(into.quantity, ...parts.map(({ quantity }) => quantity)),
              unit: into.unit,
            })}
      </p>
    </fieldset>
  )
}
