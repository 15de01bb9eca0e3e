// The words for steps, facts, refusals, fields and values, from the texts of one language: what is said at the counter and
// what a problem says are the same sentence. Pure.

import { parseCode, printCode } from '../custody/codes.ts'
import { currencyOf } from '../custody/currencies.ts'
import type { Signature } from '../custody/define.ts'
import type { Item } from '../custody/item.ts'
import type { Expected, Fault } from './faults.ts'

export type Said = { code: string; params?: Record<string, unknown>; detail?: string }

export type Speech = {
  /** Looks texts up: the first of the keys that has one. */
  text: (keys: string[], params?: Record<string, unknown>) => string | undefined
  namespaces: string[]
  /** A moment on the reader's clock, to the minute. */
  clock: (at: string) => string
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
/** Values may come from outside: only plain ones are looked up, so that none is read as a path or a namespace. */
const plain = /^[\w-]{1,60}(\.[\w-]{1,60})?$/

export type Words = ReturnType<typeof wordsOf>

/** Sentences that do not say by themselves what would do. */
const unsaid = ['pattern', 'type', 'wrong']

const last = (path: string) => path.split('.').at(-1)!

/** Dotted, without the numbers of rows. */
const fieldPath = (path: readonly PropertyKey[]): string =>
  path
    .map(String)
    .filter((key) => !/^\d+$/.test(key))
    .join('.')

/** All words by the texts of one language. */
export function wordsOf({ text, namespaces, clock }: Speech) {
  const split = (name: string): [string, string] => {
    const at = name.indexOf('.')
    return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)]
  }
  const word = (group: string, value: string) => text([`words:${group}.${value}`]) ?? value

  /** A name and, where there is one, that of whom they acted or signed for. */
  const signedName = ({ name, for: instead }: Pick<Signature, 'name' | 'for'>): string =>
    instead ? (text(['words:inPlaceOf'], { name, of: instead.name }) ?? name) : name
  const roleName = (role: string) => word('role', role)
  const className = (it: string) => word('class', it)
  const currencyName = (code: string) => word('currency', code)
  /** A sum of money in its currency. */
  const amountText = (value: string, code: string) =>
    text(['words:amount'], { value, name: currencyName(code), code }) ?? `${code} ${value}`
  const procedureName = (name: string) => text([`${name}:procedure`, `words:procedure.${name}`]) ?? name
  const stepName = (step: string) => {
    const [procedure, own] = split(step)
    return text([`${procedure}:step.${own}`]) ?? step
  }
  const factName = (fact: string) => text(namespaces.map((name) => `${name}:fact.${fact}`)) ?? fact
  const stageName = (procedure: string, stage: string) =>
    text([`${procedure}:stage.${stage}`, `words:stage.${stage}`]) ?? stage

  /** `path` is dotted, without the numbers of rows: `items.takenFrom.name`. */
  const fieldName = (step: string, path: string) => {
    const [procedure, own] = split(step)
    const shorter = path.split('.').map((_, at, names) => names.slice(at).join('.'))
    return (
      text([
        `${procedure}:field.${own}.${path}`,
        ...shorter.map((each) => `${procedure}:field.${each}`),
        ...shorter.map((each) => `words:field.${each}`),
      ]) ?? path
    )
  }
  const fieldHint = (step: string, path: string) => {
    const [procedure, own] = split(step)
    return text([`${procedure}:hint.${own}.${path}`, `${procedure}:hint.${path}`, `words:hint.${last(path)}`])
  }
  const valueName = (step: string, path: string, value: string) => {
    const [procedure, own] = split(step)
    const field = last(path)
    return (
      text([
        `${procedure}:value.${own}.${path}.${value}`,
        `${procedure}:value.${path}.${value}`,
        `${procedure}:value.${field}.${value}`,
        `words:value.${field}.${value}`,
        `words:${field}.${value}`,
      ]) ?? value
    )
  }

  /** A desk such as `head@unit-1`, `keeper@S…` or `person:wang`; `named` gives the name of its unit, site or person. */
  const deskName = (desk: string, named: (id: string) => string | undefined = () => undefined) => {
    if (desk.startsWith('person:')) return named(desk.slice(7)) ?? desk.slice(7)
    const [role = '', scope = ''] = desk.split('@')
    const where = named(scope)
    return where ? (text(['words:desk'], { role: roleName(role), where }) ?? roleName(role)) : roleName(role)
  }

  const printed = (key: string, value: unknown): unknown => {
    if (Array.isArray(value))
      return value
        .map((each) => printed(key.replace(/(?<=ss)es$|s$/, ''), each))
        .join(text(['words:listSeparator']) ?? ', ')
    if (typeof value !== 'string') return value
    if (moment.test(value) && !Number.isNaN(Date.parse(value))) return clock(value)
    if (parseCode(value)) return printCode(value)
    if (key === 'desk') return deskName(value)
    if (!plain.test(value)) return value
    if (key === 'as') return text([`words:signer.${value}`, `words:role.${value}`]) ?? value
    if (key === 'step') return stepName(value)
    if (key === 'procedure') return procedureName(value)
    return text([`words:${key}.${value}`, `words:value.${key}.${value}`]) ?? value
  }

  /** The sentence of a refusal; `code` as `retrieval.not-stored`, params in people's words. */
  const refusalText = ({ code, params = {}, detail }: Said) => {
    const [procedure, reason] = split(code)
    const filled = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, printed(key, value)]))
    if (typeof params.procedure === 'string' && typeof params.stage === 'string')
      filled.stage = stageName(params.procedure, params.stage)
    else if (typeof params.stage === 'string')
      filled.stage =
        text([...namespaces.map((name) => `${name}:stage.${params.stage}`), `words:stage.${params.stage}`]) ??
        params.stage
    return (
      text([`${procedure}:refusal.${reason}`, `general:refusal.${code}`, `words:problem.${code}`], filled) ??
      detail ??
      text(['words:problem.unknown'], { code }) ??
      code
    )
  }

  /** What would do, in a sentence; nothing when all is said with "fill this in". */
  const expectedText = (expected: Expected, step = '', at: readonly PropertyKey[] = []): string | undefined => {
    const path = fieldPath(at)
    const { type, kind, format, example } = expected
    const named = (value: unknown) =>
      typeof value === 'string' ? valueName(step, path, value) : (text([`words:value.${value}`]) ?? String(value))
    if (expected.enum) {
      const values = expected.enum.map(named).join(text(['words:listSeparator']) ?? ', ')
      return text(['input:expected.one-of'], { values })
    }
    const what = text([`input:format.${kind}`, `input:format.${format}`, `input:expected.${type}`])
    if (what === undefined) return undefined
    const [least, most] =
      type === 'array'
        ? [expected.minItems, expected.maxItems]
        : type === 'string'
          ? [kind && text([`input:format.${kind}`]) ? undefined : expected.minLength, expected.maxLength]
          : [expected.minimum, expected.maximum]
    const counted = type === 'array' || type === 'string' ? type : 'number'
    const range =
      least !== undefined && (least > 0 || counted === 'number') && most !== undefined
        ? text([`input:expected.between-${counted}`], { least, most })
        : most !== undefined
          ? text([`input:expected.most-${counted}`], { most })
          : least !== undefined
            ? text([`input:expected.least-${counted}`], { least })
            : undefined
    const members = (expected.required ?? []).map((name) => fieldName(step, path ? `${path}.${name}` : name))
    const containing =
      members.length > 0
        ? text(['input:expected.members'], { members: members.join(text(['words:listSeparator']) ?? ', ') })
        : undefined
    const more = [range, containing].filter(Boolean).join(text(['words:listSeparator']) ?? ', ')
    const whole = more ? text(['input:expected.with'], { what, more }) : what
    return example === undefined || typeof example === 'object'
      ? text(['input:expected.is'], { whole })
      : text(['input:expected.is-such-as'], { whole, example })
  }

  /** What is wrong at one place of an input; what would do is added where that sentence alone is no help. */
  const faultText = ({ path, reason, params, expected }: Fault, step?: string): string => {
    const wrong = text([`input:refusal.${reason}`, 'input:refusal.wrong'], params) ?? reason
    if (!expected || !unsaid.includes(reason)) return wrong
    const says = expectedText(expected, step, path)
    return says ? (text(['input:expected.after'], { wrong, says }) ?? wrong) : wrong
  }

  /** What people call the place of a fault, with the number of its row; nothing when there is no word for it. */
  const faultName = (path: readonly PropertyKey[], step = ''): string | undefined => {
    const plainPath = fieldPath(path)
    const name = plainPath === '' ? plainPath : fieldName(step, plainPath)
    if (name === plainPath) return undefined
    const row = path.find((key) => /^\d+$/.test(String(key)))
    return row === undefined ? name : text(['input:expected.in-row'], { name, row: Number(row) + 1 })
  }

  return {
    expectedText,
    faultText,
    faultName,
    roleName,
    signedName,
    className,
    procedureName,
    stepName,
    factName,
    stageName,
    fieldName,
    fieldHint,
    valueName,
    deskName,
    refusalText,
    /** States of the axes, kinds of places, what signers sign as, deadlines: by group and value. */
    custodyName: (state: string) => word('custody', state),
    controlName: (state: string) => word('control', state),
    controlStageName: (stage: string) => word('stage', stage),
    dispositionName: (state: string) => word('disposition', state),
    placeKindName: (kind: string) => word('placeKind', kind),
    axisName: (axis: string) => word('axis', axis),
    signerName: (as: string) => text([`words:signer.${as}`, `words:role.${as}`]) ?? as,
    currencyName,
    amountText,
    /** How much of a thing there is; of cash its sum as well. */
    quantityText: (item: Pick<Item, 'quantity' | 'unit' | 'class' | 'value' | 'details'>) => {
      const { quantity, unit, value } = item
      const sum = item.class === 'cash' && value !== undefined ? ` · ${amountText(value, currencyOf(item))}` : ''
      return `${quantity} ${unit}${sum}`
    },
    /** One kind of note or coin. */
    noteText: ({ face, counterfeit }: { face: string; counterfeit?: boolean }, code: string) => {
      const note = amountText(face, code)
      return counterfeit ? (text(['words:counterfeitNote'], { note }) ?? note) : note
    },
    deadlineName: (id: string) => word('deadline', id),
    unitOf: (unit: string) => text([`words:measure.${unit}`]) ?? unit,
  }
}
