// What every field of a form knows: its step, the items, the faults found, where to put what was typed.

import { createContext, useContext } from 'react'
import type { Card } from '../../server/contract/cards.ts'
import type { Faults } from './checked.ts'
import type { Path, Value } from './value.ts'

export type FormState = {
  step: string
  items: Card[]
  value: Value
  faults: Faults
  /** `next` may be a function of what is there when it is put in, as after an upload. */
  change: (path: Path, next: Value | ((before: Value) => Value)) => void
  disabled: boolean
}

export const FormContext = createContext<FormState | undefined>(undefined)

export function useForm(): FormState {
  const form = useContext(FormContext)
  if (!form) throw new Error('A field stands outside of a form')
  return form
}
