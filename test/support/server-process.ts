// One server process for tests that kill it: the real app on a given database. Arguments: the owner's address, port, data folder.

import pino from 'pino'
import { newLog, startApp } from '../../server/app.ts'
import { openDatabase } from '../../server/database/data-source.ts'
import { testConfig } from './server.ts'

const [adminUrl, port, dataDir] = process.argv.slice(2) as [string, string, string]
const publicUrl = `http://127.0.0.1:${port}`
const config = testConfig({ adminUrl }, dataDir, { port: Number(port), publicUrl })
const database = await openDatabase(config)
const app = await startApp(config, database, { log: newLog(pino.destination(2), 'warn'), print: () => {} })
console.log(app.address)
