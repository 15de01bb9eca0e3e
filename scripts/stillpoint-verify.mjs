#!/usr/bin/env node
// Checks logs, proofs of items and receipts without a server; `--help` tells how.

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Checking needs Node.js 20.19 or later; this is ${process.versions.node}.`)
  process.exit(2)
}

const { register } = await import('tsx/esm/api').catch(() => {
  console.error('The packages are not installed yet. Run "npm ci" first.')
  process.exit(2)
})
register()
await import('./verify.ts')
