// correction 更正 – an entry says something wrong; the correction stands beside it, and nothing is ever changed or deleted. Pure.

import { z } from 'zod'
import type { ItemClass } from '../classes.ts'
import { decimalPattern } from '../decimal.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf, type Signer } from '../define.ts'
import * as field from '../fields.ts'
import { secondPerson } from '../handling.ts'
import { type Changes, type Item, isVoid, whereaboutsOf, withChanges } from '../item.ts'
import { keeps } from '../storing.ts'
import { changesOf, differing, fieldIn, isMeasured, refuseChange } from './correction/changes.ts'
import { Asked, changesOfClass, refuseClassChange, signersOfClass } from './correction/class.ts'
import { described, fieldsOf, Right, rightFor, wordOf } from './correction/fields.ts'

const Note = z.strictObject({
  /** The entry that is wrong, by its position, and by its hash when the paper shows that too. */
  position: field.entryPosition(),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** What is wrong in it, and what is right: as the field itself is said, absent when there is no such thing. */
  field: field.text(60),
  right: Right,
  reason: field.longText(1000),
  /** Of a class that is put right: what the right one asks for, and where the thing lies from now on. */
  asked: Asked.optional(),
  place: field.placeCode().optional(),
})
type Note = z.infer<typeof Note>

/** Officers correct what belongs to their case, keepers what lies at their site, the others what is their agency's. */
function refuseStranger(item: Item, act: Act<unknown>): void {
  const { code, officers, owningAgency, control } = item
  const { login } = act.actor
  const at = whereaboutsOf(item)
  const own =
    act.role === 'officer'
      ? officers.includes(login)
      : act.role === 'keeper'
        ? at !== undefined && keeps(act, at.site)
        : [owningAgency, control.agency].includes(act.scope)
  refuseIf(!own, 'correction.not-yours', { code })
}

/** A keeper has counted, weighed and signed for it. */
const isReceived = ({ custody }: Item): boolean => ['stored', 'out', 'in-transit'].includes(custody.state)

/** How much there is of it, and by what it is told from another. */
const telling = /^(quantity|unit|weight|seal|value|serials|details\..*)$/

/** What an officer could better a case or cover a loss with, the head of the unit decides. */
function isDecidedByHead(item: Item, name: string, act: Act<unknown>): boolean {
  if (name === 'class' || name === 'extractedAt') return true
  return telling.test(name) && act.settings.twoPersonClasses.includes(item.class)
}

function signersOf(act: Act<Note | undefined>, item: Item | undefined): Signer[] {
  const { input } = act
  if (!item || !input || act.rules < 2) return [secondPerson(act)]
  const head: Signer = { as: 'second-person', roles: ['head'], scope: item.owningUnit }
  const second = isDecidedByHead(item, input.field, act) ? head : secondPerson(act)
  return input.field === 'class' ? [second, ...signersOfClass(item, input.right, act)] : [second]
}

/** What the named field should say, read by its own rule; whether the card shows it. */
function corrected(item: Item, act: Act<Note>): { right: unknown; was: unknown; changes?: Changes } {
  const { position, field: name } = act.input
  const { fact, step } = act.entry(String(position))
  const fields = fieldsOf(fact, act.asked(step))
  const right = rightFor(fields, name, act.input.right)
  if (fields !== described) return { right, was: undefined }
  const changes =
    name === 'class' ? changesOfClass(item, right as ItemClass, act.input, act) : changesOf(item, name, right, act)
  return { right, was: fieldIn(item, name), changes }
}

export const correction = procedure({
  name: 'correction',
  steps: {
    note: itemStep({
      by: ['officer', 'keeper', 'storehead', 'legal', 'casemanager'],
      input: Note,
      afterLeft: true,
      withLines: true,
      signers: signersOf,
      ready: (item, act) => {
        refuseStranger(item, act)
        refuseIf(isVoid(item), 'correction.of-a-void', { code: item.code })
      },
      requires: (item, act) => {
        const { position, hash, field: name, asked, place } = act.input
        const { code } = item
        const entry = act.entry(String(position))
        const other = entry.subject.kind !== 'item' || entry.subject.id !== code
        refuseIf(other, 'correction.of-another-item', { code, position })
        refuseIf(hash !== undefined && hash !== entry.hash, 'correction.other-hash', { position })
        if (act.rules < 2) {
          refuseIf(name === 'value' && item.class === 'cash', 'correction.amount-of-cash', { code })
          const right = String(act.input.right)
          refuseIf(name === 'value' && !decimalPattern.test(right), 'correction.not-an-amount', { right })
          return
        }
        refuseIf(name !== 'class' && (asked || place), 'correction.not-the-class', { field: wordOf(name) })
        const { right, was, changes } = corrected(item, act)
        refuseIf(changes && JSON.stringify(was) === JSON.stringify(right), 'correction.nothing-else', {
          field: wordOf(name),
        })
        if (!changes) return
        if (name === 'class') refuseClassChange(item, right as ItemClass, act.input, act)
        else refuseChange(item, name, right, act)
      },
      records: (item, act) => {
        if (act.rules < 2) return { fact: 'CorrectionNoted', data: { ...act.input } }
        const { position, hash, field: name, reason } = act.input
        const { right, was, changes } = corrected(item, act)
        const said = { position, hash, field: name, was, right, reason }
        const awaits = changes && isMeasured(name) && isReceived(item)
        if (awaits) return [{ fact: 'CorrectionAsked', data: said }, differing(item, name, changes, reason, act)]
        return { fact: 'FieldCorrected', data: { ...said, changes } }
      },
    }),
  },

  facts: {
    /** By version 1 of the rules: the field was any word, and few of them had an effect. */
    CorrectionNoted: itemFact<{ field: string; right: string }>((item, { data }) => ({
      ...item,
      ...(Object.hasOwn(shown, data.field) ? shown[data.field]!(data.right) : {}),
    })),
    FieldCorrected: itemFact<{ changes?: Changes }>((item, { data }) => withChanges(item, data.changes ?? {})),
    /** Takes effect when the discrepancy that it opens is settled. */
    CorrectionAsked: itemFact((item) => item),
  },

  refusals: [
    'not-yours',
    'of-a-void',
    'of-another-item',
    'other-hash',
    'amount-of-cash',
    'on-account',
    'not-an-amount',
    'unknown-field',
    'wrong-value',
    'nothing-else',
    'not-the-class',
    'has-left',
    'witness-is-staff',
    'line-used',
    'extracted-after',
    'extracted-before',
    'docket-open',
    'said-before',
    'place-missing',
  ],
})

/** Descriptions that a correction changed by version 1 of the rules. */
const shown: Record<string, (right: string) => Partial<Item>> = {
  name: (name) => ({ name }),
  features: (features) => ({ features }),
  source: (source) => ({ source }),
  takenFrom: (takenFrom) => ({ takenFrom }),
  witness: (witness) => ({ witness }),
  externalNo: (externalNo) => ({ externalNo }),
  value: (value) => ({ value }),
  serials: (right) => ({ serials: right.split(/[,，、;；\s]+/).filter(Boolean) }),
}
