/** Cash as an amount on an account: deposited, appropriated, paid back, paid to the treasury, and put right. */
import { expect } from 'chai'
import {
  accepted,
  alsoHolds,
  disposalApproved,
  disposalProposed,
  endorsed,
  file,
  given,
  handOver,
  judged,
  offered,
  ofRules,
  places,
  proposal,
  received,
  registered,
  requested,
  returnApproved,
  returnProposed,
  type Story,
  taken,
} from '../../support/custody.ts'

const voucher = { kind: '现金缴款单', no: '缴0001', date: '2026-03-02' }
const account = { institution: '江城银行城关支行', account: '3301 0001' }
const other = { institution: '江城银行检察支行', account: '3302 0009' }
const sum = { voucher, amount: '500', currency: 'CNY' }
const keepers = ['keeper', 'keeper2']

const cash = (over: Record<string, unknown> = {}) => registered({ class: 'cash', ...over })
const stored = (over: Record<string, unknown> = {}) => given(cash(over), received())
const deposit = (story: Story, over: object = {}, signedBy = keepers) =>
  story.when('finance', 'money.deposit', { ...account, ...sum, ...over }, { signedBy })
const depositedMoney = (story: Story) =>
  void story.take('finance', 'money.deposit', { ...account, ...sum }, { signedBy: keepers })
const onAccount = () => given(cash(), received(), depositedMoney)

describe('money.deposit', () => {
  it('takes the notes out of the safe and puts the sum on the account', () => {
    const story = stored()
    deposit(story).gives('MoneyDeposited', { ...account, voucher, amount: '500', currency: 'CNY' })
    expect(story.item).to.deep.include({ custody: { state: 'deposited', ...account }, value: '500', open: {} })
    expect(story.item.details, 'notes are a sum now').not.to.have.property('denominations')
    expect(story.decision!.facts[0]!.recorded.data.changed, 'and the chain says which they were').to.deep.equal({
      denominations: { was: [{ face: '100', count: 5 }], is: [] },
    })
  })
  it('is signed by two keepers of the site, neither of them an officer of the case', () => {
    for (const signedBy of [[], ['keeper'], ['keeper', 'storehead'], ['keeper', 'eastkeeper']])
      deposit(stored(), {}, signedBy).refusedWith('step.countersignature-missing')
    const story = given(alsoHolds('officer', 'keeper', places.site), cash(), received())
    deposit(story, {}, ['officer', 'keeper2']).refusedWith('step.countersignature-missing')
  })
  it('is of the sum and the currency of the notes, on a voucher that there is', () => {
    deposit(stored(), { amount: '499.99' }).refusedWith('money.other-amount', { amount: '499.99', worth: '500' })
    deposit(stored(), { currency: 'USD' }).refusedWith('money.other-currency', { currency: 'CNY', stated: 'USD' })
    deposit(stored(), { voucher: { ...voucher, date: '2026-03-03' } }).refusedWith('money.voucher-in-the-future')
    const dollars = stored({ details: { currency: 'USD', denominations: [{ face: '100', count: 5 }] } })
    deposit(dollars, { currency: 'USD' }).gives('MoneyDeposited', { currency: 'USD' })
  })
  it('takes several things on one voucher, each with its own sum', () => {
    const story = given(
      cash(),
      cash({ value: '200', details: { denominations: [{ face: '50', count: 4 }] } }),
      received(),
    )
    deposit(story).refusedWith('money.other-amount')
    deposit(story, { amount: '700' }).gives('MoneyDeposited', { amount: '200', total: '700' })
    expect(story.decision!.facts.map(({ recorded }) => recorded.data.amount)).to.deep.equal(['500', '200'])
  })
  it('leaves notes that are evidence, and counterfeit ones', () => {
    const notes = [{ face: '100', count: 5 }]
    deposit(stored({ details: { denominations: notes, notesAreEvidence: true } })).refusedWith(
      'money.notes-are-evidence',
    )
    const mixed = [...notes, { face: '50', count: 1, counterfeit: true }]
    const story = stored({ quantity: '6', details: { denominations: mixed } })
    deposit(story).refusedWith('money.counterfeit-notes')
    const parts = [
      { quantity: '5', value: '500', details: { denominations: notes } },
      { quantity: '1', value: '0', details: { denominations: [mixed[1]] } },
    ]
    story.take('keeper', 'item.split', { parts }, { signedBy: ['keeper2'] })
    story
      .when('finance', 'money.deposit', { ...account, ...sum }, { items: [story.codes[0]!], signedBy: keepers })
      .gives('MoneyDeposited')
    expect(story.itemAt(1)).to.include({ value: '0' })
    expect(story.itemAt(1).custody.state).to.equal('stored')
  })
  it('waits for what is under way', () => {
    deposit(stored().and(requested())).refusedWith('money.docket-open', { procedure: 'retrieval' })
    deposit(stored().and(returnProposed())).refusedWith('money.docket-open', { procedure: 'return' })
    const contested = stored()
    contested.take('officer', 'objection.raise', { objector: '邱某', reason: '主张所有权' })
    deposit(contested).refusedWith('money.objection-open', { objector: '邱某' })
    const leaving = stored().and(offered())
    const { open: _open, ...item } = leaving.item
    leaving.world.items.set(item.code, { ...item, open: {} })
    deposit(leaving).refusedWith('money.offered')
  })
  it('is for cash in the store, by the finance of the agency that keeps it', () => {
    deposit(given(registered(), received())).refusedWith('item.unknown')
    const general = given(registered(), received(), disposalProposed('auction'))
    deposit(general).refusedWith('money.not-cash')
    deposit(given(cash())).refusedWith('money.not-stored')
    const foreign = given(
      cash(),
      received(),
      alsoHolds('procurator', 'finance', 'proc'),
      offered(),
      endorsed(),
      accepted(),
    )
    foreign
      .when('procurator', 'money.deposit', { ...account, ...sum }, { signedBy: keepers })
      .refusedWith('money.other-finance')
  })
  it('is agreed to by who decides over it from elsewhere', () => {
    const story = given(cash(), received(), offered(), endorsed(), accepted())
    deposit(story).refusedWith('step.countersignature-missing', { as: 'casemanager' })
    deposit(story, {}, [...keepers, 'procurator']).gives('MoneyDeposited')
  })
  it('waits until a discrepancy is settled', () => {
    const story = stored()
    story.take('keeper', 'discrepancy.report', { kind: 'short', note: '缺一张', photos: [] })
    deposit(story).refusedWith('item.discrepancy-open')
  })
})

