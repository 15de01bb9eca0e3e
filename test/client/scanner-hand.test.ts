/** Hand scanner or person? Key presses with their times go in, readings come out. */
import { expect } from 'chai'
import { NO_BURST, type Outcome, type Press, press, silence } from '../../client/scanner/burst.ts'
import { checkCharacter } from '../../server/custody/codes.ts'

const CODE = `E4F7Q2M8K3X${checkCharacter('E4F7Q2M8K3X')}`
const MISREAD = `${CODE.slice(0, -1)}${CODE.endsWith('A') ? 'B' : 'A'}`

type Typing = { gapMs?: number; from?: number; inField?: boolean; composing?: boolean; repeat?: boolean }

/** The presses of a text; `⏎` is Enter, `⇥` is Tab. A scanner holds Shift for capital letters, as real ones do. */
function keysOf(
  text: string,
  { gapMs = 8, from = 1000, inField = false, composing = false, repeat = false }: Typing = {},
) {
  let at = from
  const one = (key: string, code: string): Press => {
    const made = { key, code, at, composing, inField, repeat, modified: false }
    at += gapMs
    return made
  }
  return [...text].flatMap((character) => {
    if (character === '⏎') return [one('Enter', 'Enter')]
    if (character === '⇥') return [one('Tab', 'Tab')]
    if (/[0-9]/.test(character)) return [one(composing ? 'Process' : character, `Digit${character}`)]
    const letter = one(composing ? 'Process' : character, `Key${character.toUpperCase()}`)
    return /[A-Z]/.test(character) ? [{ ...letter, key: 'Shift', code: 'ShiftLeft' }, letter] : [letter]
  })
}

function play(...presses: Press[]): { outcomes: Outcome[]; read: string[]; refused: string[]; last: Outcome } {
  let burst = NO_BURST
  const outcomes = presses.map((one) => {
    const outcome = press(burst, one)
    burst = outcome.burst
    return outcome
  })
  return {
    outcomes,
    read: outcomes.flatMap(({ text }) => (text === undefined ? [] : [text])),
    refused: outcomes.flatMap(({ refused }) => (refused ? [`${refused.reason} ${refused.text}`] : [])),
    last: outcomes.at(-1)!,
  }
}

