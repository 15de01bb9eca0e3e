// Policies: what the file may say, and when witnesses are enough.

import { expect } from 'chai'
import fc from 'fast-check'
import { meetsQuorum, openUnderPolicy, ProofError, parsePolicy } from '../../server/proof/index.ts'
import { checkpointOf, codeOf, leavesOf, newKey, rootOver } from '../support/reference-log.ts'

const log = newKey('log.example')
const [w1, w2, w3] = ['w1.example', 'w2.example', 'w3.example'].map((name) => newKey(name, 4)) as [
  ReturnType<typeof newKey>,
  ReturnType<typeof newKey>,
  ReturnType<typeof newKey>,
]
const witnesses = [
  `witness police ${w1.vkey}`,
  `witness procuratorate ${w2.vkey} https://w2.example/`,
  `witness court ${w3.vkey}`,
]
const policyOf = (...lines: string[]) => parsePolicy(Buffer.from(lines.map((line) => `${line}\n`).join('')))

describe('a policy', () => {
  it('names logs, witnesses, groups and a quorum', () => {
    const policy = policyOf(
      '# who is trusted',
      `log ${log.vkey} https://log.example/`,
      '',
      ...witnesses,
      '\t # indented',
      '  group\tagencies   2 police procuratorate court  ',
      'quorum agencies',
    )
    expect(policy.logs.map(({ key, url }) => [key.name, url])).to.deep.equal([[log.name, 'https://log.example/']])
    expect([...policy.witnesses].map(([name, { key, url }]) => [name, key.name, url])).to.deep.equal([
      ['police', w1.name, undefined],
      ['procuratorate', w2.name, 'https://w2.example/'],
      ['court', w3.name, undefined],
    ])
    expect([...policy.groups]).to.deep.equal([
      ['agencies', { threshold: 2, members: ['police', 'procuratorate', 'court'] }],
    ])
    expect(policy.quorum).to.equal('agencies')
  })

  it('may be nothing but "quorum none"', () => {
    expect(policyOf('quorum none')).to.deep.equal({ logs: [], witnesses: new Map(), groups: new Map(), quorum: 'none' })
    expect(meetsQuorum(policyOf('quorum none'), [])).to.equal(true)
  })

  it('takes names as they are, in UTF-8 or in other octets', () => {
    const named = (name: string, encoding: 'utf8' | 'latin1') =>
      parsePolicy(Buffer.from(`witness ${name} ${w1.vkey}\nquorum ${name}\n`, encoding))
    expect(named('公安', 'utf8').quorum).to.equal('公安')
    // "é" as one octet is not UTF-8, and still a name.
    const policy = named('caf\xe9', 'latin1')
    expect(meetsQuorum(policy, policy.witnesses.keys())).to.equal(true)
    // A Kelvin sign is not a K.
    expect(() => policyOf(`witness \u212a ${w1.vkey}`, 'quorum K')).to.throw(ProofError)
  })

  it('may be large', () => {
    const many = Array.from({ length: 40 }, (_, n) => n)
    const policy = policyOf(
      ...many.map((n) => `log ${newKey(`log${n}`).vkey}`),
      ...many.map((n) => `witness w${n} ${newKey(`w${n}`, 4).vkey}`),
      'group g0 any w0',
      ...many.slice(1).map((n) => `group g${n} all g${n - 1} w${n}`),
      'quorum g39',
    )
    expect(
      meetsQuorum(
        policy,
        many.map((n) => `w${n}`),
      ),
    ).to.equal(true)
    expect(
      meetsQuorum(
        policy,
        many.slice(1).map((n) => `w${n}`),
      ),
    ).to.equal(false)
  })

  const refused: [string, string[]][] = [
    ['no quorum', witnesses],
    ['two quorums', ['quorum none', 'quorum none']],
    ['a quorum of somebody unknown', ['quorum police']],
    ['a quorum before its witness', ['quorum police', witnesses[0]!]],
    ['a quorum of two', [...witnesses, 'quorum police court']],
    ['a word of its own', ['logs x', 'quorum none']],
    ['a keyword in capitals', ['Quorum none']],
    ['a log without key', ['log', 'quorum none']],
    ['a log with a broken key', [`log ${log.vkey}A`, 'quorum none']],
    ['a log with two addresses', [`log ${log.vkey} a b`, 'quorum none']],
    ['a log with a witness key', [`log ${w1.vkey}`, 'quorum none']],
    ['a log twice', [`log ${log.vkey}`, `log ${log.vkey} https://other.example/`, 'quorum none']],
    ['a witness with a log key', [`witness w ${log.vkey}`, 'quorum none']],
    ['a witness twice, under two names', [`witness a ${w1.vkey}`, `witness b ${w1.vkey}`, 'quorum none']],
    ['a name twice', [`witness a ${w1.vkey}`, `witness a ${w2.vkey}`, 'quorum none']],
    ['a group with the name of a witness', [...witnesses, 'group court any police', 'quorum none']],
    ['a witness called none', [`witness none ${w1.vkey}`, 'quorum none']],
    ['a group called none', [...witnesses, 'group none any police', 'quorum none']],
    ['a group of none', [...witnesses, 'group g any none', 'quorum g']],
    ['a group of nobody', [...witnesses, 'group g any', 'quorum none']],
    ['a group with a member below it', ['group g any police', ...witnesses, 'quorum g']],
    ['a group in itself', [...witnesses, 'group g any police g', 'quorum g']],
    ['a member twice in a group', [...witnesses, 'group g 2 police police', 'quorum g']],
    ['a member in two groups', [...witnesses, 'group g any police', 'group h any police court', 'quorum h']],
    ['a threshold of 0', [...witnesses, 'group g 0 police', 'quorum g']],
    ['a threshold above all', [...witnesses, 'group g 4 police procuratorate court', 'quorum g']],
    ['a threshold in words', [...witnesses, 'group g two police court', 'quorum g']],
    ['a negative threshold', [...witnesses, 'group g -1 police court', 'quorum g']],
    ['ends of lines as Windows has them', ['quorum none\r']],
    ['DEL in a comment', ['# \x7f', 'quorum none']],
    ['NUL in a comment', ['# \0', 'quorum none']],
    ['a wide space between words', ['quorum\u3000none']],
  ]
  for (const [what, lines] of refused)
    it(`is refused with ${what}`, () => expect(codeOf(() => policyOf(...lines))).to.equal('wrong-policy'))

  it('is refused with the number of the line', () =>
    expect(() => policyOf('# a', '', 'quorum nobody')).to.throw(ProofError, 'Line 3 '))
})

