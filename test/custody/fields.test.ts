// What may be written in a field: what is seen, and nothing else.

import { expect } from 'chai'
import fc from 'fast-check'
import type { z } from 'zod'
import { caseNo, idNumber, longText, particular, text } from '../../server/custody/fields.ts'

const reasonsOf = (type: z.ZodType, value: string): unknown[] =>
  (type.safeParse(value).error?.issues ?? []).map(
    (issue) => (issue as { params?: { reason?: string } }).params?.reason ?? issue.code,
  )
const fields = { text: text(), longText: longText(), caseNo: caseNo(), particular: particular(), idNumber: idNumber() }

describe('text in a field', () => {
  for (const [name, type] of Object.entries(fields)) {
    it(`of ${name} turns no direction of writing and holds no controls`, () => {
      for (const sign of ['\u202e', '\u202a', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c'])
        expect(reasonsOf(type, `张${sign}三`), sign.codePointAt(0)!.toString(16)).to.deep.equal(['direction'])
      for (const sign of ['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u009b'])
        expect(reasonsOf(type, `张${sign}三`), sign.codePointAt(0)!.toString(16)).to.deep.equal(['control'])
    })

    it(`of ${name} is blank when nothing of it is seen`, () => {
      for (const nothing of ['\u200b', '\u200b\ufeff \u2060', '\u3164', '\u00ad', '\u{e0041}', '\ufe0f', ' \u3000 '])
        expect(reasonsOf(type, nothing), nothing.codePointAt(0)!.toString(16)).to.include('blank')
    })
  }

  it('loses what is not seen, and keeps the rest', () => {
    expect(text().parse('\ufeff张\u200b三\u00ad ')).to.equal('张三')
    expect(text().parse('葛\u{e0100}某 é ⼈ ㎏ 𠮷')).to.equal('葛某 é ⼈ ㎏ 𠮷')
    expect(text().parse('e\u200d\u0301')).to.equal('é')
  })

  it('stands on one line, unless it is long', () => {
    expect(text().parse('黑色\r\n手机\t一部\u2028完好')).to.equal('黑色 手机 一部 完好')
    expect(longText().parse('第一行\n\t第二行')).to.equal('第一行\n\t第二行')
  })

  it('is as it was when it is taken in again', () => {
    for (const type of [text(3000), longText(3000)])
      fc.assert(
        fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (written) => {
          const { success, data } = type.safeParse(written)
          if (success) expect(type.parse(data)).to.equal(data)
        }),
      )
  })
})
