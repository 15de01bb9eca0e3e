/**
 * The receipt for one step, on A4: what was received, lent, accepted, handed over or disposed of, between whom, and
 * where it stands in the log. Every label in Chinese and English; a QR code leads to the page that checks it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { heightOf, INK, INNER, LOWEST, newPaper, PAPER, type Paper, type Pen } from './receipt/paper.ts'

export type Bilingual = { zh: string; en: string }
/** A value that is the same in both languages is a plain text. */
export type Row = { label: Bilingual; value: string | Bilingual }
export type ReceiptContent = {
  /** Who gives the receipt. */
  agency: string
  title: Bilingual
  number: Row
  /** What the QR code holds. */
  code: { text: string; hint: Bilingual }
  rows: Row[]
  items: { heads: Record<'code' | 'name' | 'quantity' | 'line', Bilingual>; rows: Item[] }
  /** Said below the items. */
  remark?: Bilingual
  /** Who took part; each has a line to sign on. */
  parties: { as: Bilingual; name: string; of: string }[]
  signature: Bilingual
  proof: { title: Bilingual; rows: Row[]; hint: Bilingual }
  /** Left side of the foot; `page` and `pages` count from 1. */
  foot: (page: number, pages: number) => string
}
type Item = { code: string; name: string; quantity: string; line: string }

const LEFT = PAPER.margin
const QR_SIDE = 132
const LABEL_WIDTH = 118
const GAP = 14

const TITLE: Pen = { size: 19, weight: 'bold' }
const HEADING: Pen = { size: 10.5, weight: 'bold', colour: INK.accent }
const BODY: Pen = { size: 9.5 }
const STRONG: Pen = { size: 9.5, weight: 'bold' }
const LABEL: Pen = { size: 8.5, colour: INK.quiet }
const SMALL: Pen = { size: 7.2, colour: INK.quiet }

const COLUMNS = (() => {
  const widths = { number: 22, code: 110, quantity: 62, line: 112 }
  const name = INNER - widths.number - widths.code - widths.quantity - widths.line
  return { ...widths, name }
})()
const CELL_GAP = 8
const ROWS_IN_A_TURN = 20

/** The PDF. Throws nothing of its own; characters that no font draws are shown as their code points. */
export async function renderReceipt(content: ReceiptContent): Promise<Buffer> {
  const paper = newPaper(`${content.title.zh} ${content.title.en}`)
  let y = drawHead(paper, content)
  y = drawRows(paper, content.rows, y)
  y = await drawItems(paper, content.items, y + GAP)
  if (content.remark) y = drawRemark(paper, content.remark, y)
  y = withRoom(paper, y + GAP, heightOfEnd(content))
  y = drawParties(paper, content, y)
  drawProof(paper, content.proof, y + GAP)
  return paper.finish((page, pages) => {
    const foot = PAPER.height - PAPER.margin
    paper.rule(LEFT, foot - 6, INNER)
    paper.write(content.foot(page, pages), LEFT, foot, INNER, SMALL)
  })
}

/** Title and number, beside the QR code; gives where the next part begins. */
function drawHead(paper: Paper, { agency, title, number, code }: ReceiptContent): number {
  const width = INNER - QR_SIDE - GAP
  const right = LEFT + INNER - QR_SIDE
  let y = PAPER.margin
  y += paper.write(agency, LEFT, y, width, { size: 10.5, colour: INK.quiet }) + 8
  y += paper.write(title.zh, LEFT, y, width, TITLE)
  y += paper.write(title.en, LEFT, y, width, { size: 11.5, colour: INK.quiet }) + 10
  y += paper.write(joined(number.label), LEFT, y, width, LABEL)
  y += paper.write(textOf(number.value), LEFT, y, width, { size: 14, weight: 'bold' })

  // The quiet zone reaches to the margin, so that the dark modules stand off the text as far as off the edge.
  paper.qr(code.text, right, PAPER.margin - 8, QR_SIDE)
  const below = PAPER.margin - 8 + QR_SIDE
  const hint = paper.write(code.hint.zh, right, below, QR_SIDE, SMALL)
  const both = hint + paper.write(code.hint.en, right, below + hint, QR_SIDE, SMALL)
  const end = Math.max(y, below + both) + 10
  paper.rule(LEFT, end, INNER, { colour: INK.accent, thickness: 1.4 })
  return end + 6
}

