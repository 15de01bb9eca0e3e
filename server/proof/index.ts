// Checking a log from bytes and public keys alone, in a browser as well as in Node; shares no code with what writes it.

export * from './bytes.ts'
export * from './checkpoint.ts'
export * from './cosignature.ts'
export { ProofError } from './error.ts'
export * from './hash.ts'
export * from './note.ts'
export * from './policy.ts'
export * from './tiles.ts'
export * from './tree.ts'
