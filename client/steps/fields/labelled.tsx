// A field with its name, its hint and what is wrong with it, tied together for screen readers.

import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../ui/words.ts'
import type { Fault } from '../checked.ts'
import './labelled.css'

export type Ties = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean; 'aria-required'?: boolean }

type Props = {
  name: string
  hint?: string
  fault?: Fault
  required?: boolean
  /** A group of controls rather than one: drawn as a fieldset. */
  group?: boolean
  /** Where its value stands, dotted: what a fault leads to. */
  at?: string
  children: (ties: Ties) => ReactNode
}

export function Labelled({ name, hint, fault, required = false, group = false, at, children }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const id = useId()
  const saysId = `${id}-says`
  const ties: Ties = {
    id,
    ...(hint || fault ? { 'aria-describedby': saysId } : {}),
    ...(fault ? { 'aria-invalid': true } : {}),
    ...(required && !group ? { 'aria-required': true } : {}),
  }
  const title = (
    <>
      {name}
      {!required && <span className="field-optional">{t('screens:form.optional')}</span>}
    </>
  )
  const says = (
    <div id={saysId} className="field-says">
      {fault ? (
        <span className="field-fault" role="alert">
          {fault.said ?? words.faultText(fault)}
        </span>
      ) : (
        hint
      )}
    </div>
  )
  if (group)
    return (
      <fieldset className="field" data-path={at} aria-describedby={hint || fault ? saysId : undefined}>
        <legend>{title}</legend>
        {children(ties)}
        {says}
      </fieldset>
    )
  return (
    <div className="field" data-path={at}>
      <label htmlFor={id}>{title}</label>
      {children(ties)}
      {says}
    </div>
  )
}
