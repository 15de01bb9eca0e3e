// POST /api/files – a photograph, a paper or a drawn signature, stored once under its hash.

import type { FileKind, FileType } from '../../server/custody/file-kinds.ts'
import { request } from './request.ts'

export type Uploaded = { sha256: string; bytes: number; type: FileType; kind: FileKind }

/** Throws ProblemError when the file is none that is taken, or too large. */
export function uploadFile(file: Blob, name: string): Promise<Uploaded> {
  const form = new FormData()
  form.append('file', file, name)
  return request<Uploaded>('/files', { method: 'POST', body: form })
}
