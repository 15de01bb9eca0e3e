// The words for steps, facts, refusals, fields and values, from the locale files of their procedures.

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { parseCode, printCode } from '../../server/custody/codes.ts'
import { clock } from './times.ts'

export type Said = { code: string; params?: Record<string, unknown>; detail?: string }

/** Looks texts up: the first of the keys that has one. */
export type Speech = {
  text: (keys: string[], params?: Record<string, unknown>) => string | undefined
  namespaces: string[]
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** The words of the language spoken now. A word that is missing comes out as its key, to be seen and mended. */
export function useWords() {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const text: Speech['text'] = (keys, params) => {
      const key = keys.find((each) => i18n.exists(each) && typeof t(each, params) === 'string')
      return key === undefined ? undefined : String(t(key, params))
    }
    const namespaces = Object.keys(i18n.store.data[i18n.language] ?? {})
    return wordsOf({ text, namespaces })
  }, [t, i18n, i18n.language])
}

export type Words = ReturnType<typeof wordsOf>

const last = (path: string) => path.split('.').at(-1)!

/** All words by the texts of one language. */
export function wordsOf({ text, namespaces }: Speech) {
  const split = (name: string): [string, string] => {
    const at = name.indexOf('.')
    return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)]
  }
  const word = (group: string, value: string) => text([`words:${group}.${value}`]) ?? value

  const roleName = (role: string) => word('role', role)
  const className = (it: string) => word('class', it)
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
      return value.map((each) => printed(key.replace(/s$/, ''), each)).join(text(['words:listSeparator']) ?? ', ')
    if (typeof value !== 'string') return value
    if (MOMENT.test(value)) return clock(value)
    if (parseCode(value)) return printCode(value)
    if (key === 'desk') return deskName(value)
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

  return {
    roleName,
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
    deadlineName: (id: string) => word('deadline', id),
    unitOf: (unit: string) => text([`words:measure.${unit}`]) ?? unit,
  }
}
