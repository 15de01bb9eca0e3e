// Identity papers of people and bodies outside: which kinds there are, and numbers that cannot be right. Pure.

import { z } from 'zod'
import * as field from './fields.ts'

export const identityKinds = [
  'resident-id',
  'passport',
  'hk-macau-permit',
  'taiwan-permit',
  'foreign-residence',
  'company-code',
  'other',
] as const
export type IdentityKind = (typeof identityKinds)[number]

/** The kind is a resident's card where nothing is said. */
type Paper = { idKind?: IdentityKind; idNumber?: string }

export const kindOfPaper = ({ idKind = 'resident-id' }: Paper): IdentityKind => idKind

/** Weights of the check character of a resident's number (GB 11643, ISO 7064 MOD 11-2) and of a company's (GB 32100). */
const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const companyWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const companyCharacters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

const weighed = (characters: string, values: string, weights: readonly number[]): number =>
  [...characters].reduce((sum, character, place) => sum + values.indexOf(character) * weights[place]!, 0)

export function isResidentNumber(number: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return false
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!z.iso.date().safeParse(born).success) return false
  return '10X98765432'[weighed(number.slice(0, 17), '0123456789', residentWeights) % 11] === number.at(-1)
}

export function isCompanyCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false
  const rest = weighed(code.slice(0, 17), companyCharacters, companyWeights) % 31
  return companyCharacters[(31 - rest) % 31] === code.at(-1)
}

const looksRight: Partial<Record<IdentityKind, (number: string) => boolean>> = {
  'resident-id': isResidentNumber,
  'company-code': isCompanyCode,
}

/** Refuses a number that its kind of paper cannot have: `reason: 'identity'` at the number. */
export const fitsItsPaper = (paper: Paper): boolean =>
  paper.idNumber === undefined || (looksRight[kindOfPaper(paper)]?.(paper.idNumber) ?? true)

export const identity = { idKind: z.enum(identityKinds).optional(), idNumber: field.idNumber() }

/** How a schema with these fields refuses a number that cannot be right. */
export const misfit = { path: ['idNumber'], params: { reason: 'identity' } }
