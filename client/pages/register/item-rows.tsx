// The items of a seizure, a block each: what everyone gives, what the class asks for, photographs, the rest folded away.

import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ItemClass } from '../../../server/custody/classes.ts'
import { classFields, demanded, photosOf } from '../../steps/class-fields.ts'
import { Shaped } from '../../steps/fields/shaped.tsx'
import { useForm } from '../../steps/form-context.ts'
import type { Field } from '../../steps/shape.ts'
import { valueAt } from '../../steps/value.ts'
import { useWords } from '../../ui/words.ts'
import { commonFields, type ItemDraft, nextLine } from './draft.ts'
import { ListedNotes } from './listed-notes.tsx'

const first = ['line', 'name', 'class', 'quantity', 'unit']
const never = [...first, 'features', 'photos', 'details', 'inPlace', 'frozen', 'entrusted']
/** Where a thing is kept that the measure does not have handed in. */
const keptBy: Partial<Record<string, string>> = { 'seal-in-place': 'inPlace', freeze: 'frozen', entrust: 'entrusted' }

type Props = { fields: Field[] }

export function ItemRows({ fields }: Props) {
  const { value, change } = useForm()
  const items = valueAt(value, ['items']) as ItemDraft[]
  return (
    <ol className="register-items">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its place, and keeps no state of its own
        <li key={index}>
          <ItemBlock
            item={item}
            index={index}
            fields={fields}
            onCopy={() => {
              const { photos: _photos, serials: _serials, ...rest } = item
              change(['items'], items.toSpliced(index + 1, 0, { ...rest, line: nextLine(items) }))
            }}
            onRemove={items.length > 1 ? () => change(['items'], items.toSpliced(index, 1)) : undefined}
          />
        </li>
      ))}
    </ol>
  )
}

type BlockProps = { item: ItemDraft; index: number; fields: Field[]; onCopy: () => void; onRemove?: () => void }

function ItemBlock({ item, index, fields, onCopy, onRemove }: BlockProps) {
  const { t } = useTranslation()
  const words = useWords()
  const { disabled, faults, value } = useForm()
  const kept = keptBy[String(valueAt(value, ['measure']))]
  const path = ['items', index]
  const of = item.class as ItemClass | undefined
  const extras = (of && classFields[of]) ?? []
  const named = (name: string) => fields.find((field) => field.name === name)
  const details = named('details')
  const detailFields = details?.shape.type === 'object' ? details.shape.fields : []
  const at = (name: string) => {
    const [outer = '', inner] = name.split('.')
    const field = inner ? detailFields.find((each) => each.name === inner) : named(outer)
    if (!field) return null
    // What the class demands is no longer optional; of serial and hash either will do.
    const isDemanded = inner ? !['hash', 'contents'].includes(inner) : of && demanded[of]?.includes(outer)
    return (
      <Shaped
        key={name}
        field={isDemanded ? { ...field, optional: false } : field}
        path={[...path, ...name.split('.')]}
      />
    )
  }
  const rest = fields.filter(({ name }) => ![...never, ...extras].includes(name))
  const restHasFault = Object.keys(faults).some((key) =>
    rest.some(({ name }) => key.startsWith(`items.${index}.${name}`)),
  )
  return (
    <fieldset className="register-item">
      <legend>{t('screens:register.nth', { line: String(item.line ?? index + 1) })}</legend>
      <div className="register-first">{first.map(at)}</div>
      {at('features')}
      {kept && keptAs(named(kept), [...path, kept])}
      {extras.length > 0 && of && (
        <fieldset className="field-group">
          <legend>{t('screens:register.classAsks', { class: words.className(of) })}</legend>
          <div className="fields">
            {extras.map((name) =>
              name === 'details.denominations' ? <ListedNotes key={name} path={path} /> : at(name),
            )}
          </div>
        </fieldset>
      )}
      {at('photos')}
      {photosOf(of) > 1 && <p className="quiet">{t('screens:register.threeSides')}</p>}
      <details className="fields-more" open={restHasFault || undefined}>
        <summary>{t('screens:register.rest')}</summary>
        <p className="quiet">{t('screens:register.restHint')}</p>
        <div className="fields">
          {rest.map((field) => (
            <Shaped
              key={field.name}
              field={{ ...field, optional: field.optional || commonFields.some((name) => name === field.name) }}
              path={[...path, field.name]}
            />
          ))}
        </div>
      </details>
      <div className="register-item-actions">
        <Button icon={<CopyOutlined />} disabled={disabled} onClick={onCopy}>
          {t('screens:register.copy')}
        </Button>
        {onRemove && (
          <Button icon={<DeleteOutlined />} disabled={disabled} onClick={onRemove}>
            {t('screens:register.remove', { line: String(item.line ?? index + 1) })}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

/** Asked for like everything that a measure demands. */
const keptAs = (field: Field | undefined, path: (string | number)[]) =>
  field && <Shaped field={{ ...field, optional: false }} path={path} />
