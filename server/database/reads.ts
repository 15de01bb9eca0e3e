// Short reads by key that almost every request makes: who asks, what is this code.
//
// They share one connection and are sent without waiting for each other's answers (`pipeline` of pg), which takes half
// the work of a connection of one's own for each; those of one turn of the event loop go out together. A slow statement
// would hold up the others, so nothing else goes here.

import pg from 'pg'

export type Reads = Pick<pg.Pool, 'query'> & { close: () => Promise<void> }
/** Its connection is public, although the types leave it out. */
type Client = pg.Client & { connection: pg.Connection }

/** A read that hangs ends the connection, and with it all that wait behind it. */
const longestMs = 10_000

/** Connects with the first read, and again with the next one when the connection was lost. */
export function readsOn(url: string): Reads {
  let connection: Promise<Client> | undefined
  let closed = false

  const connected = (): Promise<Client> => {
    if (closed) throw new Error('Reading has ended.')
    if (connection) return connection
    const client = new pg.Client({
      connectionString: url,
      application_name: 'stillpoint reads',
      connectionTimeoutMillis: longestMs,
      query_timeout: longestMs,
      statement_timeout: longestMs,
      keepAlive: true,
      pipeline: true,
    }) as Client
    const connecting = client.connect().then(() => client)
    const forget = () => {
      if (connection === connecting) connection = undefined
    }
    // Whoever waits for an answer is told; the next read connects again.
    client.on('error', forget).once('end', forget)
    connecting.catch(forget)
    connection = connecting
    return connecting
  }

  const query = async (asked: pg.QueryConfig) => {
    const client = await connected()
    holdUntilNextTurn(client.connection)
    return client.query(asked)
  }
  return {
    query: query as Reads['query'],
    close: async () => {
      closed = true
      await (await connection?.catch(() => undefined))?.end()
    },
  }
}

/** Writing to a socket costs more than what is written: all that this turn still asks goes out with the first. */
function holdUntilNextTurn({ stream }: pg.Connection): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  setImmediate(() => stream.uncork())
}
