/** Photographs and papers, stored once under the SHA-256 of their bytes and checked against it whenever they are read. */
import { createHash } from 'node:crypto'
import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Pool } from 'pg'
import type { FileType } from '../custody/file-kinds.ts'
import { FileRefused } from './file-refused.ts'
import { moveInto, originalIn, writeUpload } from './folder.ts'
import { BYTES_IN_MB, HEAD_BYTES, isNamedLikePicture, isPicture, MAX_FILE_MB, MAX_PICTURE_MB, typeOf } from './kinds.ts'
import { isOfd } from './ofd.ts'
import { canBeOpened, requirePicture } from './picture.ts'

export type StoredFile = { sha256: string; bytes: number; type: FileType }
export type FileRecord = StoredFile & { name: string; audience: string[]; uploadedBy: string; uploadedAt: Date }

const MAX_NAME_LENGTH = 200

/** Bytes on disk no longer match the hash they are stored under. Never served; an operator must look into it. */
export class FileTampered extends Error {
  constructor(readonly sha256: string) {
    super(`File ${sha256} no longer matches its hash`)
    this.name = 'FileTampered'
  }
}

/**
 * Takes an upload, the path of a file inside the data folder or bytes, and stores it exactly as it is. The upload is
 * gone afterwards, stored or refused. The same bytes again give the same file and keep the first name and uploader.
 * Throws FileRefused.
 */
export async function storeFile(
  pool: Pick<Pool, 'query'>,
  dataDir: string,
  upload: string | Buffer,
  { name, uploadedBy }: { name: string; uploadedBy: string },
): Promise<StoredFile> {
  const path = typeof upload === 'string' ? upload : await writeUpload(dataDir, upload)
  try {
    const { size: bytes } = await stat(path)
    const type = await requireKept(path, bytes, name)
    const sha256 = await hashAt(path)
    await moveInto(originalIn(dataDir, sha256), path)
    await pool.query(
      `INSERT INTO files (sha256, bytes, type, name, uploaded_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (sha256) DO NOTHING`,
      [sha256, bytes, type, safeName(name), uploadedBy],
    )
    return { sha256, bytes, type }
  } finally {
    await rm(path, { force: true })
  }
}

/** What is known of a file, or `undefined`. */
export async function fileRecord(pool: Pick<Pool, 'query'>, sha256: string): Promise<FileRecord | undefined> {
  const { rows } = await pool.query(
    `SELECT sha256, bytes::float8 AS bytes, type, name, audience, uploaded_by AS "uploadedBy",
            uploaded_at AS "uploadedAt"
     FROM files WHERE sha256 = $1`,
    [sha256],
  )
  return rows[0]
}

/**
 * The bytes of a file, or of a range of it with both ends included, after all of it was checked; `undefined` if it is
 * not there. The stream must be read or destroyed. Throws FileTampered.
 */
export async function openFile(
  dataDir: string,
  sha256: string,
  range?: { start: number; end: number },
): Promise<{ bytes: number; stream: Readable } | undefined> {
  const handle = await openIfThere(originalIn(dataDir, sha256))
  if (!handle) return undefined
  try {
    // Checked and read through one handle, so that nobody can exchange the file in between.
    if ((await hashOf(handle)) !== sha256) throw new FileTampered(sha256)
    const { size: bytes } = await handle.stat()
    return { bytes, stream: handle.createReadStream({ start: 0, ...range }) }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The type of an upload that may be kept. */
async function requireKept(path: string, bytes: number, name: string): Promise<FileType> {
  if (bytes === 0) throw new FileRefused('empty')
  const type = typeOf(await headOf(path))
  if (!type) throw new FileRefused(isNamedLikePicture(name) ? 'not-a-picture' : 'type')
  const max = isPicture(type) ? MAX_PICTURE_MB : MAX_FILE_MB
  if (bytes > max * BYTES_IN_MB) throw new FileRefused('too-large', { max })
  if (canBeOpened(type)) await requirePicture(path, type)
  if (type === 'application/ofd' && !(await isOfd(path))) throw new FileRefused('type')
  return type
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function hashAt(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    return await hashOf(handle)
  } finally {
    await handle.close()
  }
}

async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The last part of a name, without what PostgreSQL or a header line cannot hold. */
function safeName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[\\/]/)
    .pop()!
    .trim()
  return [...plain].slice(0, MAX_NAME_LENGTH).join('') || 'file'
}
