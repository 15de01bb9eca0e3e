// Printed forms, as PDF.

import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { clockIn } from '../custody/local-time.ts'
import { contentOf, type PaperWords } from '../documents/receipt/content.ts'
import { receiptLink, receiptToken } from '../documents/receipt/token.ts'
import { type ReceiptContent, renderReceipt } from '../documents/receipt.ts'
import { undrawnIn } from '../documents/typeface.ts'
import { type Checkpoint, type Cosignature, cosignaturesOf } from '../ledger/checkpoints.ts'
import { mostCosigned } from '../ledger/most-cosigned.ts'
import type { Reader } from '../people/reader.ts'
import { timeZoneOf } from '../views/people.ts'
import { readReceipt } from '../views/receipts.ts'
import type { HttpParts, Witness } from './parts.ts'
import { Faulty, found } from './problems.ts'
import { count, type Route, route } from './route.ts'

const OfEntry = z.strictObject({ position: count })

/** Whoever asks right after the step need not ask again: a checkpoint is a moment away. */
const patienceMs = 2_000
const pauseMs = 100

export function documentRoutes(parts: HttpParts): Route[] {
  const { dataSource, pool, catalogue, origin, publicUrl, receiptSecret, witnesses, ownWitnesses, text, word } = parts
  const wordsOf = async (agency: string): Promise<PaperWords> => {
    const timeZone = (await timeZoneOf(dataSource, agency)) ?? parts.timeZone
    return {
      both: (key, params) => ({ zh: text(key, 'zh-CN', params), en: text(key, 'en', params) }),
      clock: (at) => clockIn(timeZone, at),
      word,
    }
  }
  return [
    route({
      method: 'get',
      path: '/api/documents/receipt',
      summary: 'The receipt of an entry, in Chinese and English, with a code by which anybody can check it',
      query: OfEntry,
      gives: ['application/pdf'],
      handle: async ({ query: { position }, reader, response }) => {
        const content = await contentFor(reader, position)
        const body = await renderReceipt(content)
        response.setHeader('Content-Type', 'application/pdf')
        response.setHeader('Content-Disposition', `inline; filename="receipt-${content.position}.pdf"`)
        response.send(body)
      },
    }),
    route({
      method: 'get',
      path: '/api/documents/receipt/undrawn',
      summary: 'Which characters of the receipt no font draws, to be told before it is printed',
      query: OfEntry,
      gives: z.object({ characters: z.array(z.string()) }),
      handle: async ({ query: { position }, reader }) => ({
        characters: undrawnIn(textsIn(await contentFor(reader, position))),
      }),
    }),
  ]

  async function contentFor({ keys }: Reader, asked: number): Promise<ReceiptContent & { position: number }> {
    const receipt = found(await readReceipt({ dataSource, pool, catalogue }, keys, asked), 'receipt.unknown')
    const { position, leafHash } = receipt
    const checkpoint = await coveredSoon(receipt.lastPosition)
    if (!checkpoint) throw new Faulty(409, 'receipt.not-covered')
    const cosignatures = await cosignaturesOf(pool, checkpoint)
    const { size, root } = checkpoint
    const stamped = { origin, size, root: root.toString('hex'), position, leafHash }
    const link = receiptLink(publicUrl, receiptToken(receiptSecret, position), stamped)
    const cosignedBy = witnesses.filter((witness) => cosignatures.some((each) => isBy(witness, each)))
    const proof = { ...stamped, cosignedBy: cosignedBy.map(({ name }) => name), ownWitnesses }
    return { ...contentOf(receipt, proof, link, await wordsOf(receipt.by.agency)), position }
  }

  async function coveredSoon(position: number): Promise<Checkpoint | undefined> {
    const end = Date.now() + patienceMs
    for (;;) {
      const checkpoint = await mostCosigned(pool, origin, witnesses, position)
      if (checkpoint || Date.now() > end) return checkpoint
      await sleep(pauseMs)
    }
  }
}

const isBy = (witness: Witness, { keyName, keyId }: Cosignature): boolean =>
  keyName === witness.keyName && keyId.toString('hex') === witness.keyId

/** Every text of a content, at whatever depth. */
function textsIn(content: unknown): string[] {
  if (typeof content === 'string') return [content]
  return typeof content === 'object' && content ? Object.values(content).flatMap(textsIn) : []
}
