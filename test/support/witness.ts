// A log whose history a test may split, and a witness to show it to.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWitness, type Witness } from '../../server/witness/witness.ts'
import { checkpointOf, consistencyOf, leafOf, newKey, rootOver, sha256 } from './reference-log.ts'

export const origin = 'test.example/log'
export const originHash = sha256(Buffer.from(origin)).toString('hex')

/** Histories with different words differ from the entry at `forkedAt` on; all are signed by one key. */
export function newLog(key = newKey(origin), name = origin) {
  const history = (word = 'entry', forkedAt = 0) => {
    const leaves = (size: number) =>
      Array.from({ length: size }, (_, n) => leafOf(Buffer.from(`${n < forkedAt ? 'entry' : word} ${n}`)))
    const text = (size: number) => checkpointOf(name, size, rootOver(leaves(size)))
    const note = (size: number) => `${text(size)}\n${key.sign(text(size))}`
    const proof = (old: number, size: number) => (old === 0 || old >= size ? [] : consistencyOf(old, leaves(size)))
    return {
      text,
      note,
      proof,
      /** The body of add-checkpoint that leads from one size to another. */
      request: (old: number, size: number) => requestOf(old, proof(old, size), note(size)),
    }
  }
  return { key, ...history(), history }
}

export const requestOf = (old: number | string, proof: Uint8Array[], note: string) =>
  `old ${old}\n${proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('')}\n${note}`

export type Said = { status: number; body: string; type: string | null }

export async function post(url: string, body: string | Uint8Array): Promise<Said> {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: body as BodyInit })
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type') }
}

/** Witnesses in a folder of their own each, all ended and removed by `close`. */
export function witnesses() {
  const running: Witness[] = []
  const folders: string[] = []
  const folder = async () => {
    folders.push(await mkdtemp(join(tmpdir(), 'stillpoint-witness-')))
    return folders.at(-1)!
  }
  const start = async (settings: Partial<Parameters<typeof startWitness>[0]> & { logs: string[] }, home?: string) => {
    const place = home ?? (await folder())
    const witness = await startWitness({
      name: 'witness.example/w1',
      keyFile: join(place, 'key'),
      stateFile: join(place, 'state.json'),
      host: '127.0.0.1',
      port: 0,
      ...settings,
    })
    running.push(witness)
    return { ...witness, folder: place }
  }
  return {
    folder,
    start,
    close: async () => {
      for (const witness of running.splice(0)) await witness.close()
      for (const each of folders.splice(0)) await rm(each, { recursive: true, force: true })
    },
  }
}
