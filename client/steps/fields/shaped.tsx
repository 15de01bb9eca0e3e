// Draws one field of a form by its shape: an object as a group, a list as rows, a union as a choice of forms.

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Code } from '../../ui/code.tsx'
import { useWords } from '../../ui/words.ts'
import { compares } from '../differences.ts'
import { faultAt, isSaid } from '../fault-at.ts'
import { useForm } from '../form-context.ts'
import { calledFor, isInventory, matters } from '../presets.ts'
import type { Field, Shape } from '../shape.ts'
import { type Path, pathKey, type Value, valueAt, wordsPath } from '../value.ts'
import { CountedNotes } from './denominations.tsx'
import { JoinedParts } from './joined-parts.tsx'
import { FieldOfKind } from './kinds.tsx'
import { Labelled } from './labelled.tsx'
import { SharedParts, SharedReceipt } from './shares.tsx'
import { ChoiceField, ChoicesField, IntegerField, TickField } from './texts.tsx'

type Props = { field: Field; path: Path }

/** The fields of an object: what must be said first, the rest folded away until it matters. */
export function Fields({ fields, path }: { fields: Field[]; path: Path }) {
  const { t } = useTranslation()
  const { items, value, faults } = useForm()
  const said = ({ name }: Field) => {
    const at = [...path, name]
    const key = pathKey(at)
    const hasFault = Object.keys(faults).some((each) => each === key || each.startsWith(`${key}.`))
    return hasFault || isSaid(valueAt(value, at))
  }
  // Where nothing must be said nothing is folded away: there would be no form to see.
  const isFree = fields.every(({ optional }) => optional)
  // Once in sight a field stays there while it is typed empty again.
  const [sight] = useState(
    () =>
      new Set(
        fields
          .filter((field) => isFree || !field.optional || matters(field.name, items) || said(field))
          .map(({ name }) => name),
      ),
  )
  for (const { name } of fields) if (calledFor(name, valueAt(value, path))) sight.add(name)
  for (const field of fields) if (said(field) && Object.keys(faults).length > 0) sight.add(field.name)
  const shown = fields.filter(({ name }) => sight.has(name))
  const folded = fields.filter(({ name }) => !sight.has(name))
  return (
    <>
      <div className="fields">
        {shown.map((field) => (
          <Shaped key={field.name} field={field} path={[...path, field.name]} />
        ))}
      </div>
      {folded.length > 0 && (
        <details className="fields-more">
          <summary>{t('screens:form.more')}</summary>
          <div className="fields">
            {folded.map((field) => (
              <Shaped key={field.name} field={field} path={[...path, field.name]} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}

/** Fields that are drawn in a way of their own, by step and path. */
const ownFields: Record<string, typeof SharedParts> = {
  'item.split parts': SharedParts,
  'item.join parts': JoinedParts,
  'intake.receive part': SharedReceipt,
  'intake.receive counted': CountedNotes,
  'discrepancy.resolve counted': CountedNotes,
  'money.reverse back.counted': CountedNotes,
}

export function Shaped({ field, path }: Props) {
  const { shape, optional, name } = field
  const form = useForm()
  const words = useWords()
  const title = words.fieldName(form.step, wordsPath(path))
  const value = valueAt(form.value, path)
  const change = (next: Value) => form.change(path, next)
  const nameOf = (each: string) => words.valueName(form.step, wordsPath(path), each)
  const seals = useSeals(field)
  const hint = seals?.hint ?? words.fieldHint(form.step, wordsPath(path))
  const required = !optional || seals?.missed === true
  const fault = faultAt(form.faults, form.value, path, !optional)

  const Own = ownFields[`${form.step} ${wordsPath(path).replace(/^lines\./, '')}`]
  if (Own) return <Own path={path} title={title} />

  switch (shape.type) {
    case 'object':
      return (
        <fieldset className="field-group field-wide" data-path={pathKey(path)}>
          <legend>{title}</legend>
          <Fields fields={shape.fields} path={path} />
        </fieldset>
      )
    case 'union':
      return <Union shape={shape} path={path} title={title} />
    case 'list':
      if (shape.element.type === 'choice')
        return (
          <Labelled at={pathKey(path)} name={title} hint={hint} fault={fault} required={required}>
            {(ties) => (
              <ChoicesField
                ties={ties}
                value={value as string[] | undefined}
                values={shape.element.type === 'choice' ? shape.element.values : []}
                nameOf={nameOf}
                disabled={form.disabled}
                onChange={change}
              />
            )}
          </Labelled>
        )
      if (shape.element.type === 'field')
        return (
          <FieldOfKind kind={shape.element.kind} multiple path={path} title={title} hint={hint} required={required} />
        )
      return <Rows name={name} shape={shape} path={path} title={title} />
    case 'choice':
      return (
        <Labelled
          at={pathKey(path)}
          name={title}
          hint={hint}
          fault={fault}
          required={required}
          group={shape.values.length <= 4}
        >
          {(ties) => (
            <ChoiceField
              ties={ties}
              value={value as string | undefined}
              values={shape.values}
              nameOf={nameOf}
              disabled={form.disabled}
              onChange={change}
            />
          )}
        </Labelled>
      )
    case 'boolean':
      return (
        <div className="field" data-path={pathKey(path)}>
          <TickField
            ties={{ id: `tick-${pathKey(path)}` }}
            name={title}
            fault={fault}
            value={value as boolean | undefined}
            disabled={form.disabled}
            onChange={change}
          />
        </div>
      )
    case 'integer':
      return (
        <Labelled at={pathKey(path)} name={title} hint={hint} fault={fault} required={required}>
          {(ties) => (
            <IntegerField ties={ties} value={value as number | undefined} disabled={form.disabled} onChange={change} />
          )}
        </Labelled>
      )
    case 'field':
      return (
        <FieldOfKind kind={shape.kind} most={shape.most} path={path} title={title} hint={hint} required={required} />
      )
  }
}

/** Steps in which a seal that is not named counts as gone; in the others it must be read as well. */
const goneUnsaid = ['retrieval.give-back', 'relocation.arrive', 'measure.inspect']

/** What is said at the field of a seal that is on record: a step that compares it wants it read. */
function useSeals({ name }: Field): { hint: string; missed: boolean } | undefined {
  const { t } = useTranslation()
  const { items, step } = useForm()
  if (name !== 'seal') return undefined
  const seals = [...new Set(items.flatMap(({ seal }) => seal ?? []))].join(t('words:listSeparator'))
  if (seals === '') return undefined
  const hint = t(goneUnsaid.includes(step) ? 'screens:form.sealToRead' : 'screens:form.sealOnRecord', { seals })
  return { hint, missed: compares(step) }
}

/** Either this or that: the forms are named by their first field. */
function Union({ shape, path, title }: { shape: Extract<Shape, { type: 'union' }>; path: Path; title: string }) {
  const form = useForm()
  const words = useWords()
  const value = valueAt(form.value, path) as Record<string, Value> | undefined
  const firstField = (option: Shape) => (option.type === 'object' ? option.fields[0]?.name : undefined)
  const given = shape.options.findIndex((option) => {
    const name = firstField(option)
    return name !== undefined && value !== undefined && name in value
  })
  const [chosen, setChosen] = useState(Math.max(0, given))
  const option = shape.options[chosen]
  return (
    <fieldset className="field-group field-wide" data-path={pathKey(path)}>
      <legend>{title}</legend>
      <Segmented
        value={chosen}
        disabled={form.disabled}
        aria-label={title}
        options={shape.options.map((each, index) => ({
          value: index,
          label: words.fieldName(form.step, wordsPath([...path, firstField(each) ?? String(index)])),
        }))}
        onChange={(index) => {
          setChosen(index)
          form.change(path, undefined)
        }}
      />
      <div className="union-form">
        {option?.type === 'object' && <Fields key={chosen} fields={option.fields} path={path} />}
      </div>
    </fieldset>
  )
}

/** Rows of an object each. Those of an inventory are given by the items and only filled in. */
function Rows({
  name,
  shape,
  path,
  title,
}: {
  name: string
  shape: Extract<Shape, { type: 'list' }>
  path: Path
  title: string
}) {
  const { t } = useTranslation()
  const form = useForm()
  const rows = (valueAt(form.value, path) as Value[] | undefined) ?? []
  const given = isInventory(name, shape)
  if (shape.element.type !== 'object') return null
  const fields = given ? shape.element.fields.filter((field) => field.name !== 'code') : shape.element.fields
  return (
    <fieldset className="field-group field-wide" data-path={pathKey(path)}>
      <legend>{title}</legend>
      <ol className="rows">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
          <li key={index}>
            {given && <RowTitle code={(row as { code: string }).code} />}
            <Fields fields={fields} path={[...path, index]} />
            {!given && (
              <Button
                icon={<DeleteOutlined />}
                disabled={form.disabled}
                onClick={() => form.change(path, rows.toSpliced(index, 1))}
              >
                {t('screens:form.removeRow', { n: index + 1 })}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {!given && (
        <Button icon={<PlusOutlined />} disabled={form.disabled} onClick={() => form.change(path, [...rows, {}])}>
          {t('screens:form.addRow')}
        </Button>
      )}
    </fieldset>
  )
}

function RowTitle({ code }: { code: string }) {
  const { items } = useForm()
  return (
    <h4 className="row-title">
      {items.find((item) => item.code === code)?.name} <Code code={code} />
    </h4>
  )
}