describe('money on the account', () => {
  it('is neither handed over nor disposed of by hand, lent nor taken in', () => {
    const returning = onAccount().and(returnApproved())
    returning
      .when('officer2', 'return.hand-over', handOver(), { signedBy: ['keeper2'] })
      .refusedWith('return.by-finance')
    const disposing = onAccount().and(disposalApproved('treasury'))
    const execution = {
      method: '缴款',
      at: disposing.now,
      site: '财政',
      photos: [file()],
      vouchers: [],
      report: file('r'),
    }
    disposing
      .when('officer2', 'disposal.execute', execution, { signedBy: ['inspector', 'keeper'] })
      .refusedWith('disposal.by-finance')
    const story = onAccount()
    story
      .when('officer', 'measure.take-in', { reason: '易地', photos: [file()] }, { signedBy: ['officer2'] })
      .refusedWith('measure.not-off-shelf')
    story
      .when('officer', 'measure.lift', { reason: '无', document: voucher, to: '林某' }, { signedBy: ['leader'] })
      .refusedWith('measure.not-off-shelf')
  })
  it('goes back to its owner or to the treasury, and no other way', () => {
    const story = onAccount().and(judged)
    const propose = (kind: string) =>
      story.when('officer', 'disposal.propose', {
        kind,
        basis: { kind: 'judgment', no: '（2026）江01刑初1号', date: '2026-03-01' },
        reason: '判决',
      })
    propose('keep-in-file').refusedWith('disposal.deposited-to-treasury')
    propose('treasury').gives('DisposalProposed')
  })
  it('is divided among owners and the treasury by its officers', () => {
    const story = onAccount()
    const parts = [
      { quantity: '0.6', value: '300' },
      { quantity: '0.4', value: '200' },
    ]
    story.when('officer', 'item.split', { parts }, { signedBy: ['officer2'] }).gives('PartMade')
    expect(story.itemAt(1)).to.deep.include({ value: '200', custody: { state: 'deposited', ...account } })
  })
  it('waits for finance once its end is approved', () => {
    expect(onAccount().and(returnApproved()).item.open.disposition!.waitsFor).to.deep.equal(['finance@psb'])
  })
})

