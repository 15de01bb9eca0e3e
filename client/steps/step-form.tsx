// One step from its form to its verdict: what is asked, who signs, what it said.

import { Button } from 'antd'
import { type FormEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { Card } from '../../server/contract/cards.ts'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Signer } from '../../server/custody/define.ts'
import { cache } from '../data/cache.ts'
import { newId } from '../data/new-id.ts'
import { ProblemError } from '../data/request.ts'
import { useMe } from '../data/session.ts'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import { checked, type Faults, serverFaults } from './checked.ts'
import { Consequences, DifferenceList } from './difference-list.tsx'
import { differencesIn } from './differences.ts'
import { useDraft } from './draft.ts'
import { CorrectingFields, isCorrecting } from './fields/correcting.tsx'
import { Fields } from './fields/shaped.tsx'
import { isFinal } from './final-steps.ts'
import { FormContext, type FormState } from './form-context.ts'
import { type LineFields, lineFaults, lineFieldsOf } from './line-fields.ts'
import { Lines, withoutBlankPhotos } from './lines.tsx'
import { linePresets, presetsFor } from './presets.ts'
import { type Shape, shapeOf } from './shape.ts'
import { blankSignature, Signers } from './signers.tsx'
import { type Credentials, SignatureRefused, useCommand } from './use-command.ts'
import { type Value, valueAt, withValue } from './value.ts'
import { Verdict } from './verdict.tsx'
import { WithScanner } from './with-scanner.tsx'
import './step-form.css'

export type StepFormProps = {
  /** `<procedure>.<step>` */
  step: string
  /** The items it is taken for; none for steps about places, people and cases. */
  items?: Card[]
  /** Scanned containers, which stand for themselves and what is in them. */
  containers?: string[]
  /** As `GET /api/steps` gives them. Those found missing by the server are added. */
  signers?: Signer[]
  /** What is already known, such as a scanned place. */
  given?: Record<string, unknown>
  /** Fields that are settled by `given` and not shown. */
  hidden?: readonly string[]
  /** Keeps drafts of several such forms apart. */
  draftName?: string
  size?: 'normal' | 'counter'
  onDone: (answer: StepAnswer) => void
  onCancel?: () => void
}

/** `seen` are the codes of the rows that somebody has looked at. */
type Draft = { value: Value; commandId: string; logins: string[]; seen?: string[] }

export function StepForm(props: StepFormProps) {
  return (
    <WithScanner>
      <Form
        key={`${props.step} ${[...(props.items ?? []).map(({ code }) => code), ...(props.containers ?? [])].join()} ${props.draftName ?? ''}`}
        {...props}
      />
    </WithScanner>
  )
}

