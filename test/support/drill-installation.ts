// A small installation with its witnesses as it was before an attack, what an outsider kept of it, and copies to attack.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLogKey } from '../../server/ledger/sign.ts'
import type { Bundle } from '../../server/proof/bundle.ts'
import { openUnderPolicy, type Policy, parsePolicy } from '../../server/proof/index.ts'
import { startWitness, type Witness } from '../../server/witness/witness.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { linkTo, positionOf } from './receipts.ts'
import {
  Browser,
  caseNo,
  newItem,
  populate,
  receiving,
  signedIn,
  startServer,
  type TestServer,
  taking,
  until,
  type World,
} from './server.ts'

export const origin = 'custody.example/ledger'
/** Two of the three must cosign. In the drills the police's own witness is in the attacker's hands. */
export const witnessNames = ['police', 'procuratorate', 'court'] as const
export type WitnessName = (typeof witnessNames)[number]

/** What somebody outside has from before the attack, and trusts. */
export type Outsider = {
  /** The key of the log and nothing else. */
  key: Policy
  /** Key of the log, keys of the witnesses, two of three. */
  policy: Policy
  /** The checkpoint that came with the proof of the item, with its cosignatures. */
  note: string
  bundle: Bundle
  /** The text in the code on a receipt: for the intake of the same item. */
  receipt: string
  item: string
}

/** An installation that was copied, in a folder of its own, with its witnesses running. */
export type Installation = {
  home: string
  dataDir: string
  database: TestDatabase
  world: World
  outsider: Outsider
  witnesses: Record<WitnessName, Witness>
  /** Serves this installation until the installation is closed. */
  serve: () => Promise<TestServer>
  close: () => Promise<void>
}

export type Original = {
  outsider: Outsider
  /** The positions of what the drills attack, by what it is. */
  at: { registered: number; received: number; returned: number }
  size: number
  copy: () => Promise<Installation>
  close: () => Promise<void>
}

