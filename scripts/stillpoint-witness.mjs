#!/usr/bin/env node
// Runs a witness for other agencies' logs; `--help` tells how.

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`A witness needs Node.js 20.19 or later; this is ${process.versions.node}.`)
  process.exit(1)
}

const { register } = await import('tsx/esm/api').catch(() => {
  console.error('The packages are not installed yet. Run "npm ci" first.')
  process.exit(1)
})
register()
await import('./witness.ts')
