// A client that a generator makes of the description of the interface: it has types that hold, and it does the work.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import type { Problem } from '../../server/contract/steps.ts'
import { Browser, password, populate, requesting, startServer, type TestServer, type World } from '../support/server.ts'

const run = promisify(execFile)
const modules = join(import.meta.dirname, '../../node_modules')

/** What somebody writes who has the generated client and nothing else of ours. */
const atWork = `
import { defaults, getItems, getItemsCode, postSession, retrievalRequest, type Item, type Problem } from './client.ts'

let cookie = ''
defaults.fetch = async (address, options) => {
  const headers = new Headers(options?.headers)
  if (cookie) headers.set('cookie', cookie)
  const response = await fetch(address, { ...options, headers })
  cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? cookie
  return response
}

const given = <T>(answer: { status: number; data: T | Problem }): T => {
  if (answer.status >= 400) throw answer.data
  return answer.data as T
}

type Request = Parameters<typeof retrievalRequest>[0]['input']

export async function work(login: string, password: string, code: string, input: Request) {
  const signedIn = await postSession({ login, password })
  const items: Item[] = given(await getItems({ custody: 'stored', limit: 200 })).items
  const request = (asked: Request) => retrievalRequest({ commandId: crypto.randomUUID(), items: [code], input: asked })
  const taken = await request(input)
  const refused = await request(input)
  const wrong = await request({ ...input, purpose: 'fun' as 'court' })
  const after: Item = given(await getItemsCode(code))
  return { signedIn: signedIn.status, items, taken, refused, wrong, after }
}
`
/** The types of the client catch this. */
const mistaken = `
import { retrievalRequest } from './client.ts'
void retrievalRequest({ commandId: '', items: [], input: { purpose: 'fun', reason: '', usedAt: '', dueAt: '' } })
`
const configuration = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    types: [],
  },
}

type Answer = { status: number; data: Problem }
type AtWork = {
  work: (
    login: string,
    password: string,
    code: string,
    input: object,
  ) => Promise<{
    signedIn: number
    items: { code: string }[]
    taken: { status: number; data: { docket: string } }
    refused: Answer
    wrong: Answer
    after: { open: { custody?: { docket: string } } }
  }>
}

describe('a generated client', function () {
  this.timeout(60_000)
  let server: TestServer
  let world: World
  let folder: string

  before(async () => {
    server = await startServer()
    world = await populate(server)
    folder = await mkdtemp(join(tmpdir(), 'stillpoint-client-'))
    await symlink(modules, join(folder, 'node_modules'))
    const { text } = await new Browser(server.url).get('/api/openapi.json')
    await writeFile(join(folder, 'openapi.json'), text)
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...configuration, files: ['at-work.ts'] }))
    await writeFile(
      join(folder, 'tsconfig.mistaken.json'),
      JSON.stringify({ ...configuration, files: ['mistaken.ts'] }),
    )
    await writeFile(join(folder, 'at-work.ts'), atWork)
    await writeFile(join(folder, 'mistaken.ts'), mistaken)
    const generator = join(modules, 'oazapfts/dist/cli.js')
    await run(
      process.execPath,
      [generator, 'openapi.json', 'client.ts', '--futureStripLegacyMethods', '--useUnknown'],
      {
        cwd: folder,
      },
    )
  })
  after(async () => {
    await server?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  const compiled = (project: string) =>
    run(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', project], { cwd: folder }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    )

  it('has types that hold', async () => {
    expect(await compiled('tsconfig.json')).to.equal('')
    expect(await compiled('tsconfig.mistaken.json')).to.match(/mistaken\.ts.*'"fun"' is not assignable/s)
  })

  it('signs in, lists, takes a step, and is told why another is refused', async () => {
    const { work } = (await import(pathToFileURL(join(folder, 'at-work.ts')).href)) as AtWork
    const { stored } = world.item
    const { signedIn, items, taken, refused, wrong, after } = await work('officer', password, stored, requesting())
    expect(signedIn).to.equal(200)
    expect(items.map(({ code }) => code)).to.include(stored)
    expect(taken.status).to.equal(201)
    expect(after.open.custody!.docket).to.equal(taken.data.docket)
    expect(refused.data).to.include({ status: 409, code: 'docket.already-open' })
    expect(refused.data.detail).to.match(/正在办理/)
    expect(wrong.data.errors![0]).to.include({ pointer: '/input/purpose', code: 'input.choice', name: '用途' })
    expect(wrong.data.errors![0]!.expected!.enum).to.include('court')
  })
})
