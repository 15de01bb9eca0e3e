// What a reader cannot tell apart is one and the same.

import { expect } from 'chai'
import fc from 'fast-check'
import { folded, sameWriting } from '../../server/custody/folding.ts'

describe('folding', () => {
  const alike: [what: string, written: string, plain: string][] = [
    ['width and case', 'ｉＰｈｏｎｅ１５', 'iphone15'],
    ['brackets', '〔2026〕', '［2026］'],
    ['round brackets', '（2026）', '[2026]'],
    ['a Kangxi radical', '江城市⼈民检察院', '江城市人民检察院'],
    ['a radical of the supplement', '⻓江⻋', '长江车'],
    ['a stroke', '㇐号', '一号'],
    ['a compatibility ideograph', '\ufa19', '神'],
    ['a blank of no width', '江城\u200b市', '江城市'],
    ['a turn of direction', '江\u202e城市', '江城市'],
    ['a variation selector', '葛\u{e0100}', '葛'],
    ['a Hangul filler', 'a\u3164b', 'ab'],
    ['wide and doubled blanks', ' a\u3000\u00a0 b ', 'a b'],
    ['dashes', 'A—1', 'a-1'],
    ['dots in a name', '买买提•吐尔逊', '买买提·吐尔逊'],
  ]
  for (const [what, written, plain] of alike) {
    it(`sees through ${what}`, () => expect(folded(written)).to.equal(folded(plain)))
  }

  it('keeps apart what a reader tells apart', () => {
    const texts = ['江城市公安局', '江诚市公安局', '江城市公安', '一', '二', 'a b', 'ab', '土', '士', '未', '末']
    expect(new Set(texts.map(folded)).size).to.equal(texts.length)
  })

  it('has nothing left to fold in what is folded', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => folded(folded(text)) === folded(text)))
  })

  it('compares names without their blanks', () => {
    expect(sameWriting('张 三', '张三')).to.equal(true)
    expect(sameWriting('ＺＨＡＮＧ　ＳＡＮ', 'Zhang San')).to.equal(true)
    expect(sameWriting('张三', '张山')).to.equal(false)
  })
})
