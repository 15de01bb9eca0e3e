// The statements of real commands, written down once, so that a bare client can send exactly the same ones.

import type pg from 'pg'

export type Statement = { name?: string; text: string; values?: unknown[] }
/** One command's statements, in order, from BEGIN to COMMIT. */
export type Recording = Statement[]

/** A pool whose clients work as ever and leave every statement in `recording`. */
export function recordingPool(pool: pg.Pool): { pool: pg.Pool; recording: Recording } {
  const recording: Recording = []
  const connect = async () => {
    const client = await pool.connect()
    const query = (asked: string | Statement, values?: unknown[]) => {
      recording.push(typeof asked === 'string' ? { text: asked, values } : asked)
      return typeof asked === 'string' ? client.query(asked, values) : client.query(asked)
    }
    return { query, release: () => client.release() }
  }
  return { pool: { connect } as unknown as pg.Pool, recording }
}

/**
 * Sends the statements one after the other. Only positions differ from those that were recorded: the head of the
 * ledger gives new ones, and they stand in the entries and in the lines of the movement log.
 */
export async function replay(client: pg.ClientBase, recording: Recording): Promise<void> {
  const recorded = Number(recording.find(({ name }) => name === 'ledger-append')!.values![0])
  let first = recorded
  for (const { name, text, values } of recording) {
    const { rows } = await client.query({ name, text, values: moved(name, values, first - recorded) })
    if (name === 'ledger-head') first = Number(rows[0].first)
  }
}

function moved(name: string | undefined, values: unknown[] | undefined, by: number): unknown[] | undefined {
  switch (name) {
    case 'ledger-append': {
      const [position, ...rest] = values!
      const [from, to] = String(rest.pop()).split('-').map(Number)
      return [Number(position) + by, ...rest, `${from! + by}-${to! + by}`]
    }
    case 'upsert movements':
      return [String(values![0]).replace(/"position":(\d+)/g, (_, position) => `"position":${Number(position) + by}`)]
    default:
      return values
  }
}
