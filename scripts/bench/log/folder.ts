// Writes a log into a folder as it would be downloaded (C2SP tlog-tiles): tiles, bundles of entries, the checkpoint.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkpointText, type LogKey, noteOf } from '../../../server/ledger/sign.ts'
import { Growing, hashOfFull, tileWidth } from '../../../server/ledger/tree.ts'

export class LogFolder {
  readonly #folder: string
  readonly #key: LogKey
  readonly #tree = new Growing()
  /** Of each level the hashes of its last tile, which is not full. */
  readonly #edge: Buffer[][] = [[]]
  #bundle: Buffer[] = []

  constructor(folder: string, key: LogKey) {
    this.#folder = folder
    this.#key = key
  }

  get size(): number {
    return this.#tree.size
  }

  append(body: Uint8Array, hash: Buffer): void {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(body.length)
    this.#bundle.push(length, Buffer.from(body))
    this.#tree.append(hash)
    const n = Math.floor((this.size - 1) / tileWidth)
    this.#add(0, n, hash)
    if (this.size % tileWidth > 0) return
    this.#write(`tile/entries/${numberPath(n)}`, this.#bundle)
    this.#bundle = []
  }

  /**
   * Writes what is not full yet, and the checkpoint. `sign` gives further signature lines for its text. Returns the
   * checkpoint as it was written.
   */
  checkpoint(sign: (text: string) => string[] = () => []): string {
    const partial = this.size % tileWidth
    const bundle = `tile/entries/${numberPath(Math.floor(this.size / tileWidth))}.p/${partial}`
    if (partial > 0) this.#write(bundle, this.#bundle)
    let hashes = this.size
    for (const [level, edge] of this.#edge.entries()) {
      const path = `tile/${level}/${numberPath(Math.floor(hashes / tileWidth))}.p/${edge.length}`
      if (edge.length > 0) this.#write(path, edge)
      hashes = Math.floor(hashes / tileWidth)
    }
    const text = checkpointText(this.#key.name, this.size, this.#tree.root())
    const note = noteOf(text, [this.#key.signatureOver(text), ...sign(text)])
    this.#write('checkpoint', [Buffer.from(note)])
    return note
  }

  #add(level: number, n: number, hash: Buffer): void {
    this.#edge[level] ??= []
    const edge = this.#edge[level]
    edge.push(hash)
    if (edge.length < tileWidth) return
    this.#write(`tile/${level}/${numberPath(n)}`, edge)
    this.#edge[level] = []
    this.#add(level + 1, Math.floor(n / tileWidth), hashOfFull(edge))
  }

  #write(path: string, parts: readonly Uint8Array[]): void {
    const file = join(this.#folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, Buffer.concat(parts))
  }
}

/** 1234067 is `x001/x234/067`. */
function numberPath(n: number): string {
  const text = String(n)
  const digits = text.padStart(Math.ceil(text.length / 3) * 3, '0')
  return digits.replace(/(\d{3})(?=\d)/g, 'x$1/')
}
