/** Codes to practise scanning with, on A4: labels as they are stuck on things, in groups that say what to do with them. */
import { type LabelContent, layOutLabel, ROLL_LABEL } from './label/layout.ts'
import { drawLabel } from './label/pdf.ts'
import { openPdf, POINTS_PER_MM } from './pdf.ts'
import { newWriter } from './receipt/paper.ts'

export type PracticeGroup = { title: string; hint: string; labels: LabelContent[] }

const page = { widthMm: 210, heightMm: 297, marginMm: 11 }
const gapMm = 4
const columns = 3
const headMm = 17
const labelDpi = 300

/** The groups one below the other; a group's head never stands alone at the foot of a page. */
export function renderPracticeSheet(title: string, groups: PracticeGroup[]): Promise<Buffer> {
  const { document, body } = openPdf(title)
  const write = newWriter(document)
  const mm = (value: number) => value * POINTS_PER_MM
  const innerMm = page.widthMm - 2 * page.marginMm
  const rowMm = ROLL_LABEL.heightMm + gapMm
  let yMm = 0
  const newPage = () => {
    document.addPage({ size: [mm(page.widthMm), mm(page.heightMm)], margin: 0 })
    yMm = page.marginMm
  }
  const need = (heightMm: number) => {
    if (yMm + heightMm > page.heightMm - page.marginMm) newPage()
  }

  newPage()
  write(title, mm(page.marginMm), mm(yMm), mm(innerMm), { size: 15, weight: 'bold' })
  yMm += 11
  for (const { title: head, hint, labels } of groups.filter((group) => group.labels.length > 0)) {
    need(headMm + rowMm)
    write(head, mm(page.marginMm), mm(yMm), mm(innerMm), { size: 11.5, weight: 'bold' })
    write(hint, mm(page.marginMm), mm(yMm + 6), mm(innerMm), { size: 8.5 })
    yMm += headMm
    for (const [n, content] of labels.entries()) {
      const column = n % columns
      if (column === 0 && n > 0) {
        yMm += rowMm
        need(rowMm)
      }
      const xMm = page.marginMm + column * (ROLL_LABEL.widthMm + gapMm)
      document.lineWidth(0.3).roundedRect(mm(xMm), mm(yMm), mm(ROLL_LABEL.widthMm), mm(ROLL_LABEL.heightMm), 4)
      document.stroke('#c3c9cf')
      drawLabel(document, layOutLabel(content, ROLL_LABEL, labelDpi), xMm, yMm)
    }
    yMm += rowMm + 2
  }
  document.end()
  return body
}
