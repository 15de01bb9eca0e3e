// The items of a seizure, a line each that opens into a block: what everyone gives, what the class asks for, photographs,
// the rest folded away.

import {
  CheckCircleFilled,
  CopyOutlined,
  DeleteOutlined,
  DownOutlined,
  RightOutlined,
  WarningFilled,
} from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ItemClass } from '../../../server/custody/classes.ts'
import type { Faults } from '../../steps/checked.ts'
import { classFields, demanded, photosOf } from '../../steps/class-fields.ts'
import { Shaped } from '../../steps/fields/shaped.tsx'
import { useForm } from '../../steps/form-context.ts'
import type { Field } from '../../steps/shape.ts'
import { valueAt } from '../../steps/value.ts'
import { Verdict } from '../../steps/verdict.tsx'
import { useWords } from '../../ui/words.ts'
import { commonFields, type ItemDraft, nextLine } from './draft.ts'
import { ListedNotes } from './listed-notes.tsx'
import { faultsOfRow } from './row-faults.ts'
import type { RowsState } from './rows-state.ts'
import type { Told } from './told.ts'

const first = ['line', 'name', 'class', 'quantity', 'unit']
const never = [...first, 'features', 'photos', 'details', 'knownTwins', 'inPlace', 'frozen', 'entrusted']
/** Where a thing is kept that the measure does not have handed in. */
const keptBy: Partial<Record<string, string>> = { 'seal-in-place': 'inPlace', freeze: 'frozen', entrust: 'entrusted' }

type Props = {
  fields: Field[]
  rows: RowsState
  /** By rows. */
  told: Told[][]
  lackingIn: (item: ItemDraft) => Faults
  onAdd: (more: ItemDraft[]) => void
  onRemove: (index: number) => void
}

export function ItemRows({ fields, rows, told, lackingIn, onAdd, onRemove }: Props) {
  const { t } = useTranslation()
  const { value, faults, disabled } = useForm()
  const items = valueAt(value, ['items']) as ItemDraft[]
  return (
    <>
      {items.length > 1 && (
        <Checkbox
          className="register-choose-all"
          checked={rows.chosen.length === items.length}
          indeterminate={rows.chosen.length > 0 && rows.chosen.length < items.length}
          disabled={disabled}
          onChange={() => rows.chooseAll(items.length)}
        >
          {t('screens:register.chooseAll')}
        </Checkbox>
      )}
      <ol className="register-items">
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its place, and keeps no state of its own
          <li key={index} className={rows.isOpen(index) ? undefined : 'register-row'}>
            {items.length > 1 && (
              <RowLine
                item={item}
                index={index}
                isOpen={rows.isOpen(index)}
                isChosen={rows.isChosen(index)}
                isTold={told[index]!.length > 0 && item.knownTwins !== true}
                faults={faultsOfRow(faults, index).length}
                lackingIn={lackingIn}
                onToggle={rows.toggle}
                onChoose={rows.choose}
              />
            )}
            {(rows.isOpen(index) || items.length === 1) && (
              <ItemBlock
                item={item}
                index={index}
                fields={fields}
                told={told[index]!}
                onCopy={() => {
                  const { photos: _photos, serials: _serials, knownTwins: _known, ...rest } = item
                  onAdd([{ ...rest, line: nextLine(items) }])
                }}
                onRemove={items.length > 1 ? () => onRemove(index) : undefined}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

type LineProps = {
  item: ItemDraft
  index: number
  isOpen: boolean
  isChosen: boolean
  isTold: boolean
  faults: number
  lackingIn: (item: ItemDraft) => Faults
  onToggle: (index: number) => void
  onChoose: (index: number) => void
}

/** A row in one line. Of hundreds only the one that is written in is drawn anew. */
const RowLine = memo(function RowLine(props: LineProps) {
  const { item, index, isOpen, isChosen, isTold, faults, lackingIn, onToggle, onChoose } = props
  const { t } = useTranslation()
  const words = useWords()
  const lacking = useMemo(() => Object.keys(lackingIn(item)).length, [item, lackingIn])
  const line = String(item.line ?? index + 1)
  const count = Math.max(faults, lacking)
  const photos = Array.isArray(item.photos) ? item.photos.length : 0
  return (
    <div className="register-line">
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={t('screens:register.choose', { line })}
        onChange={() => onChoose(index)}
      />
      <button type="button" aria-expanded={isOpen} onClick={() => onToggle(index)}>
        {isOpen ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
        <span className="figures">{line}</span>
        <span className="register-line-name">{String(item.name ?? '') || t('screens:register.unnamed')}</span>
        <span className="quiet">{typeof item.class === 'string' && words.className(item.class)}</span>
        <span className="quiet figures">
          {String(item.quantity ?? '')} {String(item.unit ?? '')}
        </span>
        {photos > 0 && <span className="quiet">{t('screens:register.photos', { count: photos })}</span>}
        {isTold && (
          <span className="register-line-told">
            <WarningFilled aria-hidden="true" /> {t('screens:register.toldTwice')}
          </span>
        )}
        <span className={count > 0 ? 'register-line-lacks' : 'register-line-complete'}>
          {count > 0 ? (
            t('screens:register.lacks', { count })
          ) : (
            <>
              <CheckCircleFilled aria-hidden="true" /> {t('screens:register.complete')}
            </>
          )}
        </span>
      </button>
    </div>
  )
})

type BlockProps = {
  item: ItemDraft
  index: number
  fields: Field[]
  told: Told[]
  onCopy: () => void
  onRemove?: () => void
}

function ItemBlock({ item, index, fields, told, onCopy, onRemove }: BlockProps) {
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
      {told.length > 0 && (
        <Verdict kind="warn" title={t('screens:register.toldTwice')}>
          <ul className="fault-list">
            {told.map(({ code, params, twin }) => (
              <li key={`${code} ${params.identifier} ${params.number}`}>
                {words.refusalText({ code, params })}{' '}
                {twin && (
                  <Link to={`/items/${twin.code}`} target="_blank">
                    {twin.name}
                  </Link>
                )}
              </li>
            ))}
          </ul>
          {at('knownTwins')}
        </Verdict>
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
