// A correction: which entry, which of its fields, what it says now, and what is right, drawn as the field itself is.

import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { catalogue } from '../../../server/custody/catalogue.ts'
import type { ItemClass } from '../../../server/custody/classes.ts'
import { correctable as ofCase } from '../../../server/custody/procedures/cases.ts'
import { fieldIn } from '../../../server/custody/procedures/correction/changes.ts'
import { type Correctable, described, fieldsOf } from '../../../server/custody/procedures/correction/fields.ts'
import { correctable as ofPlace } from '../../../server/custody/procedures/places.ts'
import { useCase } from '../../data/use-case.ts'
import { useChain } from '../../data/use-chain.ts'
import { usePlace } from '../../data/use-place.ts'
import { useWords } from '../../ui/words.ts'
import { classFields } from '../class-fields.ts'
import { FormContext, useForm } from '../form-context.ts'
import { type Field, type Shape, shapeOf } from '../shape.ts'
import { type Path, valueAt, withValue } from '../value.ts'
import { Labelled } from './labelled.tsx'
import { Fields, Shaped } from './shaped.tsx'

export const isCorrecting = (step: string): boolean =>
  ['correction.note', 'case.correct', 'place.correct'].includes(step)

/** What can be corrected, in the words of the step that said it, and what it says now. */
type Matter = { fields: Correctable; step: string; nowOf: (name: string) => unknown }

const asList = (value: unknown): unknown => (value === null ? undefined : value)

/** Entries of the thing that say something that can be corrected; the form begins with what was registered. */
function useMatter(): Matter & { entries: { position: number; fact: string }[] } {
  const { step, items, value } = useForm()
  const { position, caseNo, place: code } = (value ?? {}) as { position?: number; caseNo?: string; place?: string }
  const [item] = items
  const { data: chain = [] } = useChain(item?.code ?? '', { enabled: step === 'correction.note' })
  const { data: it } = useCase(caseNo ?? '', { enabled: step === 'case.correct' && caseNo !== undefined })
  const { data: place } = usePlace(code ?? '', { enabled: step === 'place.correct' && code !== undefined })
  const of = (state: object | undefined) => (name: string) => (state as Record<string, unknown> | undefined)?.[name]
  if (step === 'case.correct') return { fields: ofCase, step: 'case.open', nowOf: of(it), entries: [] }
  if (step === 'place.correct') return { fields: ofPlace, step: 'place.add', nowOf: of(place), entries: [] }
  const fieldsIn = (entry: { fact: string; step: string }) => fieldsOf(entry.fact, catalogue.steps[entry.step]?.input)
  const entries = chain.filter((entry) => Object.keys(fieldsIn(entry)).length > 0)
  const entry = entries.find((each) => each.position === position)
  if (!item || !entry) return { fields: {}, step: 'intake.register', nowOf: () => undefined, entries }
  const fields = fieldsIn(entry)
  if (fields === described)
    return { fields, step: 'intake.register', nowOf: (name) => asList(fieldIn(item, name)), entries }
  return { fields, step: entry.step, nowOf: (name) => valueAt(entry.data, name.split('.')), entries }
}

/** Where the field stands in the form of the step that said it. */
const pathOf = (step: string, name: string): string[] =>
  step === 'intake.register' && !name.startsWith('document.') ? ['items', ...name.split('.')] : name.split('.')

