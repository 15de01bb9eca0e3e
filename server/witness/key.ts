// The key a witness cosigns with: Ed25519 in a PEM file (PKCS #8) that only its owner may read.

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  concat,
  cosignedMessage,
  formatVerifierKey,
  keyId,
  parseVerifierKey,
  toBase64,
  type VerifierKey,
} from '../proof/index.ts'
import { writeNewFile } from './durable.ts'
import { WitnessError } from './error.ts'

export type CosigningKey = {
  verifier: VerifierKey
  /** What others need to know the witness by: `name+id+key`. */
  vkey: string
  /** A signature line for the text of a checkpoint, with its line feed; `timestamp` in seconds since 1970, above 0. */
  cosign: (noteText: string, timestamp: bigint) => string
}

/** The key in the file under the name of a witness; undefined when there is no file. Throws a WitnessError. */
export async function readKey(file: string, name: string): Promise<CosigningKey | undefined> {
  const pem = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw new WitnessError(`The key file ${file} cannot be read (${error.code}).`)
  })
  return pem === undefined ? undefined : keyUnder(name, privateKeyIn(pem, file))
}

/** Makes a key and its file. */
export async function makeKey(file: string, name: string): Promise<CosigningKey> {
  const { privateKey } = generateKeyPairSync('ed25519')
  // A name that does not serve is refused before there is a file.
  const key = keyUnder(name, privateKey)
  await writeNewFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string).catch((error) => {
    throw new WitnessError(`The key file ${file} cannot be written (${error.code}).`)
  })
  return key
}

function privateKeyIn(pem: string, file: string): KeyObject {
  const wrong = new WitnessError(`The key file ${file} holds no Ed25519 private key in PEM.`)
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    throw wrong
  }
  throw wrong
}

function keyUnder(name: string, privateKey: KeyObject): CosigningKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  const key = Uint8Array.from(Buffer.from(x!, 'base64url'))
  const verifier: VerifierKey = { name, id: keyId(name, 4, key), type: 4, key }
  const vkey = formatVerifierKey(verifier)
  try {
    parseVerifierKey(vkey)
  } catch {
    throw new WitnessError(`"${name}" cannot be the name of a witness: it must not be empty or hold spaces or "+".`)
  }
  return {
    verifier,
    vkey,
    cosign: (noteText, timestamp) => {
      const time = new Uint8Array(8)
      new DataView(time.buffer).setBigUint64(0, timestamp)
      const signature = sign(null, cosignedMessage(noteText, timestamp), privateKey)
      return `— ${name} ${toBase64(concat(verifier.id, time, signature))}\n`
    },
  }
}
