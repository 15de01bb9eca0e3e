/** Tells an OFD document (GB/T 33190), the 版式文件 of Chinese offices, from other ZIP archives: by its root, OFD.xml. */
import { open } from 'node:fs/promises'

const END_BYTES = 22
/** The end of the directory stands before a comment of at most so many bytes (APPNOTE 4.3.16). */
const MOST_COMMENT_BYTES = 65_535
const ENTRY_BYTES = 46
/** Documents have hundreds of parts; no more of the directory is read. */
const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024

/** Whether the directory of the archive at `path` names an `OFD.xml` at its top. */
export async function isOfd(path: string): Promise<boolean> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const read = async (from: number, bytes: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, from)
      return buffer.subarray(0, bytesRead)
    }
    const tail = await read(
      Math.max(0, size - END_BYTES - MOST_COMMENT_BYTES),
      Math.min(size, END_BYTES + MOST_COMMENT_BYTES),
    )
    const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    if (end < 0 || end + END_BYTES > tail.length) return false
    const bytes = Math.min(tail.readUInt32LE(end + 12), MOST_DIRECTORY_BYTES, size)
    return namesIn(await read(tail.readUInt32LE(end + 16), bytes)).some((name) => name.toLowerCase() === 'ofd.xml')
  } finally {
    await handle.close()
  }
}

function namesIn(directory: Buffer): string[] {
  const names: string[] = []
  let at = 0
  while (at + ENTRY_BYTES <= directory.length && directory.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    names.push(directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name))
    at += ENTRY_BYTES + name + extra + comment
  }
  return names
}