describe('the record of money on the account', () => {
  it('says what the account says, until the booking is reversed', () => {
    const correct = (field: string, right: unknown, over: object = {}) =>
      onAccount()
        .when(
          'officer',
          'correction.note',
          { position: 0, field, right, reason: '笔误', ...over },
          { signedBy: ['head'] },
        )
        .refusedWith('correction.on-account')
    correct('quantity', '2')
    correct('details.currency', 'USD')
    correct('class', 'document')
  })
  it('is put right like any count while there are notes', () => {
    const story = stored()
    const right = [
      { face: '100', count: 4 },
      { face: '100', count: 1, counterfeit: true },
    ]
    story
      .when(
        'officer',
        'correction.note',
        { position: 0, field: 'details.denominations', right, reason: '误将假币计入' },
        { signedBy: ['head'] },
      )
      .gives('DiscrepancyFound', { now: { value: '400' } })
  })
})

describe('a deposit as a disposal', () => {
  it('was proposed by the first rules, and what is open by them goes on', () => {
    const story = given(ofRules(1), cash(), received(), disposalApproved('deposit'), ofRules(2))
    const vouchers = [{ kind: '缴款单', no: '1', amount: '500' }]
    story
      .when(
        'keeper',
        'disposal.execute',
        { method: '存入', at: story.now, site: '江城银行', photos: [file()], vouchers, report: file('r') },
        { signedBy: ['keeper2', 'inspector'] },
      )
      .gives('ItemDisposed')
    const book = { to: account, reason: '补记账户', ...sum }
    story.when('finance', 'money.reverse', book, { signedBy: ['storehead'] }).gives('MoneyReversed')
    expect(story.item, 'and comes into the books').to.deep.include({
      custody: { state: 'deposited', ...account },
      disposition: { state: 'none' },
    })
  })
  it('is a step of finance since', () => {
    const story = given(cash(), received(), judged)
    const input = { kind: 'deposit', basis: { kind: 'judgment', no: '1', date: '2026-03-01' }, reason: '存' }
    story.when('officer', 'disposal.propose', input).refusedWith('disposal.deposit-by-finance')
  })
})

describe('money.appropriate', () => {
  const appropriate = (story: Story, over: object = {}, signedBy = ['storehead']) =>
    story.when('finance', 'money.appropriate', { account: account.account, to: other, ...sum, ...over }, { signedBy })

  it('moves it to another account, signed by a colleague', () => {
    const story = onAccount()
    appropriate(story, {}, []).refusedWith('step.countersignature-missing')
    appropriate(story).gives('MoneyAppropriated', { from: account, to: other, amount: '500' })
    expect(story.item.custody).to.deep.equal({ state: 'deposited', ...other })
  })
  it('says from which account, and another one', () => {
    appropriate(onAccount(), { account: '9999' }).refusedWith('money.other-account', { held: account.account })
    appropriate(onAccount(), { to: account }).refusedWith('money.same-account')
    appropriate(onAccount(), { amount: '400' }).refusedWith('money.other-amount')
    appropriate(stored()).refusedWith('money.not-deposited')
  })
  it('is for a case manager once the procuratorate decides over it', () => {
    const story = onAccount().and(offered(), endorsed(), accepted())
    const input = { account: account.account, to: other, ...sum }
    story.when('judge', 'money.appropriate', input, { signedBy: [] }).refusedWith('item.unknown')
    story.when('procurator', 'money.appropriate', input, { signedBy: ['procurator2'] }).gives('MoneyAppropriated')
    const own = onAccount().and(alsoHolds('legal2', 'casemanager', 'psb'))
    own.when('legal2', 'money.appropriate', input, { signedBy: ['storehead'] }).refusedWith('money.other-finance')
  })
})

