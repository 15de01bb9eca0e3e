// POST /api/setup and POST /api/password – the first administrator, and a new password, each through a one-time link.

import { request } from './request.ts'

export type Setup = {
  token: string
  agency: { id: string; name: string; type: 'police' | 'procuratorate' | 'court' }
  admin: { login: string; name: string; number: string; password: string }
}

/** Founds the first agency and its administrator. Throws ProblemError when the link is spent or unknown. */
export const setUp = (setup: Setup): Promise<void> => request('/setup', { method: 'POST', body: setup, open: true })

/** Throws ProblemError when the link is spent, too old or unknown, or the password too weak. */
export const setPassword = (change: { token: string; password: string }): Promise<void> =>
  request('/password', { method: 'POST', body: change, open: true })
