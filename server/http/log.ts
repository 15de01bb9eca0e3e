// The public face of the log (C2SP tlog-tiles): its checkpoint, tiles and entries as static resources; and how it stands.

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { LogState } from '../contract/log.ts'
import { refuseIf } from '../custody/define.ts'
import {
  type Checkpoint,
  cosignaturesOf,
  coveredSize,
  latestCosignatures,
  logKeys,
  newestCheckpoint,
  newestCosigned,
  readEvidence,
  withCosignatures,
} from '../ledger/checkpoints.ts'
import { rootOf } from '../ledger/proofs.ts'
import { headOf } from '../ledger/read.ts'
import { endOf, parseTile, readBundle, readTile } from '../ledger/tiles.ts'
import { keepVerification, lastVerification } from '../ledger/verifications.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { openRoute, type Route, route } from './route.ts'

const Path = z.strictObject({ path: z.array(z.string()).meta({ examples: [['0', '000']] }) })
/** What `stillpoint-verify --json` says of a log; the rest of its report is for people. */
const Report = z.strictObject({
  origin: z.string().max(200),
  size: z.int().min(1),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  sound: z.boolean(),
})
const compress = promisify(gzip)
const bytes = 'application/octet-stream'

const State = z.object({
  origin: z.string(),
  vkey: z.string().optional(),
  size: z.int(),
  checkpoint: z.object({ size: z.int(), root: z.string(), madeAt: z.iso.datetime(), note: z.string() }).optional(),
  witnesses: z.array(
    z.object({
      name: z.string(),
      keyName: z.string(),
      keyId: z.string(),
      size: z.int(),
      at: z.iso.datetime().optional(),
      behind: z.int(),
    }),
  ),
  quorum: z.object({ met: z.boolean(), size: z.int() }),
  policy: z.string(),
  keys: z.array(z.object({ vkey: z.string(), fromSize: z.int(), addedAt: z.iso.datetime() })),
  evidence: z.array(
    z.object({
      id: z.int(),
      kind: z.string(),
      foundAt: z.iso.datetime(),
      about: z.record(z.string(), z.unknown()),
      notes: z.array(z.string()),
    }),
  ),
  ownWitnesses: z.boolean(),
  lastVerification: z.object({ at: z.iso.datetime(), size: z.int(), ok: z.boolean(), by: z.string() }).optional(),
  readOnly: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).optional(),
})