const payment = { recipient: handOver().recipient, account: account.account, ...sum, payee: '6222 0000' }
const pay = (story: Story, over: object = {}, signedBy = ['storehead'], login = 'finance') =>
  story.when(login, 'money.return', { ...payment, ...over }, { signedBy })

describe('money.return', () => {
  it('pays the owner who was approved', () => {
    const story = onAccount().and(returnApproved())
    pay(story).gives('MoneyReturned', { from: account, amount: '500', recipient: { name: '孟某', relation: 'owner' } })
    expect(story.item).to.deep.include({
      custody: { state: 'left', how: 'returned', to: '孟某', paidFrom: account },
      open: {},
      clocks: [],
    })
    expect(story.item.disposition).to.include({ state: 'done', kind: 'returned' })
    const { data } = story.decision!.facts[0]!.recorded
    expect(JSON.stringify(data), 'neither number nor account in the clear').not.to.match(/6222|330102/)
    expect(story.sealed.get(data.particulars as string)).to.include({ payee: '6222 0000' })
  })
  it('compares who is paid as at the counter', () => {
    const story = onAccount().and(returnApproved())
    const recipient = { ...payment.recipient }
    pay(story, { recipient: { ...recipient, idNumber: '330102199001011998' } }).refusedWith('return.other-identity')
    pay(story, { recipient: { ...recipient, name: '陆一舟' } }).refusedWith('return.recipient-took-part')
    const agent = { ...recipient, name: '代某', idNumber: '330102199202022343', relation: 'agent' }
    pay(story, { recipient: agent }).refusedWith('return.authority-missing')
    const two = onAccount().and(
      returnApproved({ others: [{ name: '孟二', idNumber: '330102199202022343', standing: 'co-owner' }] }),
    )
    pay(two).refusedWith('return.owner-missing')
    const others = [{ recipient: { name: '孟二', idNumber: '330102199202022343', relation: 'owner' } }]
    pay(two, { others }).gives('MoneyReturned')
  })
  it('takes an approved return of what is on that account', () => {
    pay(onAccount().and(returnProposed())).refusedWith('docket.wrong-stage')
    pay(onAccount()).refusedWith('docket.none')
    pay(given(cash(), received(), returnApproved())).refusedWith('money.not-deposited')
    pay(onAccount().and(returnApproved()), { account: '9' }).refusedWith('money.other-account')
    pay(onAccount().and(returnApproved()), { amount: '5000' }).refusedWith('money.other-amount')
  })
  it('is executed and signed by nobody who asked or decided', () => {
    const story = given(alsoHolds('leader2', 'finance', 'psb'), cash(), received(), depositedMoney)
    story.and(returnProposed()).take('leader2', 'return.approve')
    pay(story, {}, ['storehead'], 'leader2').refusedWith('step.executor-decided')
    for (const login of ['leader2', 'officer']) pay(story, {}, [login]).refusedWith('step.two-hats')
    pay(story).gives('MoneyReturned')
  })
  it('stops where it is contested', () => {
    const story = onAccount().and(returnApproved())
    story.take('officer2', 'objection.raise', { objector: '邱某', reason: '主张所有权' })
    pay(story).refusedWith('money.objection-open')
  })
})

