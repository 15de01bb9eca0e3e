// The chains of all subjects at once: of each its last version and leaf hash, in 36 bytes and the length of its name.

import type { Read } from './reading.ts'

const hashLength = 32

export class Chains {
  readonly #places = new Map<string, number>()
  #versions = new Uint32Array(1024)
  #hashes = Buffer.alloc(1024 * hashLength)

  /**
   * Takes the next entry about its subject, `hash` is its leaf hash. Gives a sentence when it does not follow the one
   * before, nothing when it does; goes on from it either way.
   */
  take(
    { subject, version, previous }: Pick<Read, 'subject' | 'version' | 'previous'>,
    hash: Uint8Array,
  ): string | undefined {
    const key = `${subject.kind} ${subject.id}`
    const place = this.#places.get(key)
    if (place === undefined) {
      this.#keep(this.#newPlace(key), version, hash)
      return version === 1 ? undefined : `The chain of ${key} begins with version ${version}; the first is missing.`
    }
    const last = this.#versions[place]!
    const expected = this.#hashes.toString('hex', place * hashLength, (place + 1) * hashLength)
    this.#keep(place, version, hash)
    if (version !== last + 1) return `Version ${version} of ${key} stands after version ${last}.`
    return previous === expected ? undefined : `The entry names another one as the one before it about ${key}.`
  }

  #newPlace(key: string): number {
    const place = this.#places.size
    this.#places.set(key, place)
    if (place < this.#versions.length) return place
    const versions = new Uint32Array(place * 2)
    versions.set(this.#versions)
    this.#versions = versions
    this.#hashes = Buffer.concat([this.#hashes, Buffer.alloc(this.#hashes.length)])
    return place
  }

  #keep(place: number, version: number, hash: Uint8Array): void {
    this.#versions[place] = version
    this.#hashes.set(hash, place * hashLength)
  }
}
