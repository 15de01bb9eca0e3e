// Whether a page belongs to this server.

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** Same origin; on one's own machine `localhost` and `127.0.0.1` are the same, whichever was typed. */
export function isSameSite(origin: string, publicUrl: string): boolean {
  if (origin === publicUrl) return true
  if (!URL.canParse(origin)) return false
  const [theirs, ours] = [new URL(origin), new URL(publicUrl)]
  return (
    theirs.protocol === ours.protocol &&
    theirs.port === ours.port &&
    loopback.includes(theirs.hostname) &&
    loopback.includes(ours.hostname)
  )
}
