// Lists that leave the page: readable by spreadsheets, and never run by them.

import { expect } from 'chai'
import { csvOf } from '../../client/ui/csv.ts'

describe('a list as CSV', () => {
  it('begins with the mark of UTF-8, ends its lines with CRLF and quotes what must be quoted', () => {
    expect(
      csvOf([
        ['编码', '名称'],
        ['E-1', '手机，"黑色", 1 部\n有划痕'],
      ]),
    ).to.equal('\ufeff编码,名称\r\nE-1,"手机，""黑色"", 1 部\n有划痕"\r\n')
  })

  it('keeps cells that begin like a formula from being one', () => {
    for (const sign of ['=', '+', '-', '@', '\t', '\r'])
      expect(csvOf([[`${sign}HYPERLINK(1)`]]).replaceAll('"', '')).to.equal(`\ufeff'${sign}HYPERLINK(1)\r\n`)
    expect(csvOf([['a=1', '1-2']])).to.equal('\ufeffa=1,1-2\r\n')
  })
})
