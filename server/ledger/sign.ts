// The key of the log, and what it signs: checkpoints (C2SP tlog-checkpoint) as signed notes (C2SP signed-note, Ed25519).

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The file is there and holds no key that can sign; the message is a whole sentence. */
export class NoLogKey extends Error {
  override name = 'NoLogKey'
}

export type LogKey = {
  /** Name of the key, which is the origin of the log. */
  name: string
  /** The four bytes that tell keys of one name apart. */
  id: Buffer
  /** What others verify with: `<name>+<id in hex>+<base64 of 0x01 ‖ public key>`. */
  vkey: string
  /** The signature line for a note text that ends in a line feed; the line does not. */
  signatureOver: (text: string) => string
}

/** Signature type of plain Ed25519 in C2SP signed-note. */
const ed25519 = Buffer.from([0x01])

/**
 * The key in `file` (Ed25519, PKCS #8, PEM) under the name of the log; made when there is none, readable by this user
 * only. Throws NoLogKey when the file holds something else.
 */
export async function openLogKey(file: string, name: string): Promise<LogKey> {
  const pem = await readFile(file, 'utf8').catch(async (error) => {
    if (error.code !== 'ENOENT') throw new NoLogKey(`The key of the log in ${file} cannot be read (${error.code}).`)
    await makeKeyFile(file)
    return readFile(file, 'utf8')
  })
  return logKey(pem, name, file)
}

/** The key in a PEM text; `from` says in the refusal where it was. */
export function logKey(pem: string, name: string, from: string): LogKey {
  const key = privateKeyIn(pem)
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new NoLogKey(`${from} does not hold an Ed25519 private key in PEM (PKCS #8).`)
  const { x } = createPublicKey(pem).export({ format: 'jwk' })
  const publicKey = Buffer.concat([ed25519, Buffer.from(x!, 'base64url')])
  const id = createHash('sha256').update(`${name}\n`).update(publicKey).digest().subarray(0, 4)
  return {
    name,
    id,
    vkey: `${name}+${id.toString('hex')}+${publicKey.toString('base64')}`,
    signatureOver: (text) => `— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')}`,
  }
}

/** The three lines that are signed: origin, size, root; each ends in a line feed. */
export const checkpointText = (origin: string, size: number, root: Buffer): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** A note: its text, an empty line, the signature lines. */
export const noteOf = (text: string, lines: readonly string[]): string =>
  `${text}\n${lines.map((line) => `${line}\n`).join('')}`

function privateKeyIn(pem: string) {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** Whole or not at all, and the first of several processes wins: a log has one key. */
async function makeKeyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', 0o600)
  await handle.writeFile(pem)
  await handle.sync()
  await handle.close()
  await link(draft, file).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
  const folder = await open(dirname(file), 'r')
  // Losing the name in a power cut would mean another key tomorrow.
  await folder.sync()
  await folder.close()
}
