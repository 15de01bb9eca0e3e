/** Why a label or a form was not drawn up, for the person who asked; `code` is `document.<reason>`. */
import { Refusal } from '../custody/define.ts'

export type DocumentRefusalReason = 'no-labels' | 'too-many-labels' | 'sheet-in-zpl' | 'start-off-sheet'

export class DocumentRefused extends Refusal {
  constructor(reason: DocumentRefusalReason, params: Record<string, string | number> = {}) {
    super(`document.${reason}`, params)
    this.name = 'DocumentRefused'
  }
}