/** Labels on the left, values on the right, a rule between. */
function drawRows(paper: Paper, rows: Row[], from: number): number {
  let y = from
  for (const row of rows) {
    const height = heightOfRow(row)
    y = withRoom(paper, y, height)
    paper.write(row.label.zh, LEFT, y + 3, LABEL_WIDTH, LABEL)
    paper.write(row.label.en, LEFT, y + 15, LABEL_WIDTH, SMALL)
    const { zh, en } = bothOf(row.value)
    const said = paper.write(zh, LEFT + LABEL_WIDTH, y + 3, INNER - LABEL_WIDTH, BODY)
    if (en !== undefined) paper.write(en, LEFT + LABEL_WIDTH, y + 3 + said, INNER - LABEL_WIDTH, SMALL)
    y += height
    paper.rule(LEFT, y, INNER, { thickness: 0.4 })
  }
  return y
}

function heightOfRow({ label, value }: Row): number {
  const { zh, en } = bothOf(value)
  const width = INNER - LABEL_WIDTH
  const said = heightOf(zh, width, BODY) + (en === undefined ? 0 : heightOf(en, width, SMALL))
  return Math.max(said + 7, 17 + heightOf(label.en, LABEL_WIDTH, SMALL) + 1)
}

/** The list; its head stands again on every page that it goes on to. */
async function drawItems(paper: Paper, { heads, rows }: ReceiptContent['items'], from: number): Promise<number> {
  const first = rows[0] ? heightOfItem(rows[0]) : 0
  let y = drawItemHeads(paper, heads, withRoom(paper, from, 32 + first))
  for (const [index, row] of rows.entries()) {
    const height = heightOfItem(row)
    if (y + height > LOWEST) {
      paper.newPage()
      y = drawItemHeads(paper, heads, PAPER.margin)
    }
    const { code, name, quantity, line } = placesOfColumns()
    paper.write(String(index + 1), LEFT, y + 4, COLUMNS.number, { ...BODY, colour: INK.quiet })
    paper.write(row.code, code, y + 4, COLUMNS.code, STRONG)
    paper.write(row.name, name, y + 4, COLUMNS.name - CELL_GAP, BODY)
    paper.write(row.quantity, quantity, y + 4, COLUMNS.quantity - CELL_GAP, BODY)
    paper.write(row.line, line, y + 4, COLUMNS.line, BODY)
    y += height
    paper.rule(LEFT, y, INNER, { thickness: 0.4 })
    // Thousands take a second; other requests get their turn in between.
    if (index % ROWS_IN_A_TURN === ROWS_IN_A_TURN - 1) await nextTurn()
  }
  return y
}

function drawItemHeads(paper: Paper, heads: ReceiptContent['items']['heads'], y: number): number {
  const places = placesOfColumns()
  for (const column of ['code', 'name', 'quantity', 'line'] as const) {
    paper.write(heads[column].zh, places[column], y, COLUMNS[column] - CELL_GAP, { ...LABEL, weight: 'bold' })
    paper.write(heads[column].en, places[column], y + 12, COLUMNS[column] - CELL_GAP, SMALL)
  }
  paper.rule(LEFT, y + 26, INNER, { colour: INK.quiet, thickness: 0.8 })
  return y + 26
}

function placesOfColumns() {
  const code = LEFT + COLUMNS.number
  const name = code + COLUMNS.code
  const quantity = name + COLUMNS.name
  return { code, name, quantity, line: quantity + COLUMNS.quantity }
}

const heightOfItem = ({ code, name, quantity, line }: Item): number =>
  8 +
  Math.max(
    heightOf(code, COLUMNS.code, STRONG),
    heightOf(name, COLUMNS.name - CELL_GAP, BODY),
    heightOf(quantity, COLUMNS.quantity - CELL_GAP, BODY),
    heightOf(line, COLUMNS.line, BODY),
  )

