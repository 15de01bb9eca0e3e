// Shares a thing out: a card for each part, what is listed ticked where it goes, and what is still to be given below.

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { amountsOf, type Denomination, noteKey } from '../../../server/custody/amounts.ts'
import { currencyOf } from '../../../server/custody/currencies.ts'
import { compare, decimalPattern } from '../../../server/custody/decimal.ts'
import { useWords } from '../../ui/words.ts'
import { useForm } from '../form-context.ts'
import {
  type DraftPart,
  type Figure,
  figureStanding,
  figuresOf,
  isShared,
  lists,
  namesOf,
  notesOf,
  notesStanding,
  placeOf,
  type Standing,
  unassigned,
  withRest,
} from '../shares.ts'
import { type Path, valueAt, withValue } from '../value.ts'
import { FieldOfKind } from './kinds.tsx'
import { asDecimal } from './texts.tsx'
import './shares.css'

/** The parts of a division: the first keeps the code. */
export function SharedParts({ path, title }: { path: Path; title: string }) {
  const { t } = useTranslation()
  const form = useForm()
  const [item] = form.items
  const drafts = (valueAt(form.value, path) as DraftPart[] | undefined) ?? []
  const parts = drafts.length < 2 ? [...drafts, {}, {}].slice(0, 2) : drafts
  if (!item) return null
  const put = (next: DraftPart[]) => form.change(path, next)
  return (
    <fieldset className="field-group field-wide shares">
      <legend>{title}</legend>
      <ol className="shares-parts">
        {parts.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
          <li key={index}>
            <h4>
              {t(index === 0 ? 'screens:shares.first' : 'screens:shares.other', { n: index + 1 })}
              <Button
                size="small"
                disabled={form.disabled}
                onClick={() => put(parts.with(index, withRest(item, parts, index)))}
              >
                {t('screens:shares.rest')}
              </Button>
              {parts.length > 2 && (
                <Button
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t('screens:form.removeRow', { n: index + 1 })}
                  disabled={form.disabled}
                  onClick={() => put(parts.toSpliced(index, 1))}
                />
              )}
            </h4>
            <Figures item={item} names={figuresOf(item)} path={[...path, index]} />
            <Listed item={item} parts={parts} index={index} onChange={put} />
            <div className="fields">
              <FieldOfKind kind="text" path={[...path, index, 'name']} title={t('words:field.name')} required={false} />
              <FieldOfKind
                kind="text"
                path={[...path, index, 'seal']}
                title={t('item:field.parts.seal')}
                required={false}
              />
            </div>
          </li>
        ))}
      </ol>
      <Button icon={<PlusOutlined />} disabled={form.disabled} onClick={() => put([...parts, {}])}>
        {t('screens:shares.add')}
      </Button>
      <Sums item={item} parts={parts} done={t('screens:shares.done')} />
    </fieldset>
  )
}

type Said = { quantityReceived?: string; weight?: string; checked?: { weight?: string } }

const pathOf = (key: string): Path => key.split('.').map((name) => (/^\d+$/.test(name) ? Number(name) : name))

/** What came of a thing that did not come whole; the rest stays with the officer. */
export function SharedReceipt({ path, title }: { path: Path; title: string }) {
  const form = useForm()
  const [item] = form.items
  // Of one thing among several the same is said in its own line.
  const { quantityReceived = '', weight, checked } = (valueAt(form.value, path.slice(0, -1)) ?? {}) as Said
  const isSingle = item !== undefined && form.items.length === 1
  const isPart = isSingle && decimalPattern.test(quantityReceived) && compare(quantityReceived, item.quantity) < 0
  const own = valueAt(form.value, path) as DraftPart | undefined
  const { change } = form
  const key = path.join('.')
  useEffect(() => {
    // When everything came after all, nothing is said of a part.
    if (!isPart && own !== undefined) change(pathOf(key), undefined)
  }, [isPart, own, change, key])
  if (!isPart) return null
  const names = figuresOf(item).filter((name) => name !== 'quantity' && name !== 'weight')
  const part = { ...own, quantity: quantityReceived, weight: weight ?? checked?.weight }
  return (
    <fieldset className="field-group field-wide shares">
      <legend>{title}</legend>
      <Figures item={item} names={names} path={path} />
      <Listed
        item={item}
        parts={[part]}
        index={0}
        onChange={([next]) => change(path, { ...own, ...next, quantity: undefined, weight: undefined })}
      />
      <Sums item={item} parts={[part]} stays />
    </fieldset>
  )
}

function Figures({ item, names, path }: { item: Card; names: Figure[]; path: Path }) {
  const words = useWords()
  const form = useForm()
  if (names.length === 0) return null
  const kinds = {
    quantity: 'quantity',
    weight: 'weight',
    netWeight: 'weight',
    value: 'money',
    rounds: 'entry',
  } as const
  return (
    <div className="fields">
      {names.map((name) => (
        <FieldOfKind
          key={name}
          kind={kinds[name]}
          path={[...path, ...placeOf(name)]}
          title={
            name === 'quantity'
              ? `${words.fieldName(form.step, 'quantity')} (${item.unit})`
              : words.fieldName(form.step, name)
          }
          required
        />
      ))}
    </div>
  )
}

