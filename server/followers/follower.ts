// Readers of the ledger, each with a name and a position. This file: the one loop they all are.

export type Follower = {
  readonly name: string
  /** Position of the last row that was dealt with. */
  position: () => number
  /** There may be something new. */
  wake: () => void
  /** Settles when the position has moved, or the follower is closed. */
  moved: () => Promise<void>
  close: () => Promise<void>
}

type Following<Row extends { position: number }> = {
  name: string
  /** The position after which it begins. */
  after: number
  /** Rows after a position, ascending. */
  read: (after: number, limit: number) => Promise<Row[]>
  /** When it has returned, the row is done: what happens in the same turn sees the new position. */
  deal: (row: Row) => void
  /** Reading or dealing failed; it tries again from the same position. */
  failed: (error: unknown) => void
  everyMs?: number
}

const pageSize = 500
const pauseAfterFailureMs = 1_000

/** Reads on when woken, and every few seconds in case a notice was missed. */
export function follow<Row extends { position: number }>(following: Following<Row>): Follower {
  const { name, read, deal, failed, everyMs = 3_000 } = following
  let position = following.after
  let closed = false
  let woken = false
  let goOn = () => {}
  let tellMoved = () => {}
  let moved = new Promise<void>((tell) => {
    tellMoved = tell
  })

  const announce = () => {
    const tell = tellMoved
    moved = new Promise<void>((next) => {
      tellMoved = next
    })
    tell()
  }

  const readOn = async () => {
    for (;;) {
      const rows = await read(position, pageSize)
      if (closed) return
      for (const row of rows) {
        deal(row)
        position = row.position
      }
      if (rows.length > 0) announce()
      if (rows.length < pageSize) return
    }
  }

  const loop = async () => {
    while (!closed) {
      woken = false
      let pauseMs = everyMs
      try {
        await readOn()
      } catch (error) {
        if (!closed) failed(error)
        pauseMs = pauseAfterFailureMs
      }
      if (woken || closed) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        goOn = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const ended = loop()

  return {
    name,
    position: () => position,
    wake: () => {
      woken = true
      goOn()
    },
    moved: () => moved,
    close: async () => {
      closed = true
      goOn()
      announce()
      await ended
    },
  }
}
