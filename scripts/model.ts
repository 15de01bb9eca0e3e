// The model-based test of the rules at length: `npm run model -- --steps 100000 [--seed 7]`.

import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'

const stepsOfARun = 200
const { values } = parseArgs({ options: { steps: { type: 'string', default: '100000' }, seed: { type: 'string' } } })
const steps = Number(values.steps)
if (!Number.isInteger(steps) || steps < 1) {
  console.error('--steps takes a whole number of steps to try, such as 100000.')
  process.exit(2)
}
const env = {
  ...process.env,
  MODEL_RUNS: String(Math.ceil(steps / stepsOfARun)),
  MODEL_SEED: values.seed ?? String(Date.now() % 1_000_000),
}
console.log(`${env.MODEL_RUNS} histories of about ${stepsOfARun} steps from seed ${env.MODEL_SEED}`)
spawn('npx', ['mocha', 'test/custody/model.test.ts'], { env, stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1
})
