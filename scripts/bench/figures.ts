// Numbers as the benchmark reports them: medians, percentiles, and the table with its floors.

/** One comparison: what was measured on both sides, and the floor that the ratio must not miss. */
export type Comparison = {
  name: string
  ours: string
  bare: string
  ratio: number
  /** `atLeast` for rates, `atMost` for times. */
  floor: { atLeast: number } | { atMost: number }
  aim?: number
}

export type Note = { name: string; value: string }

export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('No values to take a percentile of.')
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export const perSecond = (rate: number): string => `${rate.toFixed(rate < 100 ? 1 : 0)}/s`
export const inMs = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 1)} ms`
export const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`

export const isMissed = ({ ratio, floor }: Comparison): boolean =>
  !('atLeast' in floor ? ratio >= floor.atLeast : ratio <= floor.atMost)

/** The table in Markdown, so that it can stand in the README as it is printed. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((it) => {
    const floor = 'atLeast' in it.floor ? `≥ ${it.floor.atLeast}` : `≤ ${it.floor.atMost}`
    const aim = it.aim === undefined ? '' : ` (aim ${it.aim})`
    return [it.name, it.ours, it.bare, it.ratio.toFixed(2), floor + aim, isMissed(it) ? 'MISSED' : 'ok']
  })
  return lined([['what', 'Stillpoint', 'compared with', 'ratio', 'floor', ''], ...rows])
}

export const notesOf = (notes: readonly Note[]): string =>
  lined([['what', 'value'], ...notes.map(({ name, value }) => [name, value])])

function lined([head, ...rows]: string[][]): string {
  const widths = head!.map((_, column) => Math.max(...[head!, ...rows].map((row) => row[column]!.length)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