function Form({
  step,
  items = [],
  containers = [],
  signers = [],
  given,
  hidden = [],
  draftName = '',
  size = 'normal',
  onDone,
  onCancel,
}: StepFormProps) {
  const { t } = useTranslation()
  const words = useWords()
  const me = useMe()
  const titleId = useId()
  const form = useRef<HTMLFormElement>(null)
  const lines = useMemo(() => lineFieldsOf(step, items), [step, items])
  const { schema, shape } = useMemo(() => askedOf(step, lines), [step, lines])
  const codes = [...items.map(({ code }) => code), ...containers]

  const [draft, setDraft, clearDraft] = useDraft<Draft>(`${me.login} ${step} ${codes.join()} ${draftName}`, () => ({
    value: {
      ...presetsFor(shape, items, given),
      ...(lines ? { lines: linePresets(step, lines.own, items, t('screens:lines.whole')) } : {}),
    },
    commandId: newId(),
    logins: [],
  }))
  const [faults, setFaults] = useState<Faults>({})
  const [missing, setMissing] = useState<Signer[]>([])
  const wanted = useMemo(() => [...signers, ...missing], [signers, missing])
  const [passwords, setPasswords] = useState<string[]>([])
  const signatures: Credentials[] = wanted.map((signer, index) => ({
    as: signer.as,
    login: draft.logins[index] ?? blankSignature(signer).login,
    password: passwords[index] ?? '',
  }))
  const { state, send, reset } = useCommand()
  const differences = differencesIn(step, items, draft.value)
  const [isWarned, setWarned] = useState(false)
  const [tooEarly, setTooEarly] = useState(0)
  const seen = draft.seen ?? []
  const busy = state.phase === 'busy'

  // What is known later than the form was opened, such as a place scanned while it is open.
  const givenKey = JSON.stringify(given ?? {})
  useEffect(() => {
    const known = JSON.parse(givenKey) as Record<string, unknown>
    if (Object.keys(known).length > 0)
      setDraft((before) => ({ ...before, value: { ...(before.value as object), ...known } }))
  }, [givenKey, setDraft])

  const change: FormState['change'] = useCallback(
    (path, next) => {
      setDraft((before) => {
        const value = typeof next === 'function' ? next(valueAt(before.value, path)) : next
        return { ...before, value: withValue(before.value, path, value) }
      })
      setFaults((before) => without(before, path.join('.')))
      setWarned(false)
      reset()
    },
    [setDraft, reset],
  )

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const { input, faults: unfit } = checked(schema, lines ? withoutBlankPhotos(draft.value) : draft.value)
    const found = lines ? { ...lineFaults(lines, items, input), ...unfit } : unfit
    setFaults(found)
    const unseen = lines !== undefined && !items.every(({ code }) => seen.includes(code))
    if (Object.keys(found).length > 0 || unseen) {
      setTooEarly((before) => before + 1)
      window.requestAnimationFrame(() => focusFirstFault(form.current))
      return
    }
    if (differences.length > 0 && !isWarned) {
      setWarned(true)
      return
    }
    const expect = Object.fromEntries(items.map(({ code, version }) => [code, version]))
    const answer = await send(
      { step, commandId: draft.commandId, items: codes, input, ...(items.length > 0 ? { expect } : {}) },
      signatures,
    )
    if (!answer) return
    clearDraft()
    onDone(answer)
  }

  // A refusal may name one more signature, bad input the field; an item that moved on is read anew.
  const error = state.phase === 'refused' ? state.error : undefined
  useEffect(() => {
    if (!(error instanceof ProblemError)) return
    const { code, params, errors } = error.problem
    if (code === 'step.countersignature-missing' && params?.as) setMissing((before) => [...before, params as Signer])
    if (code === 'command.reused') setDraft((before) => ({ ...before, commandId: newId() }))
    if (code === 'item.changed') void cache.invalidateQueries()
    if (errors) setFaults(serverFaults(errors))
  }, [error, setDraft])

  const holderNames = new Map(
    items.flatMap(({ custody }) => ('holder' in custody ? [[custody.holder, custody.holderName] as const] : [])),
  )
  const unsigned = signatures.some(({ login, password }) => login === '' || password === '')
  const asksNothing = shape.type === 'object' && shape.fields.length === 0
  const fields = shape.type === 'object' ? shape.fields.filter(({ name }) => !hidden.includes(name)) : []
  const name = words.stepName(step)
  const refusedSignature = error instanceof SignatureRefused ? { index: error.index, cause: error.cause } : undefined

  return (
    <form ref={form} className={`step-form step-form-${size}`} onSubmit={submit} aria-labelledby={titleId} noValidate>
      <div className="step-form-head">
        <h3 id={titleId} ref={takeLostFocus} tabIndex={-1}>
          {name}
        </h3>
        {items.length > 1 && <span className="quiet">{t('screens:form.forItems', { count: items.length })}</span>}
      </div>
      <FormContext.Provider value={{ step, items, value: draft.value, faults, change, disabled: busy }}>
        {isCorrecting(step) ? (
          <CorrectingFields fields={fields} />
        ) : (
          !asksNothing && <Fields fields={fields} path={[]} />
        )}
        {lines && (
          <Lines
            fields={lines.own}
            differences={differences}
            seen={seen}
            tooEarly={tooEarly}
            onSeen={(code) => setDraft((before) => ({ ...before, seen: [...new Set([...(before.seen ?? []), code])] }))}
          />
        )}
      </FormContext.Provider>
      <Signers
        signers={wanted}
        value={signatures}
        refused={refusedSignature}
        disabled={busy}
        nameOf={(login) => holderNames.get(login)}
        onChange={(index, { login, password }) => {
          if (login !== undefined)
            setDraft((before) => ({ ...before, logins: withValue(before.logins, [index], login) as string[] }))
          if (password !== undefined) setPasswords((before) => withValue(before, [index], password) as string[])
          reset()
        }}
      />
      {isFinal(step) && (
        <Verdict kind="warn" title={t('screens:final.title')}>
          {t(`screens:final.${step.replace('.', '-')}`, {
            count: Math.max(1, items.length),
            names: items.map((item) => item.name).join(t('words:listSeparator')),
          })}
        </Verdict>
      )}
      {differences.length > 0 && (
        <Verdict kind="warn" title={t('screens:differ.title', { count: differences.length })}>
          <DifferenceList differences={differences} step={step} named={items.length > 1} />
          <Consequences differences={differences} />
          {isWarned && <p className="form-warned">{t('screens:differ.again')}</p>}
        </Verdict>
      )}
      {Object.keys(faults).length > 0 && <Verdict kind="refused" title={t('screens:form.faults')} />}
      {error !== undefined && !refusedSignature && <Verdict kind="refused" title={words.refusalText(saidOf(error))} />}
      {state.phase === 'unreached' && <Verdict kind="warn" title={words.refusalText(saidOf(state.error))} />}
      <div className="step-form-actions">
        <Button
          type="primary"
          danger={isFinal(step) || isWarned}
          size={size === 'counter' ? 'large' : 'middle'}
          htmlType="submit"
          loading={busy}
          disabled={unsigned}
        >
          {state.phase === 'unreached'
            ? t('screens:retry')
            : isWarned
              ? t('screens:differ.confirm', { step: name })
              : name}
        </Button>
        {onCancel && (
          <Button size={size === 'counter' ? 'large' : 'middle'} disabled={busy} onClick={onCancel}>
            {t('screens:form.back')}
          </Button>
        )}
        {unsigned && <span className="quiet">{t('screens:signers.needed')}</span>}
      </div>
    </form>
  )
}

/** What the form asks: of one thing all of it, of several what is said once for all of them. */
function askedOf(step: string, lines: LineFields | undefined): { schema: z.ZodType; shape: Shape } {
  const stated = catalogue.steps[step]!
  const one = stated.on === 'item' ? stated.perItem?.one : undefined
  const schema = lines ? stated.input : (one ?? stated.input)
  return { schema, shape: lines ? { type: 'object', fields: lines.common } : shapeOf(schema) }
}

/** Without the faults at and below a path that is being mended. */
const without = (faults: Faults, key: string): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([each]) => each !== key && !each.startsWith(`${key}.`)))

/** The button that opened the form is gone, and the focus with it: who tabs on goes on in the form. */
function takeLostFocus(title: HTMLElement | null): void {
  if (document.activeElement === document.body) title?.focus({ preventScroll: true })
}

function focusFirstFault(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  field?.focus()
  field?.scrollIntoView({ block: 'center' })
}
