// Names of one log over its epochs: `police.example/custody`, after a loss of entries `police.example/custody/epoch-2`,
// and so on. Later epochs hold the entries of earlier ones, which keep the name they were written under.

/** The name of the first epoch, and the number of this one. */
function epochOf(origin: string): { name: string; epoch: number } {
  const [, name, epoch] = /^(.+)\/epoch-([1-9]\d{0,5})$/.exec(origin) ?? []
  return name === undefined || epoch === '1' ? { name: origin, epoch: 1 } : { name, epoch: Number(epoch) }
}

/** Whether an entry that names the log `earlier` may stand in the log `later`: the same, or an earlier epoch of it. */
export function isContinuedBy(earlier: string, later: string): boolean {
  const [before, after] = [epochOf(earlier), epochOf(later)]
  return before.name === after.name && before.epoch <= after.epoch
}