export function logRoutes(parts: HttpParts): Route[] {
  const { pool, reads, origin, witnesses, meetsQuorum, logPublic } = parts
  const stated: typeof route = logPublic ? (openRoute as typeof route) : route
  // Hashes tell nothing; what entries tell is asked for again each time, so that nobody reads it who signed out.
  const forAll = logPublic ? 'public' : 'private'
  const lasting = `${forAll}, max-age=31536000, immutable`
  const lastingEntries = logPublic ? lasting : 'private, no-cache'

  return [
    stated({
      method: 'get',
      path: '/api/log/checkpoint',
      summary: 'The newest checkpoint of the ledger, signed and cosigned (C2SP tlog-checkpoint)',
      gives: ['text/plain'],
      handle: async ({ response }) => {
        const checkpoint = found(await newestCheckpoint(reads, origin), 'log.no-checkpoint')
        response.setHeader('Cache-Control', 'no-cache')
        response
          .type('text/plain; charset=utf-8')
          .send(withCosignatures(checkpoint, await cosignaturesOf(pool, checkpoint)))
      },
    }),

    stated({
      method: 'get',
      path: '/api/log/tile/*path',
      summary: 'A tile of hashes, or the entries under one (C2SP tlog-tiles)',
      params: Path,
      gives: [bytes],
      handle: async ({ params: { path }, request, response }) => {
        const tile = found(parseTile(path), 'log.no-tile')
        found(endOf(tile) <= (await coveredSize(reads, origin)) || undefined, 'log.no-tile')
        if (tile.kind === 'hashes') {
          response.setHeader('Cache-Control', lasting)
          response.type(bytes).send(await readTile(pool, tile))
          return
        }
        response.setHeader('Cache-Control', lastingEntries)
        response.setHeader('ETag', `"${tile.index}.${tile.width}"`)
        if (request.fresh) response.status(304).end()
        else await sendBundle(request, response, await readBundle(pool, tile))
      },
    }),

    route({
      method: 'post',
      path: '/api/log/verifications',
      summary: 'Hand in the report of a check of the whole log (stillpoint-verify --json); for inspectors',
      body: Report,
      status: 201,
      gives: z.object({ ok: z.boolean() }),
      handle: async ({ body, reader }) => {
        const { login, grants } = reader.person
        refuseIf(!grants.some(({ role }) => role === 'inspector'), 'step.no-role', { roles: ['inspector'] })
        const covered = await coveredSize(reads, origin)
        refuseIf(body.origin !== origin, 'ledger.report-of-another', { origin: body.origin })
        refuseIf(body.size > covered, 'ledger.report-ahead', { seen: body.size, here: covered })
        // Whoever saw another root saw another log, however sound that was.
        const sound = body.sound && (await rootOf(pool, body.size)).toString('hex') === body.root
        await keepVerification(pool, origin, { ...body, sound, by: login })
        return { ok: sound }
      },
    }),

    route({
      method: 'get',
      path: '/api/log',
      summary: 'How the log stands: its size, its newest checkpoint, who has cosigned, what was found wrong',
      gives: State,
      handle: state,
    }),
  ]

  async function state(): Promise<LogState> {
    const [{ size }, checkpoint, latest, keys, evidence, text, verified] = await Promise.all([
      headOf(pool),
      newestCheckpoint(reads, origin),
      latestCosignatures(pool, origin),
      logKeys(pool, origin),
      readEvidence(pool),
      parts.policy(),
      lastVerification(pool, origin),
    ])
    const vkey = keys.at(-1)?.vkey
    const halted = parts.halted()
    const enough = (keyNames: string[]) =>
      meetsQuorum(witnesses.filter(({ keyName }) => keyNames.includes(keyName)).map(({ name }) => name))
    const believed = enough([]) ? checkpoint : await newestCosigned(pool, origin, enough)
    return {
      origin,
      ...(vkey ? { vkey } : {}),
      size,
      ...(checkpoint ? { checkpoint: await shown(checkpoint) } : {}),
      witnesses: witnesses.map(({ name, keyName, keyId }) => {
        const last = latest.find((each) => each.keyName === keyName && each.keyId.toString('hex') === keyId)
        const cosigned = last?.size ?? 0
        return {
          name,
          keyName,
          keyId,
          size: cosigned,
          ...(last ? { at: last.at.toISOString() } : {}),
          behind: Math.max(0, (checkpoint?.size ?? 0) - cosigned),
        }
      }),
      quorum: { met: believed !== undefined && believed.size === checkpoint?.size, size: believed?.size ?? 0 },
      policy: text,
      keys: keys.map(({ addedAt, ...key }) => ({ ...key, addedAt: addedAt.toISOString() })),
      evidence: evidence.map(({ foundAt, ...each }) => ({ ...each, foundAt: foundAt.toISOString() })),
      ownWitnesses: parts.ownWitnesses,
      ...(verified
        ? {
            lastVerification: {
              at: verified.at.toISOString(),
              size: verified.size,
              ok: verified.sound,
              by: verified.by,
            },
          }
        : {}),
      ...(halted ? { readOnly: { code: halted.code, params: halted.params } } : {}),
    }
  }

  async function shown(checkpoint: Checkpoint) {
    const { size, root, madeAt } = checkpoint
    const note = withCosignatures(checkpoint, await cosignaturesOf(pool, checkpoint))
    return { size, root: root.toString('base64'), madeAt: madeAt.toISOString(), note }
  }
}

/** Entries are long and alike. */
async function sendBundle(request: Request, response: Response, bundle: Buffer): Promise<void> {
  response.vary('Accept-Encoding')
  const packed = request.acceptsEncodings('gzip', 'identity') === 'gzip'
  if (packed) response.setHeader('Content-Encoding', 'gzip')
  response.type(bytes).send(packed ? await compress(bundle) : bundle)
}
