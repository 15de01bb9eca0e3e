// One candidate for the lead of the tree, for tests that stop or kill it. Arguments: the signer's address, the key's file,
// milliseconds of silence after which the database gives it up. Prints `ready`, then the size of each checkpoint.

import { leadTree } from '../../server/followers/tree.ts'
import { openLogKey } from '../../server/ledger/sign.ts'

const [url, keyFile, silentMs] = process.argv.slice(2) as [string, string, string]
const origin = 'test.example/ledger'
const key = await openLogKey(keyFile, origin)
const leader = leadTree({
  url,
  origin,
  key,
  silentMs: Number(silentMs),
  onCheckpoint: ({ size }) => console.log(size),
  failed: (error) => console.error(String(error)),
})
setInterval(leader.wake, 50)
console.log('ready')