describe('a quorum', () => {
  const three = policyOf(...witnesses, 'group agencies 2 police procuratorate court', 'quorum agencies')

  it('is met by as many as it says, each counted once', () => {
    expect(meetsQuorum(three, [])).to.equal(false)
    expect(meetsQuorum(three, ['court'])).to.equal(false)
    expect(meetsQuorum(three, ['court', 'court', 'court'])).to.equal(false)
    expect(meetsQuorum(three, ['court', 'police'])).to.equal(true)
    expect(meetsQuorum(three, ['court', 'somebody', 'else'])).to.equal(false)
    expect(meetsQuorum(three, ['agencies'])).to.equal(false)
  })

  it('may be of groups', () => {
    const keys = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map((name) => `witness ${name} ${newKey(name, 4).vkey}`)
    const policy = policyOf(
      ...keys,
      'group X-witnesses 2 X1 X2 X3',
      'group Y-witnesses any Y1 Y2 Y3',
      'group X-and-Y all X-witnesses Y-witnesses',
      'quorum X-and-Y',
    )
    fc.assert(
      fc.property(fc.subarray(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']), (names) => {
        const of = (letter: string) => names.filter((name) => name.startsWith(letter)).length
        expect(meetsQuorum(policy, names)).to.equal(of('X') >= 2 && of('Y') >= 1)
      }),
    )
  })
})

describe('a checkpoint under a policy', () => {
  const policy = policyOf(
    `log ${log.vkey}`,
    ...witnesses,
    'group agencies 2 police procuratorate court',
    'quorum agencies',
  )
  const text = checkpointOf(log.name, 7, rootOver(leavesOf(7)))
  const open = (...lines: string[]) => openUnderPolicy(`${text}\n${lines.join('')}`, policy)

  it('tells who cosigned it, by the names of the policy', () => {
    expect(open(log.sign(text))).to.deep.include({ cosignedBy: [], quorum: false })
    expect(open(log.sign(text), w3.cosign(text, 1n), w3.cosign(text, 2n))).to.deep.include({
      cosignedBy: ['court'],
      quorum: false,
    })
    const judged = open(log.sign(text), w3.cosign(text, 9n), w1.cosign(text))
    expect(judged).to.deep.include({ cosignedBy: ['police', 'court'], quorum: true })
    expect(judged.checkpoint.size).to.equal(7n)
    expect(judged.cosignatures.map(({ name, timestamp }) => [name, timestamp])[0]).to.deep.equal([w3.name, 9n])
  })

  it('is refused when the log has not signed it, however many witnesses have', () => {
    expect(codeOf(() => open(w1.cosign(text), w2.cosign(text), w3.cosign(text)))).to.equal('unsigned')
    expect(codeOf(() => open(log.sign(text), w1.cosign('x\n')))).to.equal('wrong-cosignature')
    expect(codeOf(() => openUnderPolicy(`${text}\n${log.sign(text)}`, policyOf('quorum none')))).to.equal('unknown-log')
  })

  it('of an empty log has the root of an empty tree', () => {
    const [right, wrong] = [rootOver([]), rootOver(leavesOf(1))].map((root) => checkpointOf(log.name, 0, root))
    expect(openUnderPolicy(`${right}\n${log.sign(right!)}`, policy).checkpoint.size).to.equal(0n)
    expect(codeOf(() => openUnderPolicy(`${wrong}\n${log.sign(wrong!)}`, policy))).to.equal('wrong-root')
  })
})