export function CorrectingFields({ fields: asked }: { fields: Field[] }) {
  const { t } = useTranslation()
  const words = useWords()
  const form = useForm()
  const { fields, step, nowOf, entries } = useMatter()
  const { field: name, position } = (form.value ?? {}) as { field?: string; position?: number }
  const schema = name === undefined ? undefined : fields[name]
  const chosen =
    schema && name !== undefined
      ? { name, shape: shapeOf(schema), optional: schema.safeParse(undefined).success }
      : undefined
  const rest = asked.filter(
    ({ name: each }) => !['position', 'hash', 'field', 'right', 'asked', 'place'].includes(each),
  )
  const [first] = form.items
  const choose = (next: string) => {
    const { asked: _asked, place, right: _right, ...kept } = form.value as Record<string, unknown>
    const stays = form.step === 'correction.note' ? {} : { place }
    const lies = next === 'class' && first?.custody.state === 'stored' ? { place: first.custody.place } : stays
    form.change([], { ...kept, ...lies, field: next, right: nowOf(next) })
  }
  const nameOf = (each: string) => words.fieldName(step, pathOf(step, each).join('.'))
  return (
    <div className="fields">
      {asked.some(({ name: each }) => each === 'position') && (
        <Labelled name={words.fieldName(form.step, 'position')} fault={form.faults.position} required>
          {(ties) => (
            <Select
              {...ties}
              value={position}
              disabled={form.disabled}
              options={entries.map(({ position: at, fact }) => ({
                value: at,
                label: `${words.factName(fact)} · ${t('screens-chain:entry.number', { position: at })}`,
              }))}
              onChange={(next) => form.change([], { ...(form.value as object), position: next, field: undefined })}
            />
          )}
        </Labelled>
      )}
      <Labelled name={words.fieldName(form.step, 'field')} fault={form.faults.field} required>
        {(ties) => (
          <Select
            {...ties}
            value={chosen?.name}
            disabled={form.disabled}
            showSearch={{ optionFilterProp: 'label' }}
            options={Object.keys(fields).map((each) => ({ value: each, label: nameOf(each) }))}
            onChange={choose}
          />
        )}
      </Labelled>
      {chosen && (
        <fieldset className="field-group field-wide" key={chosen.name}>
          <legend>{words.fieldName(form.step, 'right')}</legend>
          <Right path={pathOf(step, chosen.name)} step={step} shape={chosen.shape} optional={chosen.optional} />
        </fieldset>
      )}
      {form.step === 'correction.note' && name === 'class' && <OfClass asked={asked} />}
      {rest.map((each) => (
        <Shaped key={each.name} field={each} path={[each.name]} />
      ))}
    </div>
  )
}

type RightProps = { path: string[]; step: string; shape: Shape; optional: boolean }

/** The right value, drawn and named as its own field; what is put in goes to `right`. */
function Right({ path, step, shape, optional }: RightProps) {
  const form = useForm()
  const { right } = form.value as { right?: unknown }
  const inner = (whole: Path): Path => ['right', ...whole.slice(path.length)]
  const faults = Object.fromEntries(
    Object.entries(form.faults)
      .filter(([key]) => key === 'right' || key.startsWith('right.'))
      .map(([key, fault]) => [[path.join('.'), key.slice('right.'.length)].filter(Boolean).join('.'), fault]),
  )
  const value = withValue({}, path, right)
  const within = { ...form, step, faults, value, change: (at: Path, next: unknown) => form.change(inner(at), next) }
  return (
    <FormContext.Provider value={within as typeof form}>
      <Shaped field={{ name: path.at(-1)!, shape, optional }} path={path} />
    </FormContext.Provider>
  )
}

/** What the right class asks for, and where the thing lies from now on. */
function OfClass({ asked }: { asked: Field[] }) {
  const words = useWords()
  const form = useForm()
  const { right } = form.value as { right?: ItemClass }
  const { shape } = asked.find(({ name }) => name === 'asked') ?? {}
  const place = asked.find(({ name }) => name === 'place')
  const wanted = (right && right !== form.items[0]?.class && classFields[right]) || []
  const fields = shape?.type === 'object' ? shape.fields : []
  const own = fields.filter(({ name }) => wanted.includes(name))
  const details = fields.find(({ name }) => name === 'details')
  const inner = details?.shape.type === 'object' ? details.shape.fields : []
  const told = inner.filter(({ name }) => wanted.includes(`details.${name}`))
  const photos = right === 'valuables' || right === 'relic' ? fields.filter(({ name }) => name === 'photos') : []
  const stored = form.items[0]?.custody.state === 'stored'
  return (
    <>
      {[...own, ...told, ...photos].length > 0 && (
        <fieldset className="field-group field-wide" key={right}>
          <legend>{words.fieldName(form.step, 'asked')}</legend>
          <Fields fields={[...own, ...photos]} path={['asked']} />
          {told.length > 0 && <Fields fields={told} path={['asked', 'details']} />}
        </fieldset>
      )}
      {stored && place && <Shaped field={{ ...place, optional: false }} path={['place']} />}
    </>
  )
}
