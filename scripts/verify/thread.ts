// A thread that examines bundles; see crew.ts.

import { parentPort, workerData } from 'node:worker_threads'
import { type Bundle, Examiner, type Task } from './examiner.ts'

const examiner = new Examiner(workerData as Task)
parentPort!.on('message', (bundle: Bundle) => parentPort!.postMessage(examiner.take(bundle)))
