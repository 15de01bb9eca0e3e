// What is printed: its address, and which characters on it no font draws – GET /api/labels/undrawn and
// /api/documents/receipt/undrawn – so that whoever prints is told before.

import { type LabelFormat, labelsAddress, receiptAddress } from './addresses.ts'
import { queryText, request } from './request.ts'

/** `on` names the label; empty on a paper by itself. */
export type Undrawn = { on: string; characters: string[] }
export type Paper = { address: string; undrawn: () => Promise<Undrawn[]> }

export const labelsOf = (codes: string[], format?: LabelFormat, layout?: 'roll' | 'a4'): Paper => ({
  address: labelsAddress(codes, format, layout),
  undrawn: async () => {
    const asked = `/labels/undrawn${queryText({ items: codes.join(',') })}`
    const { undrawn } = await request<{ undrawn: { name: string; characters: string[] }[] }>(asked)
    return undrawn.map(({ name, characters }) => ({ on: name, characters }))
  },
})

export const receiptOf = (position: number): Paper => ({
  address: receiptAddress(position),
  undrawn: async () => {
    const asked = `/documents/receipt/undrawn${queryText({ position })}`
    const { characters } = await request<{ characters: string[] }>(asked)
    return characters.length > 0 ? [{ on: '', characters }] : []
  },
})
