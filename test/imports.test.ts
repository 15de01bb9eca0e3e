// Keeps the table of who may import whom (README, "The tree"): names the file and the folder it must not reach.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect } from 'chai'

const root = resolve(import.meta.dirname, '..')

type Rule = {
  /** Files it holds for, by the beginning of their path. */
  of: string
  /** Folders and files of ours that they may import besides their own folder. */
  ours: string[]
  /** Packages they may import; absent: any. */
  npm?: string[]
  /** Modules of Node; absent: any. */
  node?: false
}

const custody = 'server/custody'
const contract = 'server/contract'

/** The first rule that fits a file holds for it. */
const rules: Rule[] = [
  { of: 'server/custody/', ours: [], npm: ['zod'], node: false },
  { of: 'server/contract/', ours: [custody], npm: ['zod'], node: false },
  { of: 'server/ledger/', ours: [] },
  { of: 'server/proof/', ours: [], npm: ['@noble/hashes', '@noble/curves'], node: false },
  { of: 'server/witness/', ours: ['server/proof'], npm: [] },
  { of: 'server/views/', ours: [custody, contract, 'server/ledger'] },
  { of: 'server/followers/', ours: ['server/ledger', 'server/proof', 'server/views', contract, custody] },
  { of: 'server/people/', ours: [contract, custody] },
  { of: 'server/files/', ours: [contract, custody] },
  { of: 'server/documents/', ours: [contract, custody, 'server/views', 'server/files'] },
  { of: 'server/database/', ours: ['server/config.ts', 'server/views'] },
  {
    of: 'server/log/',
    ours: [
      'server/config.ts',
      'server/database',
      'server/perform.ts',
      'server/ledger',
      'server/proof',
      'server/witness',
      'server/followers',
      'server/demo/witnesses.ts',
      custody,
    ],
  },
  { of: 'server/perform.ts', ours: [custody, contract, 'server/ledger', 'server/views'] },
  {
    of: 'server/http/',
    ours: [
      'server/perform.ts',
      'server/views',
      'server/people',
      'server/files',
      'server/documents',
      'server/followers',
      'server/ledger',
      contract,
      custody,
    ],
  },
  { of: 'server/', ours: ['server'] },
  {
    of: 'client/pages/',
    ours: ['client/frame', 'client/steps', 'client/scanner', 'client/data', 'client/ui', custody, contract],
    node: false,
  },
  { of: 'client/frame/', ours: ['client/scanner', 'client/data', 'client/ui', custody, contract], node: false },
  { of: 'client/steps/', ours: ['client/scanner', 'client/data', 'client/ui', custody, contract], node: false },
  { of: 'client/scanner/', ours: ['client/ui', custody, contract], node: false },
  { of: 'client/data/', ours: [custody, contract, 'server/proof'], node: false },
  { of: 'client/ui/', ours: ['client/locales', custody, contract, 'server/proof'], node: false },
  { of: 'client/locales/', ours: [], node: false },
  { of: 'client/', ours: ['client', custody, contract, 'server/proof'], node: false },
  { of: 'migrations/', ours: [], npm: ['typeorm'], node: false },
  { of: 'scripts/', ours: ['server', 'scripts', 'migrations', 'vite.config.ts'] },
]

/** Nothing imports these: they are where everything comes together. */
const ends = ['server/app.ts', 'server/main.ts']
const mayStart = ['server/main.ts', 'scripts/', 'test/']

const sources = ['server', 'client', 'migrations', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(ts|tsx|mjs)$/.test(file.name))
    .map((file) => relative(root, join(file.parentPath, file.name))),
)

const importing =
  /(?:^|\n)\s*(?:import|export)\s[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g

function importsIn(text: string): string[] {
  return [...text.matchAll(importing)].map(([, from, dynamic, bare]) => (from ?? dynamic ?? bare)!)
}

/** What is wrong with one import of a file; nothing when it may. */
function wrongWith(file: string, imported: string): string | undefined {
  const rule = rules.find(({ of }) => file.startsWith(of))
  if (!rule) return `${file} stands in no folder that the table knows`
  if (imported.startsWith('node:')) return rule.node === false ? `${file} must not reach Node (${imported})` : undefined
  if (!imported.startsWith('.')) {
    const name = imported.startsWith('@') ? imported.split('/').slice(0, 2).join('/') : imported.split('/')[0]!
    return rule.npm && !rule.npm.includes(name) ? `${file} must not reach the package ${name}` : undefined
  }
  const target = relative(root, resolve(root, dirname(file), imported.replace(/\?.*$/, '')))
  if (target.startsWith('test/')) return `${file} must not reach test`
  if (ends.includes(target) && !mayStart.some((start) => file.startsWith(start)))
    return `${file} must not reach ${target}`
  const own = rule.of.endsWith('/') && target.startsWith(rule.of)
  const allowed = own || rule.ours.some((folder) => target === folder || target.startsWith(`${folder}/`))
  return allowed ? undefined : `${file} must not reach ${target}`
}

describe('who may import whom', () => {
  it('follows the table', () => {
    const wrong = sources.flatMap((file) =>
      importsIn(readFileSync(join(root, file), 'utf8')).flatMap((imported) => wrongWith(file, imported) ?? []),
    )
    expect(wrong).to.deep.equal([])
  })

  it('sees the imports there are', () => {
    expect(sources.length).to.be.greaterThan(60)
    expect(importsIn(readFileSync(join(root, 'server/perform.ts'), 'utf8'))).to.include('./custody/decide.ts')
    expect(
      importsIn(`import {\n  a,\n  type B,\n} from './c.ts'\nimport './d.css'\nconst e = await import('./f.ts')`),
    ).to.deep.equal(['./c.ts', './d.css', './f.ts'])
  })

  for (const [file, imported] of [
    ['server/custody/procedures/transfer.ts', '../../ledger/append.ts'],
    ['server/custody/procedures/transfer.ts', 'node:crypto'],
    ['server/custody/procedures/transfer.ts', 'express'],
    ['server/ledger/append.ts', '../custody/define.ts'],
    ['server/http/steps.ts', '../app.ts'],
    ['client/pages/desk.tsx', '../../server/views/items.ts'],
    ['client/ui/code.tsx', '../data/request.ts'],
    ['client/scanner/camera.ts', '../steps/form.tsx'],
    ['migrations/1-create.ts', '../server/config.ts'],
    ['server/views/items.ts', '../../test/support/database.ts'],
  ] as const)
    it(`refuses ${file} → ${imported}`, () => expect(wrongWith(file, imported)).to.match(/must not reach/))
})
