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
    for (const sign of ['＝', '＋', '－', '＠']) expect(csvOf([[`${sign}1`]])).to.equal(`\ufeff'${sign}1\r\n`)
    expect(csvOf([['a=1', 'b-2']])).to.equal('\ufeffa=1,b-2\r\n')
  })

  it('keeps every digit of what looks like a number and is none', () => {
    const kept = [
      '89860117801234567890',
      '00123',
      '4E10',
      '12e3',
      '1-2',
      '3/4',
      '330102199001010011',
      '1234567890.123456',
    ]
    expect(csvOf([kept])).to.equal(`\ufeff${kept.map((cell) => `'${cell}`).join(',')}\r\n`)
    const numbers = ['0', '12', '0.5', '10000', '1200.00', '2026-03-01', 'A-01', '0-A']
    expect(csvOf([numbers])).to.equal(`\ufeff${numbers.join(',')}\r\n`)
  })
})