describe('hand scanner', () => {
  describe('anywhere on the page', () => {
    for (const suffix of ['⏎', '⇥']) {
      it(`reads one of our codes ended by ${suffix} and keeps the suffix from the page`, () => {
        const { read, refused, last } = play(...keysOf(CODE + suffix))
        expect(read).to.deep.equal([CODE])
        expect(refused).to.deep.equal([])
        expect(last.consume).to.equal(true)
      })

      it(`reads a foreign label ended by ${suffix}`, () => {
        const { read, last } = play(...keysOf(`FANAVF14617104${suffix}`))
        expect(read).to.deep.equal(['FANAVF14617104'])
        expect(last.consume).to.equal(true)
      })
    }

    it('keeps a second suffix from the page, but not an Enter of a person afterwards', () => {
      for (const text of [CODE, 'FANAVF14617104']) {
        const { outcomes } = play(...keysOf(`${text}⏎⏎`), ...keysOf('⏎', { from: 5000 }))
        expect(outcomes.slice(-3).map(({ consume }) => consume === true)).to.deep.equal([true, true, false])
      }
    })

    it('needs no suffix after one of our codes', () => {
      expect(play(...keysOf(CODE)).read).to.deep.equal([CODE])
    })

    it('reads codes that follow each other at once', () => {
      const other = `S4F7Q2M8K3X${checkCharacter('S4F7Q2M8K3X')}`
      expect(play(...keysOf(`${CODE}⏎${other}⏎${CODE}⏎`)).read).to.deep.equal([CODE, other, CODE])
      expect(play(...keysOf(CODE + other + CODE)).read).to.deep.equal([CODE, other, CODE])
    })

    it('reads small letters, which Caps Lock makes of capital ones', () => {
      expect(play(...keysOf(`${CODE.toLowerCase()}⏎`)).read).to.deep.equal([CODE.toLowerCase()])
    })

    it('hands on a code with a wrong check character, to be refused', () => {
      expect(play(...keysOf(`${MISREAD}⏎`)).read).to.deep.equal([MISREAD])
    })

    it('loses none of a thousand bursts with gaps up to 49 ms', () => {
      const bursts = Array.from({ length: 1000 }, (_, number) =>
        keysOf(`${CODE}⏎`, { gapMs: 1 + (number % 49), from: number * 1000 }),
      )
      expect(play(...bursts.flat()).read).to.have.length(1000)
    })

    it('takes no gap of 50 ms for a burst', () => {
      const { read, outcomes } = play(...keysOf(`${CODE}⏎`, { gapMs: 50 }))
      expect(read).to.deep.equal([])
      expect(outcomes.some(({ consume }) => consume)).to.equal(false)
    })

    it('forgets what was typed before the burst', () => {
      expect(play(...keysOf('ab', { from: 0 }), ...keysOf(`${CODE}⏎`)).read).to.deep.equal([CODE])
    })

    it('takes two or three quick keys and Enter for a person', () => {
      const { read, last } = play(...keysOf('abc⏎', { gapMs: 40 }))
      expect(read).to.deep.equal([])
      expect(last.consume).to.equal(undefined)
    })

    it('tells of a burst that never ended, when the next one begins or silence falls', () => {
      expect(play(...keysOf('FANAVF', { from: 0 }), ...keysOf(`${CODE}⏎`))).to.deep.include({
        read: [CODE],
        refused: ['unfinished FANAVF'],
      })
      expect(silence(play(...keysOf(MISREAD)).last.burst).refused).to.deep.equal({
        reason: 'unfinished',
        text: MISREAD,
      })
      expect(silence(NO_BURST).refused).to.equal(undefined)
    })

    it('never takes silence for the end of a reading', () => {
      expect(silence(play(...keysOf('FANAVF14617104')).last.burst).text).to.equal(undefined)
    })

    it('is not set off by a key held down', () => {
      const { read } = play(...keysOf('aaaaaaaaaaaa', { gapMs: 30, repeat: true }), ...keysOf('⏎', { from: 1370 }))
      expect(read).to.deep.equal([])
    })

    it('is not set off by keyboard shortcuts', () => {
      const shortcuts = keysOf('asdfasdf').map((one) => ({ ...one, modified: true }))
      expect(play(...shortcuts, ...keysOf('⏎', { from: 1064 })).read).to.deep.equal([])
    })

    it('ends with an arrow, Escape or Backspace in the middle', () => {
      const keys = keysOf(`${CODE}⏎`)
      const arrow = { ...keys[9]!, key: 'ArrowLeft', code: 'ArrowLeft' }
      expect(play(...keys.slice(0, 9), arrow, ...keys.slice(9)).read).to.not.include(CODE)
    })
  })

  describe('with the focus in a field', () => {
    const inField = true

    it('reads one of our codes and takes it out of the field, the suffix too', () => {
      const { read, outcomes, last } = play(...keysOf(`${CODE}⏎`, { inField }))
      expect(read).to.deep.equal([CODE])
      expect(outcomes.filter(({ takeBack }) => takeBack)).to.have.length(1)
      expect(outcomes.at(-2)).to.include({ takeBack: true, consume: true, text: CODE })
      expect(last).to.include({ consume: true })
    })

    it('remembers the field as it was before the burst, not before what was typed ahead of it', () => {
      const { outcomes } = play(...keysOf('abc', { gapMs: 200, from: 0, inField }), ...keysOf(CODE, { inField }))
      const starts = outcomes.flatMap(({ starts }, index) => (starts ? [index] : []))
      expect(starts.slice(0, 4)).to.deep.equal([0, 1, 2, 4])
      expect(starts).to.have.length(4)
    })

    it('leaves typing alone, however it is ended', () => {
      for (const text of ['hello⏎', `${CODE}⏎`, 'E4F7⇥']) {
        const { read, refused, outcomes } = play(...keysOf(text, { gapMs: 90, inField }))
        expect(read).to.deep.equal([])
        expect(refused).to.deep.equal([])
        expect(outcomes.some(({ consume, takeBack }) => consume || takeBack)).to.equal(false)
      }
    })

    it('leaves foreign labels and misread codes in the field, where they were scanned to', () => {
      for (const text of ['FANAVF14617104⏎', `${MISREAD}⏎`]) {
        const { read, refused, outcomes, last } = play(...keysOf(text, { inField }))
        expect(read).to.deep.equal([])
        expect(refused).to.deep.equal([])
        expect(outcomes.some(({ consume, takeBack }) => consume || takeBack)).to.equal(false)
        expect(silence(last.burst).refused).to.equal(undefined)
      }
    })

    it('does not put together a burst that crosses from one field to another', () => {
      const keys = keysOf(CODE)
      const crossing = keys.map((one, index) => ({ ...one, inField: index > 6 }))
      expect(play(...crossing).read).to.deep.equal([])
    })
  })

  describe('under an input method', () => {
    const composing = true
    const inField = true

    it('leaves the composition alone and says why the scan did not count', () => {
      const { read, refused, outcomes } = play(...keysOf(`${CODE}⏎`, { inField, composing }))
      expect(read).to.deep.equal([])
      expect(refused).to.deep.equal([`input-method ${CODE}`])
      expect(outcomes.some(({ consume, takeBack }) => consume || takeBack)).to.equal(false)
    })

    it('says nothing of a person who composes quickly', () => {
      const { read, refused } = play(...keysOf('wuzhengbaoguan', { inField, composing, gapMs: 45 }))
      expect([...read, ...refused]).to.deep.equal([])
    })
  })
})
