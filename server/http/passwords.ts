// First passwords and forgotten ones: an administrator hands out a link, the person chooses.

import { z } from 'zod'
import { issueLink, redeemLink } from '../people/password-links.ts'
import { NewPassword } from '../people/passwords.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { openRoute, type Route, route } from './route.ts'

export function passwordRoutes({ pool, directory, sessions, endSockets, publicUrl, log }: HttpParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/people/:login/password-link',
      summary: 'A link with which this person sets a password, once, within three days; for administrators',
      params: z.strictObject({ login: z.string().max(80) }),
      body: z.strictObject({}),
      status: 201,
      gives: z.object({ link: z.url(), expiresAt: z.iso.datetime() }),
      handle: async ({ params: { login }, reader }) => {
        const person = found(await directory.byLogin(login), 'person.unknown', { login })
        const { token, expiresAt } = await issueLink(pool, reader.person, person)
        log.info({ login: reader.person.login, for: person.login }, 'password link issued')
        // Behind #, which browsers do not send: the token is in no log of a proxy.
        return { link: `${publicUrl}/password#${token}`, expiresAt }
      },
    }),

    openRoute({
      method: 'post',
      path: '/api/password',
      summary: 'Set the password of the person a link was made for; signs them out everywhere',
      body: z.strictObject({ token: z.string().min(20).max(100), password: NewPassword }),
      handle: async ({ body }) => {
        const personId = await redeemLink(pool, body.token, body.password)
        await sessions.endAllOf(personId)
        endSockets({ personId })
      },
    }),
  ]
}