function drawRemark(paper: Paper, { zh, en }: Bilingual, from: number): number {
  const height = 8 + heightOf(zh, INNER, BODY) + heightOf(en, INNER, SMALL)
  const y = withRoom(paper, from, height)
  const said = paper.write(zh, LEFT, y + 8, INNER, BODY)
  paper.write(en, LEFT, y + 8 + said, INNER, SMALL)
  return y + height
}

const PARTY_HEIGHT = 74
const PARTIES_ACROSS = 3
const PARTY_WIDTH = (INNER - (PARTIES_ACROSS - 1) * GAP) / PARTIES_ACROSS

/** Side by side, three to a line: as what, who, and a line for the signature. */
function drawParties(paper: Paper, { parties, signature }: ReceiptContent, from: number): number {
  for (const [index, { as, name, of }] of parties.entries()) {
    const x = LEFT + (index % PARTIES_ACROSS) * (PARTY_WIDTH + GAP)
    const y = from + Math.floor(index / PARTIES_ACROSS) * PARTY_HEIGHT
    paper.write(joined(as), x, y, PARTY_WIDTH, { ...LABEL, weight: 'bold' })
    paper.write(name, x, y + 14, PARTY_WIDTH, { size: 11, weight: 'bold' })
    paper.write(of, x, y + 31, PARTY_WIDTH, SMALL)
    paper.rule(x, y + PARTY_HEIGHT - 14, PARTY_WIDTH, { colour: INK.quiet, thickness: 0.5 })
    paper.write(joined(signature), x, y + PARTY_HEIGHT - 12, PARTY_WIDTH, SMALL)
  }
  return from + Math.ceil(parties.length / PARTIES_ACROSS) * PARTY_HEIGHT
}

/** The numbers that a checker needs, small: the QR code holds them as well. */
function drawProof(paper: Paper, { title, rows, hint }: ReceiptContent['proof'], from: number): void {
  let y = from
  paper.rule(LEFT, y, INNER, { colour: INK.accent, thickness: 0.8 })
  y += 6
  y += paper.write(joined(title), LEFT, y, INNER, HEADING) + 2
  for (const { label, value } of rows) {
    const { zh, en } = bothOf(value)
    paper.write(joined(label), LEFT, y, PROOF_LABEL_WIDTH, SMALL)
    const width = INNER - PROOF_LABEL_WIDTH
    y += paper.write(en === undefined ? zh : joined({ zh, en }), LEFT + PROOF_LABEL_WIDTH, y, width, PROOF)
  }
  y += 4
  y += paper.write(hint.zh, LEFT, y, INNER, { ...PROOF, colour: INK.text })
  paper.write(hint.en, LEFT, y, INNER, SMALL)
}

const PROOF_LABEL_WIDTH = 118
const PROOF: Pen = { size: 7.8 }

/** What must stay together at the end: who signs stands on the paper with the proof. */
function heightOfEnd({ parties, proof }: ReceiptContent): number {
  const rows = proof.rows.reduce((sum, { value }) => {
    const { zh, en } = bothOf(value)
    return sum + heightOf(en === undefined ? zh : joined({ zh, en }), INNER - PROOF_LABEL_WIDTH, PROOF)
  }, 0)
  const hint = heightOf(proof.hint.zh, INNER, PROOF) + heightOf(proof.hint.en, INNER, SMALL)
  return Math.ceil(parties.length / PARTIES_ACROSS) * PARTY_HEIGHT + GAP + 6 + 18 + rows + 4 + hint
}

/** `y`, or the top of a new page when less than `height` is left on this one. */
function withRoom(paper: Paper, y: number, height: number): number {
  if (y + height <= LOWEST) return y
  paper.newPage()
  return PAPER.margin
}

const joined = ({ zh, en }: Bilingual): string => `${zh} ${en}`
const textOf = (value: string | Bilingual): string => (typeof value === 'string' ? value : joined(value))
const bothOf = (value: string | Bilingual): { zh: string; en?: string } =>
  typeof value === 'string' ? { zh: value } : value