describe('money.to-treasury', () => {
  const settle = (story: Story, over: object = {}, signedBy = ['inspector']) =>
    story.when(
      'finance',
      'money.to-treasury',
      { to: '江城市财政局', account: account.account, ...sum, ...over },
      { signedBy },
    )

  it('pays what was approved for the treasury', () => {
    const story = onAccount().and(disposalApproved('treasury'))
    settle(story).gives('MoneyPaidToTreasury', { to: '江城市财政局', from: account, voucher })
    expect(story.item.custody).to.deep.equal({ state: 'left', how: 'treasury', to: '江城市财政局', paidFrom: account })
    expect(story.item.disposition).to.include({ state: 'done', kind: 'treasury' })
    expect(story.item.open).to.deep.equal({})
  })
  it('pays nothing else to it', () => {
    settle(onAccount()).refusedWith('docket.none')
    settle(onAccount().and(disposalProposed('treasury'))).refusedWith('docket.wrong-stage')
    settle(onAccount().and(returnApproved())).refusedWith('docket.none')
    const mistaken = onAccount().and(disposalApproved('treasury'))
    const { open, ...item } = mistaken.item
    const docket = { ...open.disposition!, data: { ...open.disposition!.data, kind: 'auction' } }
    mistaken.world.items.set(item.code, { ...item, open: { disposition: docket } })
    settle(mistaken).refusedWith('money.not-to-the-treasury', { kind: 'auction' })
  })
})

describe('money.reverse', () => {
  const reverse = (story: Story, over: object, signedBy = ['storehead']) =>
    story.when('finance', 'money.reverse', { reason: '账号录错', ...sum, ...over }, { signedBy })
  const notes = [{ face: '100', count: 5 }]
  const back = { place: places.slot, counted: notes }
  const three = ['storehead', 'keeper', 'keeper2']

  it('says on which account it is', () => {
    const story = onAccount()
    reverse(story, { to: other }, []).refusedWith('step.countersignature-missing')
    reverse(story, { to: other }).gives('MoneyReversed', { from: account, to: other, amount: '500' })
    expect(story.item.custody).to.deep.equal({ state: 'deposited', ...other })
  })
  it('says that the notes never left the safe, counted by two keepers', () => {
    const story = onAccount()
    reverse(story, { back }).refusedWith('step.countersignature-missing')
    reverse(story, { back: { ...back, counted: [{ face: '100', count: 4 }] } }, three).refusedWith(
      'money.other-amount',
      {
        amount: '400',
      },
    )
    reverse(story, { back }, three).gives('MoneyReversed')
    expect(story.item.custody).to.include({ state: 'stored', place: places.slot })
    expect(story.item.details).to.deep.equal({ denominations: notes })
    expect(deposit(story).item.custody.state, 'and is deposited again').to.equal('deposited')
  })
  it('brings back what the bank sent back, and its end is decided anew', () => {
    const story = onAccount().and(returnApproved())
    pay(story)
    reverse(story, { back }, three).refusedWith('money.paid-out')
    reverse(story, { to: account }).gives('MoneyReversed', { from: account, to: account })
    expect(story.item).to.deep.include({ custody: { state: 'deposited', ...account }, disposition: { state: 'none' } })
    expect(() => story.take('officer', 'return.propose', proposal())).not.to.throw()
  })
  it('is one way or the other, of what was booked', () => {
    const story = onAccount()
    reverse(story, {}).refusedWith('money.one-way')
    reverse(story, { to: other, back }, three).refusedWith('money.one-way')
    reverse(story, { to: account }).refusedWith('money.same-account')
    reverse(stored(), { to: other }).refusedWith('money.nothing-booked')
    const handed = given(
      cash(),
      received(),
      returnApproved(),
      taken('keeper', 'return.hand-over', handOver(), { signedBy: ['keeper2'] }),
    )
    reverse(handed, { to: other }).refusedWith('money.nothing-booked')
    reverse(onAccount().and(returnApproved()), { back }, three).refusedWith('money.docket-open')
  })
  it('puts notes back into a store of their own agency', () => {
    const story = onAccount()
    const slot = story.world.places.get(places.slot)!
    story.world.places.set(places.slot, { ...slot, agency: 'proc' })
    reverse(story, { back }, three).refusedWith('money.other-store')
  })
})
