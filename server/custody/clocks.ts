// The clocks that run on an item: several at once, each under the id of its deadline in domain.md. Pure.

/** `at` is when it is due. */
export type Due = { deadline: string; at: string }

/** From extraction to hand-in (D01), and from the end of what put the hand-in off (D02). Only hand-in ends them. */
export const handInClocks = ['D01', 'D02']

/** The clocks with one more, the soonest first; it takes the place of one under the same id. */
export const withClock = (clocks: readonly Due[], due: Due): Due[] =>
  [...withoutClocks(clocks, due.deadline), due].sort((one, other) => (one.at < other.at ? -1 : 1))

export const withoutClocks = (clocks: readonly Due[], ...deadlines: string[]): Due[] =>
  clocks.filter(({ deadline }) => !deadlines.includes(deadline))
