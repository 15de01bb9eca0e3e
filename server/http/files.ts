// Photographs and papers: taken in, and given to whoever may read something that names them.

import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { fileTypes, kindOfFile } from '../custody/file-kinds.ts'
import { fileRecord, openFile, storeFile } from '../files/store.ts'
import { THUMBNAIL_TYPE, THUMBNAIL_WIDTHS, type ThumbnailWidth, thumbnail } from '../files/thumbnails.ts'
import { uploadOf } from '../files/upload.ts'
import { mayReadFile } from '../views/files.ts'
import { StoredFile } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { Faulty, found } from './problems.ts'
import { type Route, route } from './route.ts'

const Hash = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const Size = z.strictObject({
  /** Pixels; a smaller copy, to look at only. */
  width: z.coerce
    .number()
    .pipe(z.literal([...THUMBNAIL_WIDTHS]))
    .optional(),
})

export function fileRoutes({ pool, dataSource, dataDir }: HttpParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/files',
      summary: 'Store a photograph or a paper under the hash of its bytes',
      upload: uploadOf({ dataDir }),
      status: 201,
      gives: StoredFile,
      handle: async ({ request, reader }) => {
        const { path, originalname: name } = request.file!
        const stored = await storeFile(pool, dataDir, path, { name, uploadedBy: reader.person.login })
        return { ...stored, kind: kindOfFile(stored.type)! }
      },
    }),

    route({
      method: 'get',
      path: '/api/files/:sha256',
      summary: 'The bytes of a file, or a smaller copy of a picture',
      params: Hash,
      query: Size,
      gives: fileTypes,
      handle: async ({ params: { sha256 }, query: { width }, reader, request, response }) => {
        const readable = await mayReadFile(dataSource, reader.keys, reader.person.login, sha256)
        const record = found(readable ? await fileRecord(pool, sha256) : undefined, 'file.not-there', { sha256 })
        // The bytes of a hash never change, who may see them does: so a browser keeps them, and asks each time.
        response.setHeader('Cache-Control', 'private, no-cache')
        response.setHeader('ETag', `"${sha256}-${width ?? 'original'}"`)
        if (request.fresh) response.status(304).end()
        else if (width !== undefined) await sendThumbnail(response, width)
        else await sendOriginal(request, response, record)
      },
    }),
  ]

  async function sendThumbnail(response: Response, width: ThumbnailWidth): Promise<void> {
    const sha256 = response.req.params.sha256 as string
    const picture = found(await thumbnail(dataDir, sha256, width), 'file.no-picture', { sha256 })
    response.type(THUMBNAIL_TYPE).send(picture)
  }

  async function sendOriginal(
    request: Request,
    response: Response,
    { sha256, type, name, bytes }: { sha256: string; type: string; name: string; bytes: number },
  ): Promise<void> {
    const range = request.range(bytes)
    if (range === -1) throw new Faulty(416, 'request.wrong-range')
    // A film is fetched in parts; several parts at once nobody asks for.
    const part = Array.isArray(range) && range.type === 'bytes' && range.length === 1 ? range[0] : undefined
    const file = found(await openFile(dataDir, sha256, part), 'file.not-there', { sha256 })
    response.setHeader('Content-Type', type)
    response.setHeader('Accept-Ranges', 'bytes')
    response.setHeader(
      'Content-Disposition',
      `inline; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, hex)}`,
    )
    response.setHeader('Content-Length', part ? part.end - part.start + 1 : file.bytes)
    if (part) response.status(206).setHeader('Content-Range', `bytes ${part.start}-${part.end}/${file.bytes}`)
    await pipeline(file.stream, response).catch((error: NodeJS.ErrnoException) => {
      // The reader has turned to something else.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    })
  }
}

const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
