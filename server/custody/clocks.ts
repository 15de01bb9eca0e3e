// The clocks that run on an item: several at once, each under the id of its deadline in domain.md. Pure.

/** `at` is when it is due. */
export type Due = { deadline: string; at: string }

/** From extraction to hand-in (D01), and from the end of what put the hand-in off (D02). Only hand-in ends them. */
export const handInClocks = ['D01', 'D02']

export const hoursAfter = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString()

type Clocked = { clocks: Due[]; due?: Due; handInHidden?: boolean }

/** What changes of an item when a clock begins; it takes the place of one under the same id. */
export function started({ clocks, due: last, handInHidden }: Clocked, due: Due): Clocked {
  // Version 1 of the rules knew one clock at a time, and so lost that of the hand-in.
  const hides = last !== undefined && handInClocks.includes(last.deadline) && !handInClocks.includes(due.deadline)
  return {
    clocks: [...without(clocks, due.deadline), due].sort((one, other) => (one.at < other.at ? -1 : 1)),
    due,
    ...(hides || handInHidden ? { handInHidden: true } : {}),
  }
}

/** What changes of an item when the clocks under these ids end; every other goes on. */
export const ended = ({ clocks, due, handInHidden }: Clocked, ...deadlines: string[]): Clocked => ({
  clocks: without(clocks, ...deadlines),
  due: due && deadlines.includes(due.deadline) ? undefined : due,
  handInHidden: handInClocks.some((each) => deadlines.includes(each)) ? undefined : handInHidden,
})

const without = (clocks: readonly Due[], ...deadlines: string[]): Due[] =>
  clocks.filter(({ deadline }) => !deadlines.includes(deadline))
