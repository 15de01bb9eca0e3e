/** Takes one file out of a multipart request and puts it on disk, within limits. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestHandler } from 'express'
import multer from 'multer'
import { FileRefused } from './file-refused.ts'
import { makeFolder, uploadsIn } from './folder.ts'
import { BYTES_IN_MB, MAX_FILE_MB } from './kinds.ts'

/**
 * A handler that leaves the file of the field `file` at `request.file.path`, to be given to `storeFile`, with its name
 * in `request.file.originalname`. Passes FileRefused on when there is none, too much or only a part of it.
 */
export function uploadOf({ dataDir }: { dataDir: string }): RequestHandler {
  const take = multer({
    storage: multer.diskStorage({
      destination: (_request, _file, done) => {
        makeFolder(uploadsIn(dataDir)).then(
          () => done(null, uploadsIn(dataDir)),
          (error: Error) => done(error, ''),
        )
      },
    }),
    // Without it multer reads Chinese names as Latin-1.
    defParamCharset: 'utf8',
    limits: {
      fileSize: MAX_FILE_MB * BYTES_IN_MB,
      files: 1,
      fields: 0,
      parts: 2,
      fieldNameSize: 100,
      fieldSize: 1024,
      headerPairs: 20,
      fieldNestingDepth: 0,
      fieldArrayIndexLimit: 0,
    },
  }).single('file')

  return (request, response, next) => {
    take(request, response, (error: unknown) => {
      if (error) next(refusalOf(error))
      else if (!request.file) next(new FileRefused('missing'))
      else next()
    })
  }
}

/** Removes what requests that broke off or a crash left among the uploads; meant for the start of a server. */
export async function removeOldUploads(dataDir: string, olderThanMs: number, now: number): Promise<number> {
  const folder = uploadsIn(dataDir)
  await makeFolder(folder)
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || now - found.mtimeMs < olderThanMs) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

function refusalOf(error: unknown): unknown {
  if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE') {
    return new FileRefused('too-large', { max: MAX_FILE_MB })
  }
  // A full disk or a folder without rights is not the sender's fault.
  if (error instanceof Error && 'syscall' in error) return error
  return new FileRefused('broken-upload')
}