type ListedProps = { item: Card; parts: DraftPart[]; index: number; onChange: (parts: DraftPart[]) => void }

/** Numbers to tick and notes to count. What is ticked on one part leaves the others. */
function Listed({ item, parts, index, onChange }: ListedProps) {
  const words = useWords()
  const { step, disabled } = useForm()
  const id = useId()
  const whole = amountsOf(item)
  const part = parts[index]!
  const tick = (name: (typeof lists)[number], each: string, on: boolean) =>
    onChange(
      parts.map((one, at) => {
        const others = namesOf(one, name).filter((it) => it !== each)
        return withValue(one, placeOf(name), at === index && on ? [...others, each] : others) as DraftPart
      }),
    )
  const count = (note: Denomination, text: string) => {
    const number = Number(asDecimal(text))
    const others = notesOf(part).filter((each) => noteKey(each) !== noteKey(note))
    const next = Number.isSafeInteger(number) && number > 0 ? [...others, { ...note, count: number }] : others
    onChange(parts.with(index, withValue(part, placeOf('denominations'), next) as DraftPart))
  }
  return (
    <>
      {lists.map(
        (name) =>
          whole[name].length > 0 && (
            <fieldset key={name} className="shares-list">
              <legend>{words.fieldName(step, name)}</legend>
              {whole[name].map((each) => (
                <Checkbox
                  key={each}
                  className="code"
                  disabled={disabled}
                  checked={namesOf(part, name).includes(each)}
                  onChange={(event) => tick(name, each, event.target.checked)}
                >
                  {each}
                </Checkbox>
              ))}
            </fieldset>
          ),
      )}
      {whole.denominations.length > 0 && (
        <fieldset className="shares-list">
          <legend>{words.fieldName(step, 'denominations')}</legend>
          {whole.denominations.map((note) => (
            <label key={noteKey(note)} htmlFor={`${id}-${noteKey(note)}`}>
              <span>{words.noteText(note, currencyOf(item))} ×</span>
              <Input
                id={`${id}-${noteKey(note)}`}
                className="figures"
                inputMode="numeric"
                disabled={disabled}
                value={notesOf(part).find((each) => noteKey(each) === noteKey(note))?.count ?? ''}
                onChange={(event) => count(note, event.target.value)}
              />
            </label>
          ))}
        </fieldset>
      )}
    </>
  )
}

/** What the parts are together, and what is still to be given, or stays behind. */
function Sums({
  item,
  parts,
  done,
  stays = false,
}: {
  item: Card
  parts: DraftPart[]
  done?: string
  stays?: boolean
}) {
  const { t } = useTranslation()
  const words = useWords()
  const { step } = useForm()
  const names = (list: string[]) => list.join(t('words:listSeparator'))
  const said = ({ left, over }: Standing) => {
    if (over !== undefined) return <b className="field-fault">{t('screens:shares.over', { amount: over })}</b>
    if (left === undefined) return <span>{stays ? t('screens:shares.none') : '✓'}</span>
    return <b>{t(stays ? 'screens:shares.stays' : 'screens:shares.left', { amount: left })}</b>
  }
  const whole = amountsOf(item)
  const isDone = !stays && isShared(item, parts)
  return (
    <div className="shares-sums" role="status">
      <table>
        <tbody>
          {figuresOf(item).map((name) => {
            const standing = figureStanding(item, parts, name)
            return <Row key={name} name={words.fieldName(step, name)} standing={standing} says={said(standing)} />
          })}
          {whole.denominations.map((note) => {
            const standing = notesStanding(parts, note)
            const name = words.noteText(note, currencyOf(item))
            return <Row key={noteKey(note)} name={name} standing={standing} says={said(standing)} />
          })}
          {lists.map((name) => {
            const [all, left] = [whole[name].length, unassigned(item, parts, name)]
            if (all === 0) return null
            const standing = { whole: String(all), given: String(all - left.length) }
            const says =
              left.length === 0 ? (
                said(standing)
              ) : (
                <b className="code">
                  {t(stays ? 'screens:shares.stays' : 'screens:shares.left', { amount: names(left) })}
                </b>
              )
            return <Row key={name} name={words.fieldName(step, name)} standing={standing} says={says} />
          })}
        </tbody>
      </table>
      {isDone && done && <p className="shares-done">{done}</p>}
    </div>
  )
}

const Row = ({
  name,
  standing: { given, whole },
  says,
}: {
  name: string
  standing: Standing
  says: React.ReactNode
}) => (
  <tr>
    <th scope="row">{name}</th>
    <td className="figures">
      {given} / {whole}
    </td>
    <td>{says}</td>
  </tr>
)
