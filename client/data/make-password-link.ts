// POST /api/people/{login}/password-link – a link with which a person sets their own password, once.

import { request } from './request.ts'

export type PasswordLink = { link: string; expiresAt: string }

/** Throws ProblemError `password.not-your-people`. An earlier link for the same person ends. */
export const makePasswordLink = (login: string): Promise<PasswordLink> =>
  request<PasswordLink>(`/people/${encodeURIComponent(login)}/password-link`, { method: 'POST', body: {} })
