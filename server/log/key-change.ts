// Another key for the log: announced in the log and signed for by the key it replaces, so that who trusts that one can
// go on to this one.

import { link, rename } from 'node:fs/promises'
import pg from 'pg'
import { statementOfKey } from '../custody/procedures/ledger.ts'
import type { Database } from '../database/data-source.ts'
import { leadTree } from '../followers/tree.ts'
import { addLogKey, coveredSize, logKeys } from '../ledger/checkpoints.ts'
import { headOf, type Reader } from '../ledger/read.ts'
import { type LogKey, openLogKey } from '../ledger/sign.ts'
import { type Parts, recordForSystem } from '../perform.ts'

const askAgainMs = 50

/**
 * Replaces the key in `keyFile` and keeps the old one beside it, under its id. Nothing else may work on the database
 * meanwhile. Run again after an interruption it goes on where it was. Gives both verifier keys.
 */
export async function changeLogKey(
  { pool, signerUrl }: Pick<Database, 'pool' | 'signerUrl'>,
  parts: Parts,
  keyFile: string,
): Promise<{ before: string; after: string; kept: string }> {
  if (!signerUrl) throw new Error('This user of the database may not sign checkpoints.')
  const { origin } = parts
  const [old, next] = [await openLogKey(keyFile, origin), await openLogKey(`${keyFile}.next`, origin)]
  const known = (await logKeys(pool, origin)).at(-1)?.vkey
  if (known !== next.vkey) {
    if (!(await isAnnounced(pool, next.vkey))) {
      const statement = statementOfKey(origin, next.vkey)
      const signature = old.signatureOver(statement)
      const said = { key: next.vkey, before: old.vkey, statement, signature }
      await recordForSystem(parts, 'ledger.announce-key', said, { by: 'operator' })
    }
    const size = await coverAll(pool, signerUrl, origin, withBoth(old, next))
    await asSigner(signerUrl, (signer) => addLogKey(signer, { origin, vkey: next.vkey, fromSize: size + 1 }))
  }
  const kept = `${keyFile}.${old.id.toString('hex')}`
  await link(keyFile, kept).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rename(`${keyFile}.next`, keyFile)
  return { before: old.vkey, after: next.vkey, kept }
}

/** Signs as the old key and as the new one, so that whoever trusts either believes the checkpoint between them. */
const withBoth = (old: LogKey, next: LogKey): LogKey => ({
  ...old,
  signatureOver: (text) => `${old.signatureOver(text)}\n${next.signatureOver(text)}`,
})

/** The old key signs the announcement as well, with everything before it. Gives the size it has signed. */
async function coverAll(pool: Reader, url: string, origin: string, key: LogKey): Promise<number> {
  const { size } = await headOf(pool)
  let failure: unknown
  const leader = leadTree({ url, origin, key, failed: (error) => (failure = error) })
  try {
    while ((await coveredSize(pool, origin)) < size) {
      if (failure) throw failure
      await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    }
    return size
  } finally {
    await leader.close()
  }
}

async function isAnnounced(pool: Reader, vkey: string): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT EXISTS (
       SELECT FROM ledger WHERE fact = 'LogKeyAnnounced' AND convert_from(body, 'UTF8')::jsonb->'data'->>'key' = $1
     ) AS announced`,
    [vkey],
  )
  return rows[0].announced
}

async function asSigner(url: string, work: (signer: pg.Client) => Promise<void>): Promise<void> {
  const signer = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  signer.on('error', () => {})
  await signer.connect()
  try {
    await work(signer)
  } finally {
    await signer.end()
  }
}
