/** Uploaded photographs and papers: what is taken, what is refused, and that nothing changes on disk unnoticed. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { crc32, deflateSync } from 'node:zlib'
import { expect } from 'chai'
import express, { type NextFunction, type Request, type Response } from 'express'
import sharp from 'sharp'
import { type FileKind, kindOfFile } from '../../server/custody/file-kinds.ts'
import { FileRefused } from '../../server/files/file-refused.ts'
import { FileTampered, fileRecord, openFile, storeFile } from '../../server/files/store.ts'
import { type ThumbnailWidth, thumbnail } from '../../server/files/thumbnails.ts'
import { removeOldUploads, uploadOf } from '../../server/files/upload.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

const svgWithScript = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
const notAPicture = { code: 'file.not-a-picture' }
const mp4Head = Buffer.from('\0\0\0\x18ftypisom', 'latin1')
const from = { name: '现场照片.jpg', uploadedBy: 'officer' }

describe('files', () => {
  let database: TestDatabase
  let dataDir: string
  let photo: Buffer

  before(async function () {
    this.timeout(120_000)
    dataDir = await mkdtemp(join(tmpdir(), 'files-'))
    database = await freshDatabase()
    const noise = { create: { width: 900, height: 600, channels: 3 as const, background: '#456' } }
    photo = await sharp({ ...noise, create: { ...noise.create, noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
      .jpeg()
      .withExif({ IFD0: { Make: 'SecretCamera' }, IFD3: { GPSLatitude: '31/1 14/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
  })

  after(async () => {
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const store = (bytes: Buffer, options = from) => storeFile(database.pool, dataDir, bytes, options)
  const leftovers = async () => (await readdir(join(dataDir, 'uploads'))).length
  const refusal = async (bytes: Buffer, name = from.name) => {
    const before = await files()
    const error = await store(bytes, { ...from, name }).catch((error: unknown) => error)
    expect(error).to.be.instanceOf(FileRefused)
    expect(await files(), 'nothing stored').to.deep.equal(before)
    expect(await leftovers(), 'no upload left').to.equal(0)
    const { code, params } = error as FileRefused
    for (const locale of ['zh-CN', 'en']) {
      const texts = JSON.parse(
        readFileSync(new URL(`../../client/locales/${locale}/file.json`, import.meta.url), 'utf8'),
      )
      const sentence: string = texts.refusal[code.replace('file.', '')]
      const asked = Array.from(sentence.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name)
      expect(asked.sort(), `${locale} ${code}`).to.deep.equal(Object.keys(params).sort())
    }
    return { code, ...params }
  }
  const files = async () => (await database.pool.query('SELECT sha256 FROM files ORDER BY 1')).rows
  const placeOf = (sha256: string) => join(dataDir, 'files', sha256.slice(0, 2), sha256.slice(2))

  describe('stored', () => {
    it('keeps the bytes exactly, under their hash', async () => {
      const sha256 = createHash('sha256').update(photo).digest('hex')
      expect(await store(photo)).to.deep.equal({ sha256, bytes: photo.length, type: 'image/jpeg' })
      expect((await readFile(placeOf(sha256))).equals(photo)).to.equal(true)
      const opened = (await openFile(dataDir, sha256))!
      expect(opened.bytes).to.equal(photo.length)
      expect((await buffer(opened.stream)).equals(photo)).to.equal(true)
      const part = (await openFile(dataDir, sha256, { start: 10, end: 19 }))!
      expect((await buffer(part.stream)).equals(photo.subarray(10, 20))).to.equal(true)
      expect(await leftovers()).to.equal(0)
    })

    it('keeps the Chinese name, and of a path only its end', async () => {
      const { sha256 } = await store(await picture('#a00'), { ...from, name: '..\\取证/手机正面\u0000 照片.png' })
      const record = await fileRecord(database.pool, sha256)
      expect(record).to.include({ name: '手机正面 照片.png', uploadedBy: 'officer', type: 'image/png' })
      expect(record!.bytes).to.be.a('number')
      expect(record!.uploadedAt).to.be.instanceOf(Date)
      expect(await fileRecord(database.pool, 'f'.repeat(64))).to.equal(undefined)
    })

    it('stores the same bytes once, even when ten send them at once', async () => {
      const bytes = await picture('#0a0')
      const senders = Array.from({ length: 10 }, (_, index) => ({
        name: `${index}.png`,
        uploadedBy: `person-${index}`,
      }))
      const stored = await Promise.all(senders.map((sender) => store(bytes, sender)))
      expect(new Set(stored.map(({ sha256 }) => sha256)).size).to.equal(1)
      const { rows } = await database.pool.query('SELECT name FROM files WHERE sha256 = $1', [stored[0]!.sha256])
      expect(rows).to.have.length(1)
      const again = await store(bytes, { name: 'later.png', uploadedBy: 'later' })
      expect(again).to.deep.equal(stored[0])
      expect((await fileRecord(database.pool, again.sha256))!.name).to.equal(rows[0].name)
      expect((await readdir(join(dataDir, 'files', again.sha256.slice(0, 2)))).length).to.equal(1)
    })

    it('takes WebP, PDF and MP4 too', async () => {
      const webp = await sharp(photo).webp().toBuffer()
      const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
      const mp4 = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), randomBytes(100)])
      const types = [webp, pdf, mp4].map(async (bytes) => (await store(bytes)).type)
      expect(await Promise.all(types)).to.deep.equal(['image/webp', 'application/pdf', 'video/mp4'])
    })

    const latin = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), randomBytes(100)])
    const kept: [name: string, bytes: Buffer, type: string, kind: FileKind][] = [
      ['IMG_0001.HEIC', latin('\0\0\0\x24ftypheic\0\0\0\0mif1MiHEmiafheic'), 'image/heic', 'picture'],
      ['IMG_0002.HEIF', latin('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'), 'image/heic', 'picture'],
      ['IMG_0003.MOV', latin('\0\0\0\x14ftypqt  \0\0\0\0qt  '), 'video/quicktime', 'video'],
      ['旧录像.mov', latin('\0\0\0\x08wide\0\0\x10\0mdat'), 'video/quicktime', 'video'],
      ['录音.m4a', latin('\0\0\0\x1cftypM4A \0\0\0\0M4A isommp42'), 'audio/mp4', 'audio'],
      ['询问录音.wav', latin('RIFF\x24\0\0\0WAVEfmt '), 'audio/wav', 'audio'],
      ['录音笔.mp3', latin('ID3\x03\0\0\0\0\0\0'), 'audio/mpeg', 'audio'],
      ['录音笔2.mp3', latin('\xFF\xFB\x90\x64'), 'audio/mpeg', 'audio'],
      ['扣押决定书.ofd', zipOf(['Doc_0/Document.xml', 'OFD.xml']), 'application/ofd', 'paper'],
      ['扫描件.pdf', Buffer.from('\ufeff%PDF-1.4\n%%EOF\n'), 'application/pdf', 'paper'],
      ['扫描件2.pdf', Buffer.from('\r\n%PDF-1.7\n%%EOF\n'), 'application/pdf', 'paper'],
    ]
    for (const [name, bytes, type, kind] of kept)
      it(`keeps ${name} as it is, and knows its kind`, async () => {
        const stored = await store(bytes, { ...from, name })
        expect(stored.type).to.equal(type)
        expect(kindOfFile(stored.type)).to.equal(kind)
        expect((await readFile(placeOf(stored.sha256))).equals(bytes)).to.equal(true)
        expect(await thumbnail(dataDir, stored.sha256, 160)).to.equal(undefined)
      })
  })

  describe('refused', () => {
    const refused: [string, () => Buffer | Promise<Buffer>, object, string?][] = [
      ['an empty file', () => Buffer.alloc(0), { code: 'file.empty' }],
      ['a text that is named like a picture', () => Buffer.from('hello'), { code: 'file.not-a-picture' }, 'a.JPG'],
      ['a program', () => Buffer.from('MZ\x90\0\x03'), { code: 'file.type' }, 'setup.exe'],
      ['HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>'), { code: 'file.type' }, 'a.html'],
      ['SVG with a script', () => Buffer.from(svgWithScript), { code: 'file.type' }, 'a.svg'],
      ['SVG named like a picture', () => Buffer.from(svgWithScript), { code: 'file.not-a-picture' }, 'a.png'],
      ['GIF', () => sharp(photo).resize(50).gif().toBuffer(), { code: 'file.type' }, 'a.gif'],
      ['TIFF', () => sharp(photo).resize(50).tiff().toBuffer(), { code: 'file.type' }, 'a.tif'],
      ['AVIF', () => sharp(photo).resize(50).avif().toBuffer(), { code: 'file.type' }, 'a.avif'],
      ['a text document in a ZIP', () => zipOf(['word/document.xml', 'sub/OFD.xml']), { code: 'file.type' }, 'a.docx'],
      ['the beginning of a ZIP', () => zipOf(['OFD.xml']).subarray(0, 60), { code: 'file.type' }, 'a.ofd'],
      ['PNG bytes followed by anything', () => Buffer.from('\x89PNG\r\n\x1A\nnonsense', 'latin1'), notAPicture],
      ['JPEG bytes followed by SVG', () => Buffer.from(`\xFF\xD8\xFF${svgWithScript}`, 'latin1'), notAPicture],
      ['a JPEG cut short', () => photo.subarray(0, photo.length / 2), { code: 'file.damaged' }],
      ['a JPEG that lacks its last hundred bytes', () => photo.subarray(0, -100), { code: 'file.damaged' }],
      ['a PNG cut short', async () => (await picture('#123')).subarray(0, -60), { code: 'file.damaged' }],
      [
        'a picture of 14,000² pixels',
        () => blankPng(14_000),
        { code: 'file.too-many-pixels', megapixels: 196, max: 80 },
      ],
      ['a picture of more than 10 MB', () => Buffer.concat([photo, Buffer.alloc(10 * 1024 * 1024)]), tooLarge(10)],
      ['a video of more than 50 MB', () => Buffer.concat([mp4Head, Buffer.alloc(50 * 1024 * 1024)]), tooLarge(50)],
    ]
    for (const [what, bytes, expected, name] of refused) {
      it(what, async () => {
        expect(await refusal(await bytes(), name)).to.deep.equal(expected)
      })
    }

    it('takes a picture just below the limit of pixels', async () => {
      const bytes = blankPng(8_900)
      expect(bytes.length).to.be.lessThan(100_000)
      expect(await store(bytes)).to.include({ type: 'image/png' })
    })
  })

  describe('changed on disk', () => {
    it('is noticed when it is read, whole, in part or for a thumbnail', async () => {
      const bytes = await picture('#00a')
      const { sha256 } = await store(bytes)
      const changed = Buffer.from(bytes)
      changed[changed.length - 1]! ^= 1
      await writeFile(placeOf(sha256), changed)
      const tries = [
        openFile(dataDir, sha256),
        openFile(dataDir, sha256, { start: 0, end: 3 }),
        thumbnail(dataDir, sha256, 160),
      ]
      for (const read of await Promise.allSettled(tries)) {
        expect(read.status).to.equal('rejected')
        expect((read as PromiseRejectedResult).reason).to.be.instanceOf(FileTampered)
      }
      await store(bytes)
      expect((await openFile(dataDir, sha256))!.stream.destroy().destroyed).to.equal(true)
    })

    it('is undefined when it is gone, and no path can be made up', async () => {
      expect(await openFile(dataDir, 'e'.repeat(64))).to.equal(undefined)
      expect(await thumbnail(dataDir, 'e'.repeat(64), 160)).to.equal(undefined)
      for (const name of ['../../etc/passwd', 'E'.repeat(64), `${'e'.repeat(64)}/..`, '']) {
        expect(await openFile(dataDir, name).catch((error: unknown) => error)).to.be.instanceOf(RangeError)
      }
    })
  })

  describe('thumbnails', () => {
    it('are upright, small, without metadata, and made once', async () => {
      const { sha256 } = await store(photo)
      const small = (await thumbnail(dataDir, sha256, 160))!
      const { format, width, height, exif, orientation } = await sharp(small).metadata()
      expect({ format, width, height, exif, orientation }).to.deep.equal({
        format: 'webp',
        width: 160,
        height: 240,
        exif: undefined,
        orientation: undefined,
      })
      expect(photo.includes('SecretCamera')).to.equal(true)
      expect(small.includes('SecretCamera')).to.equal(false)
      const place = join(dataDir, 'thumbnails', '160', sha256.slice(0, 2), sha256.slice(2))
      expect((await readFile(place)).equals(small)).to.equal(true)
      await writeFile(place, 'kept')
      expect((await thumbnail(dataDir, sha256, 160))!.toString()).to.equal('kept')
    })

    it('are not made of papers nor in other widths', async () => {
      const { sha256 } = await store(Buffer.from('%PDF-1.4\n%%EOF\n'))
      expect(await thumbnail(dataDir, sha256, 160)).to.equal(undefined)
      const error = await thumbnail(dataDir, sha256, 161 as ThumbnailWidth).catch((error: unknown) => error)
      expect(error).to.be.instanceOf(RangeError)
    })
  })

  describe('uploads', () => {
    let address: string
    let server: ReturnType<express.Express['listen']>

    before((done) => {
      const app = express()
      app.post('/', uploadOf({ dataDir }), async (request: Request, response: Response) => {
        const { path, originalname: name } = request.file!
        response.json({ name, ...(await storeFile(database.pool, dataDir, path, { name, uploadedBy: 'officer' })) })
      })
      app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
        if (error instanceof FileRefused) response.status(409).json({ code: error.code, ...error.params })
        else response.status(500).json({ error: String(error) })
      })
      server = app.listen(0, '127.0.0.1', () => {
        address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
        done()
      })
    })
    after(() => server.close())

    const send = async (parts: [string, Buffer | string, string?][]) => {
      const form = new FormData()
      for (const [field, value, name] of parts) {
        if (typeof value === 'string') form.append(field, value)
        else form.append(field, new Blob([new Uint8Array(value)]), name)
      }
      const response = await fetch(address, { method: 'POST', body: form })
      return (await response.json()) as Record<string, unknown>
    }

    it('bring a Chinese file name through', async () => {
      const answer = await send([['file', await picture('#0aa'), '扣押现场（一）𠮷.png']])
      expect(answer).to.include({ name: '扣押现场（一）𠮷.png', type: 'image/png' })
    })

    it('are refused when there is none, more than one, or not a form', async () => {
      const png = await picture('#aa0')
      expect(await send([])).to.deep.equal({ code: 'file.missing' })
      expect(await send([['note', 'x']])).to.deep.equal({ code: 'file.broken-upload' })
      const two = await send([
        ['file', png, 'a.png'],
        ['file', png, 'b.png'],
      ])
      expect(two).to.deep.equal({ code: 'file.broken-upload' })
      expect(await send([['other', png, 'a.png']])).to.deep.equal({ code: 'file.broken-upload' })
      const json = await fetch(address, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
      expect(await json.json()).to.deep.equal({ code: 'file.missing' })
      const headers = { 'content-type': 'multipart/form-data; boundary=x' }
      const cut = await fetch(address, { method: 'POST', body: '--x\r\nContent-Disp', headers })
      expect(await cut.json()).to.deep.equal({ code: 'file.broken-upload' })
      expect(await leftovers()).to.equal(0)
    })

    it('end at 50 MB', async function () {
      this.timeout(60_000)
      const answer = await send([['file', Buffer.concat([mp4Head, Buffer.alloc(51 * 1024 * 1024)]), 'a.mp4']])
      expect(answer).to.deep.equal({ code: 'file.too-large', max: 50 })
      expect(await leftovers()).to.equal(0)
    })

    it('that broke off are removed after a while', async () => {
      const [old, young] = ['old', 'young'].map((name) => join(dataDir, 'uploads', name))
      await writeFile(old!, 'x')
      await writeFile(young!, 'x')
      await utimes(old!, 1_000, 1_000)
      expect(await removeOldUploads(dataDir, 3_600_000, Date.now())).to.equal(1)
      expect(await readdir(join(dataDir, 'uploads'))).to.deep.equal(['young'])
      await rm(young!)
    })
  })
})

/** A ZIP archive of empty files. */
function zipOf(names: string[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  for (const name of names) {
    const local = Buffer.alloc(30)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(Buffer.concat(locals).length, 42)
    locals.push(local, Buffer.from(name))
    entries.push(entry, Buffer.from(name))
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(entries).length, 12)
  end.writeUInt32LE(Buffer.concat(locals).length, 16)
  return Buffer.concat([...locals, ...entries, end])
}

function tooLarge(max: number) {
  return { code: 'file.too-large', max }
}

function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer()
}

/** A square PNG of one bit a pixel, all black: 14,000² pixels in a few kilobytes. */
function blankPng(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * side))
  const signature = Buffer.from('\x89PNG\r\n\x1A\n', 'latin1')
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
