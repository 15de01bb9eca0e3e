// Random texts that open something once, and how they are kept: as hashes.

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 in hex. */
export const tokenHash = (token: string): string => sha256(token).toString('hex')

/** The token of the setup link, from the secret of the installation: every server of it prints the same. */
export const setupToken = (secret: string): string => createHmac('sha256', secret).update('setup').digest('base64url')

export const isSetupToken = (secret: string, token: string): boolean =>
  timingSafeEqual(sha256(token), sha256(setupToken(secret)))

const sha256 = (text: string) => createHash('sha256').update(text).digest()
