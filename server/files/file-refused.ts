/** Why a file was not taken, for the person who chose it; `code` is `file.<reason>`. */
import { Refusal } from '../custody/define.ts'

export type FileRefusalReason =
  | 'missing'
  | 'empty'
  | 'too-large'
  | 'too-many-pixels'
  | 'type'
  | 'not-a-picture'
  | 'damaged'
  | 'broken-upload'

export class FileRefused extends Refusal {
  constructor(reason: FileRefusalReason, params: Record<string, string | number> = {}) {
    super(`file.${reason}`, params)
    this.name = 'FileRefused'
  }
}
