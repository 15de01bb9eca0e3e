// A thread that does the least there is to do with entries: SHA-256 and JSON.parse; see verify.ts.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

parentPort.on('message', () => {
  for (const file of workerData) {
    const bundle = readFileSync(file)
    for (let at = 0; at < bundle.length; ) {
      const end = at + 2 + bundle.readUInt16BE(at)
      const body = bundle.subarray(at + 2, end)
      createHash('sha256').update(body).digest()
      JSON.parse(body.toString())
      at = end
    }
  }
  parentPort.postMessage('done')
})
