// Receipts in tests: the code on the paper read as a camera would, and what it would hold without a paper.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { receiptLink, receiptToken } from '../../server/documents/receipt/token.ts'
import { secretOf } from '../../server/installation.ts'
import { coveredSize, newestCheckpoint } from '../../server/ledger/checkpoints.ts'
import { headOf, readEntries } from '../../server/ledger/read.ts'
import { type TestServer, until } from './server.ts'

const dpi = 300
const a4 = { width: 595.28, height: 841.89 }

/** Settles when a checkpoint covers everything that has been recorded. */
export async function covered({ parts }: Pick<TestServer, 'parts'>): Promise<void> {
  const { size } = await headOf(parts.pool)
  const reached = async () => (await coveredSize(parts.pool, parts.origin)) >= size
  await until(reached, 'a checkpoint that covers the ledger')
}

/** The position of the last entry with this fact about an item. */
export async function positionOf({ parts }: Pick<TestServer, 'parts'>, code: string, fact: string): Promise<number> {
  const query = 'SELECT max(position)::int AS position FROM ledger WHERE subject_id = $1 AND fact = $2'
  const { rows } = await parts.pool.query(query, [code, fact])
  return rows[0].position
}

/** What the code on the receipt of an entry would hold now. */
export async function linkTo({ parts, url }: Pick<TestServer, 'parts' | 'url'>, position: number): Promise<string> {
  await covered({ parts })
  const { pool, origin } = parts
  const { size, root } = (await newestCheckpoint(pool, origin))!
  const [entry] = await readEntries(pool, { after: position - 1, limit: 1 })
  const token = receiptToken(await secretOf(pool, 'receipts'), position)
  return receiptLink(url, token, { origin, size, root: root.toString('hex'), position, leafHash: entry!.hash })
}

/** Draws the squares of the first page as they stand on the paper, and reads the code in them. */
export async function codeOn(pdf: Buffer): Promise<string> {
  prepareReader()
  const page = streamsIn(pdf).find((stream) => / re\b/.test(stream))!
  const rects = [...page.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\b/g)].map((found) =>
    found.slice(1).map(Number),
  )
  const squares = rects.filter(([, , width, height]) => Math.abs(width! - height!) < 0.01)
  const path = squares.map(([x, y, side]) => `M${x} ${y}h${side}v${side}h-${side}z`).join('')
  const [width, height] = [(a4.width * dpi) / 72, (a4.height * dpi) / 72]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${a4.width} ${a4.height}" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>`
  const picture = await sharp(Buffer.from(svg)).png().toBuffer()
  const found = await readBarcodes(picture, { formats: ['QRCode'] })
  if (found.length !== 1) throw new Error(`${found.length} codes on the paper`)
  return found[0]!.text
}

export const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)!.length

function streamsIn(pdf: Buffer): string[] {
  const streams = pdf.toString('latin1').matchAll(/\/FlateDecode\s*>>\s*stream\n([\s\S]*?)\nendstream/g)
  return [...streams].map(([, data]) => inflateSync(Buffer.from(data!, 'latin1')).toString('latin1'))
}

function prepareReader(): void {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
}