/** People, cases, things through intake, retrieval, transfer and return, in a log of more than one tile. */
export async function foundInstallation(): Promise<Original> {
  const home = await mkdtemp(join(tmpdir(), 'stillpoint-drills-'))
  const { vkey } = await openLogKey(keyFileIn(home), origin)
  const witnesses = await startWitnesses(home, vkey)
  const policyText = await writePolicy(home, vkey, witnesses)
  const database = await freshDatabase()
  const server = await startServer({ database, config: configIn(home) })
  const world = await populate(server)
  const returned = await moreHistory(server, world)
  await witnessed(server)
  const item = world.item.cash
  const received = await positionOf(server, item, 'ItemReceived')
  const at = {
    registered: await positionOf(server, item, 'ItemRegistered'),
    received,
    returned: await positionOf(server, returned, 'ItemReturned'),
  }
  const inspector = await signedIn(server, 'inspector')
  const { body: bundle, status } = await inspector.get<Bundle>(`/api/items/${item}/proof?format=json`)
  if (status !== 200) throw new Error(`no proof of ${item}: ${status}`)
  const policy = parsePolicy(Buffer.from(policyText))
  const outsider: Outsider = {
    key: { logs: policy.logs, witnesses: new Map(), groups: new Map(), quorum: 'none' },
    policy,
    note: bundle.checkpoint,
    bundle,
    receipt: await linkTo(server, received),
    item,
  }
  await server.close()
  for (const name of witnessNames) await witnesses[name].close()
  await database.database.close()
  return {
    outsider,
    at,
    size: Number(openUnderPolicy(bundle.checkpoint, policy).checkpoint.size),
    copy: () => copyOf({ home, database, world, outsider, vkey }),
    close: async () => {
      await database.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Settles when the newest checkpoint covers everything and enough witnesses have cosigned it. */
export async function witnessed({ url, parts, config }: TestServer): Promise<void> {
  const anybody = new Browser(url)
  const policy = parsePolicy(await readFile(config.logPolicyFile!))
  await until(async () => {
    const { rows } = await parts.pool.query('SELECT size FROM ledger_head')
    const { status, text } = await anybody.get('/api/log/checkpoint')
    if (status !== 200) return false
    const { checkpoint, cosignedBy } = openUnderPolicy(text, policy)
    return checkpoint.size === BigInt(rows[0].size) && cosignedBy.length === policy.witnesses.size
  }, 'all witnesses to cosign')
}

export const keyFileIn = (home: string) => join(home, 'data', 'keys', 'log-key')

async function copyOf(original: {
  home: string
  database: TestDatabase
  world: World
  outsider: Outsider
  vkey: string
}): Promise<Installation> {
  const home = await mkdtemp(join(tmpdir(), 'stillpoint-drill-'))
  await cp(original.home, home, { recursive: true })
  const witnesses = await startWitnesses(home, original.vkey)
  await writePolicy(home, original.vkey, witnesses)
  const database = await freshDatabase(original.database)
  const servers: TestServer[] = []
  return {
    home,
    dataDir: join(home, 'data'),
    database,
    world: original.world,
    outsider: original.outsider,
    witnesses,
    serve: async () => {
      servers.push(await startServer({ database, config: configIn(home) }))
      return servers.at(-1)!
    },
    close: async () => {
      for (const server of servers) await server.close()
      for (const name of witnessNames) await witnesses[name].close()
      await database.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A list of 300 things, so that the log fills a tile; then one thing comes back and another goes to its owner. */
async function moreHistory(server: TestServer, { item, photo, papers, place }: World): Promise<string> {
  const take = taking(server.parts)
  const document = { kind: '扣押清单', no: '扣 300', date: '2026-03-01' }
  const items = Array.from({ length: 300 }, (_, n) => newItem(String(n + 1), photo))
  await take('officer', 'intake.register', { caseNo, document, measure: 'seize', items })
  const back = { place: place.slot2, condition: 'intact', photos: [photo] }
  await take('keeper', 'retrieval.give-back', back, [item.out], ['officer'])
  const owner = { name: '权利人', idNumber: '330102196001010019', contact: '13800000000' }
  await take('officer', 'return.propose', { ground: 'victim', owner, titleProof: [photo] }, [item.stored])
  await take('leader', 'return.approve', {}, [item.stored])
  const recipient = { name: '代理人', idNumber: '330102199202022220', relation: 'agent' }
  const handed = { recipient, ...papers }
  await take('keeper', 'return.hand-over', handed, [item.stored], ['keeper2'])
  await take('keeper', 'intake.receive', receiving(place.slot, photo), [item.waiting], ['officer'])
  return item.stored
}

async function startWitnesses(home: string, vkey: string): Promise<Record<WitnessName, Witness>> {
  const started = await Promise.all(
    witnessNames.map(async (name) => {
      const folder = join(home, `witness-${name}`)
      const files = { keyFile: join(folder, 'key'), stateFile: join(folder, 'state.json') }
      const where = { host: '127.0.0.1', port: 0 }
      return [name, await startWitness({ name: `witness.${name}.example`, ...files, ...where, logs: [vkey] })] as const
    }),
  )
  return Object.fromEntries(started) as Record<WitnessName, Witness>
}

async function writePolicy(home: string, vkey: string, witnesses: Record<WitnessName, Witness>): Promise<string> {
  const lines = witnessNames.map((name) => `witness ${name} ${witnesses[name].vkey} ${witnesses[name].url}`)
  const text = [`log ${vkey}`, ...lines, `group agencies 2 ${witnessNames.join(' ')}`, 'quorum agencies', ''].join('\n')
  await writeFile(policyIn(home), text)
  return text
}

const policyIn = (home: string) => join(home, 'policy')
const configIn = (home: string) => ({
  dataDir: join(home, 'data'),
  logKeyFile: keyFileIn(home),
  logOrigin: origin,
  logPolicyFile: policyIn(home),
  logPublic: true,
})
