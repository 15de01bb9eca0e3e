// How fast a scanned code is answered, against an answer that takes no look at anything.

import { type Comparison, median, perSecond } from './figures.ts'
import { rateOf, type Visitor } from './visitor.ts'

/** `codes` for one round; every round asks for all of them. The first round is to get warm. */
export async function lookUps(
  visitors: readonly Visitor[],
  codes: readonly string[],
  rounds: number,
): Promise<Comparison> {
  const rates: { codes: number; health: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const health = await rateOf(visitors, codes, (visitor) => visitor.get('/health'))
    const looked = await rateOf(visitors, codes, (visitor, code) => visitor.get(`/api/codes/${code}`))
    if (round > 0) rates.push({ codes: looked, health })
  }
  return {
    name: `look-up of a scanned code, ${visitors.length} clients, against /health`,
    ours: perSecond(median(rates.map((rate) => rate.codes))),
    bare: perSecond(median(rates.map((rate) => rate.health))),
    ratio: median(rates.map((rate) => rate.codes / rate.health)),
    floor: { atLeast: 0.5 },
  }
}
