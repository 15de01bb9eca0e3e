// The books of money: what they say is what a recount of the ledger says, to whoever may read the things.

import { expect } from 'chai'
import type { MoneyLine, MoneyPage } from '../../server/contract/money.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Item } from '../../server/custody/item.ts'
import { rebuildViews } from '../../server/views/history.ts'
import {
  caseNo,
  idNumber,
  logins,
  populate,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

const account = { institution: '江城银行城关支行', account: '3301 0001' }
const other = { institution: '江城银行检察支行', account: '3302 0009' }
const booking = { voucher: { kind: '现金缴款单', no: '缴0001', date: '2026-03-02' }, amount: '100', currency: 'CNY' }
const keepers = ['keeper', 'keeper2']

describe('the books of money', () => {
  let server: TestServer
  let world: World
  const ask = async <Answer>(login: string, path: string): Promise<Answer> => {
    const browser = await signedIn(server, login)
    return (await browser.get(path)).body as Answer
  }
  const balances = async (login = 'finance', query = '') => (await ask<MoneyPage>(login, `/api/money${query}`)).balances
  const take = (actor: string, step: string, input: object, signedBy: string[] = []) =>
    taking(server.parts)(actor, step, input, [world.item.cash], signedBy)
  const ofSafe = { caseNo, currency: 'CNY', account: '', institution: '', items: 1, received: '100' }

  before(async () => {
    server = await startServer()
    world = await populate(server)
  })
  after(() => server?.close())

  it('begin when notes are received', async () => {
    const [safe, ...more] = await balances()
    expect(more).to.deep.equal([])
    expect(safe).to.deep.include({ ...ofSafe, balance: '100' })
  })

  it('follow a sum from account to account, with its vouchers', async () => {
    await take('finance', 'money.deposit', { ...account, ...booking }, keepers)
    await take('finance', 'money.appropriate', { account: account.account, to: other, ...booking }, ['storehead'])
    const all = await balances()
    expect(all).to.have.length(3)
    expect(all[0]).to.deep.include({ ...ofSafe, deposited: '-100', balance: '0' })
    expect(all[1]).to.deep.include({ ...account, deposited: '100', appropriated: '-100', balance: '0' })
    expect(all[2]).to.deep.include({ ...other, appropriated: '100', balance: '100' })
    const { lines } = await ask<{ lines: MoneyLine[] }>('finance', '/api/money/lines')
    expect(lines.map(({ kind, amount, account }) => [kind, amount, account])).to.deep.equal([
      ['appropriated', '-100', account.account],
      ['appropriated', '100', other.account],
      ['deposited', '-100', ''],
      ['deposited', '100', account.account],
      ['received', '100', ''],
    ])
    expect(lines[0]).to.deep.include({ item: world.item.cash, name: '现金', voucher: booking.voucher })
  })

  it('are narrowed by case, account and currency, and read page by page', async () => {
    expect(await balances('finance', '?account=safe')).to.have.length(1)
    expect(await balances('finance', `?case=${caseNo}&account=${encodeURIComponent(other.account)}`)).to.have.length(1)
    expect(await balances('finance', '?currency=USD')).to.deep.equal([])
    const read: string[] = []
    let cursor = ''
    do {
      const page = await ask<MoneyPage>('finance', `/api/money?limit=1${cursor && `&cursor=${cursor}`}`)
      read.push(...page.balances.map(({ account }) => account))
      expect(page.totals).to.have.length(cursor ? 0 : 3)
      cursor = page.next ?? ''
    } while (cursor)
    expect(read).to.deep.equal(['', account.account, other.account])
    let [lines, next] = [0, '']
    do {
      const page = await ask<{ lines: MoneyLine[]; next?: string }>(
        'finance',
        `/api/money/lines?limit=2${next && `&cursor=${next}`}`,
      )
      lines += page.lines.length
      next = page.next ?? ''
    } while (next)
    expect(lines).to.equal(5)
  })

  it('are read by nobody who may not read the things', async () => {
    for (const login of logins) {
      const { items } = await ask<{ items?: Item[] }>(login, '/api/items?class=cash')
      const reads = (items ?? []).some(({ code }) => code === world.item.cash)
      const { balances = [], totals = [] } = await ask<MoneyPage>(login, '/api/money')
      const { lines = [] } = await ask<{ lines: MoneyLine[] }>(login, '/api/money/lines')
      expect([balances.length > 0, totals.length > 0, lines.length > 0], login).to.deep.equal([reads, reads, reads])
    }
  })

  it('end when it is paid, and equal a recount of things and ledger', async () => {
    const owner = { name: '权利人甲', idNumber }
    await take('officer', 'return.propose', { ground: 'other', owner, titleProof: [] })
    await take('leader', 'return.approve', {})
    const recipient = { ...owner, relation: 'owner' }
    await take('finance', 'money.return', { recipient, payee: '6222', account: other.account, ...booking }, [
      'storehead',
    ])
    const paid = (await balances()).find(({ account }) => account === other.account)!
    expect(paid).to.include({ returned: '-100', balance: '0' })
    await take('finance', 'money.reverse', { to: account, reason: '账号有误，银行退回', ...booking }, ['storehead'])

    const shown = await rows()
    const { pool } = server.database.database
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await rebuildViews(client, catalogue)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    expect(await rows(), 'made again from the ledger').to.deep.equal(shown)

    // Each thing counted where it is now.
    const { items } = await ask<{ items: Item[] }>('leader', '/api/items?class=cash&limit=200')
    const counted = new Map<string, number>()
    for (const { custody, value, caseNo } of items) {
      const on = custody.state === 'deposited' ? custody.account : custody.state === 'stored' ? '' : undefined
      if (on !== undefined) counted.set(`${caseNo} ${on}`, (counted.get(`${caseNo} ${on}`) ?? 0) + Number(value))
    }
    for (const { caseNo, account, balance } of await balances('leader'))
      expect(Number(balance), account).to.equal(counted.get(`${caseNo} ${account}`) ?? 0)
    expect([...counted.values()]).to.deep.equal([100])
  })

  const rows = async () =>
    (await server.database.pool.query('SELECT * FROM money_lines ORDER BY position, leg')).rows as unknown[]
})
