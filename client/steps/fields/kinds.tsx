// Draws a field by its kind: each kind that fields.ts knows has its own way of being filled in.

import { useTranslation } from 'react-i18next'
import { currencyOf, ownCurrency } from '../../../server/custody/currencies.ts'
import type { FieldKind } from '../../../server/custody/fields.ts'
import { useWords } from '../../ui/words.ts'
import type { Faults } from '../checked.ts'
import { faultAt } from '../fault-at.ts'
import { type FormState, useForm } from '../form-context.ts'
import { madeField } from '../made-field.ts'
import { type Path, pathKey, type Value, valueAt } from '../value.ts'
import { CurrencyField } from './currency.tsx'
import { Labelled, type Ties } from './labelled.tsx'
import { PhotographsField } from './photographs.tsx'
import { CaseField, PersonField, PlaceField, ScopeField, UnitField } from './references.tsx'
import { SignatureField } from './signature.tsx'
import { DateField, DecimalField, IntegerField, LongTextField, TextField, TextsField, TimeField } from './texts.tsx'

type Props = {
  kind: FieldKind
  path: Path
  title: string
  hint?: string
  required: boolean
  most?: number
  multiple?: boolean
}

const MOST_FILES = 40
const accepted = {
  photo: 'pictures',
  photos: 'pictures',
  paper: 'papers',
  papers: 'papers',
  video: 'videos',
  file: 'files',
} as const
/** Texts that may be longer get room for several lines. */
const A_LINE = 300
const wide: readonly FieldKind[] = ['long-text', 'photos', 'photo', 'file', 'paper', 'papers', 'video', 'signature']

export function FieldOfKind({ kind, path, title, hint, required, most, multiple = false }: Props) {
  const form = useForm()
  const fault = faultAt(form.faults, form.value, path, required) ?? faultInside(form.faults, path)
  const value = valueAt(form.value, path)
  const change = (next: Value) => form.change(path, next)
  const drawn = (ties: Ties) => (
    <Control
      kind={kind}
      ties={ties}
      value={value}
      change={change}
      most={most}
      multiple={multiple}
      hint={hint}
      path={path}
    />
  )
  const field = (
    // The hint of a place stands in the field itself.
    <Labelled
      at={pathKey(path)}
      name={title}
      hint={kind === 'place' ? undefined : hint}
      fault={fault}
      required={required}
    >
      {drawn}
    </Labelled>
  )
  return wide.includes(kind) ? <div className="field-wide">{field}</div> : field
}

/** A fault at one of several values is the field's. */
function faultInside(faults: Faults, path: Path) {
  const key = Object.keys(faults).find((each) => each.startsWith(`${pathKey(path)}.`))
  return key === undefined ? undefined : faults[key]
}

/** What an amount is in: as said beside it, or of the things that the form is about. */
function currencyBeside({ value, items }: FormState, path: Path): string {
  const beside = path.slice(0, -1)
  const said = [valueAt(value, [...beside, 'currency']), valueAt(value, [...beside, 'details', 'currency'])]
  return (said.find(Boolean) as string | undefined) ?? (items[0] ? currencyOf(items[0]) : ownCurrency)
}

type ControlProps = {
  kind: FieldKind
  ties: Ties
  value: Value
  change: (next: Value) => void
  most?: number
  multiple: boolean
  hint?: string
  path: Path
}

function Control({ kind, ties, value, change, most, multiple, hint, path }: ControlProps) {
  const form = useForm()
  const { t } = useTranslation()
  const words = useWords()
  const common = { ties, disabled: form.disabled, onChange: change }
  const text = value as string | undefined
  const isNew = kind !== 'case' && path.length === 1 && path[0] === madeField(form.step)
  if (isNew) return <TextField {...common} value={text} most={most} />
  switch (kind) {
    case 'text':
    case 'particular':
    case 'docket':
    case 'item':
      if (multiple) return <TextsField {...common} value={value as string[] | undefined} />
      if ((most ?? 0) > A_LINE) return <LongTextField {...common} value={text} most={most} />
      return <TextField {...common} value={text} most={most} />
    case 'long-text':
      return <LongTextField {...common} value={text} most={most} />
    case 'place':
      return <PlaceField {...common} value={text} hint={hint ?? words.fieldHint(form.step, 'place')} />
    case 'person':
      return <PersonField {...common} value={value as string | undefined} multiple={multiple} />
    case 'unit':
    case 'agency':
      return <UnitField {...common} value={value as string | undefined} multiple={multiple} kind={kind} />
    case 'case':
      return <CaseField {...common} value={text} />
    case 'currency':
      return <CurrencyField {...common} value={text} />
    case 'money':
      return <DecimalField {...common} value={text} sign={words.currencyName(currencyBeside(form, path))} />
    case 'weight':
    case 'quantity':
      return <DecimalField {...common} value={text} sign={t(`words:unitSign.${kind}`)} />
    case 'time':
      return <TimeField {...common} value={text} />
    case 'scope':
      return <ScopeField {...common} value={text} />
    case 'entry':
      return <IntegerField {...common} value={value as number | undefined} />
    case 'date':
      return <DateField {...common} value={text} />
    case 'signature':
      return <SignatureField {...common} value={text} />
    case 'photos':
    case 'photo':
    case 'file':
    case 'paper':
    case 'papers':
    case 'video': {
      const many = kind === 'photos' || kind === 'papers' || multiple
      const given = Array.isArray(value) ? (value as string[]) : text ? [text] : []
      return (
        <PhotographsField
          ties={ties}
          disabled={form.disabled}
          value={given}
          most={many ? (most ?? MOST_FILES) : 1}
          accepts={accepted[kind]}
          onChange={(next) =>
            form.change(path, (before: Value) => {
              const files = next(Array.isArray(before) ? (before as string[]) : before ? [before as string] : [])
              return many ? files : files.at(-1)
            })
          }
        />
      )
    }
  }
}
