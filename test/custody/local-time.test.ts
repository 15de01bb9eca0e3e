// The date on the wall of an agency, not that of Greenwich.

import { expect } from 'chai'
import { clockIn, dayIn, isTimeZone } from '../../server/custody/local-time.ts'

describe('local time', () => {
  it('is already the next day in Shanghai when it is evening in Greenwich', () => {
    expect(clockIn('Asia/Shanghai', '2026-11-25T19:25:00.000Z')).to.equal('2026-11-26 03:25')
    expect(dayIn('Asia/Shanghai', '2026-11-25T19:25:00.000Z')).to.equal('2026-11-26')
    expect(dayIn('Asia/Urumqi', '2026-11-25T17:59:59.999Z')).to.equal('2026-11-25')
    expect(dayIn('America/New_York', '2026-01-01T04:59:00Z')).to.equal('2025-12-31')
  })

  it('says midnight as the beginning of a day', () => {
    expect(clockIn('Asia/Shanghai', '2025-12-31T16:00:00.000Z')).to.equal('2026-01-01 00:00')
  })

  it('knows time zones by their names', () => {
    for (const name of ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'UTC'])
      expect(isTimeZone(name), name).to.equal(true)
    for (const name of ['', 'Mars/Olympus', 'Asia/Shanghai ', '北京时间'])
      expect(isTimeZone(name), name).to.equal(false)
  })
})
