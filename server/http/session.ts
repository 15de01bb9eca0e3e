// Signing in and out, who is signed in, and one's own password.

import { z } from 'zod'
import { type Me, SignIn } from '../contract/session.ts'
import type { Refusal } from '../custody/define.ts'
import { heldBy, isRunning } from '../custody/delegation.ts'
import type { Person } from '../custody/subjects.ts'
import { Denied } from '../people/denied.ts'
import { attempt } from '../people/failures.ts'
import { isPasswordOf, NewPassword, setPassword } from '../people/passwords.ts'
import { idleSeconds } from '../people/sessions.ts'
import { prove } from '../people/sign-in.ts'
import { SignedIn } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { openRoute, type Route, route } from './route.ts'

function meOf(person: Person, now: string, halted?: Refusal): Me {
  const { id, login, name, number, unit, unitName, agency, agencyName, grants } = person
  const standsIn = heldBy(person, now).filter((each) => isRunning(each, now))
  const roles = [...new Set([...grants, ...standsIn].map(({ role }) => role))]
  return {
    person: { id, login, name, number, unit, unitName, agency, agencyName, roles, grants, standsIn },
    idleSeconds,
    ...(halted ? { readOnly: { code: halted.code, params: halted.params } } : {}),
  }
}

export function sessionRoutes({ pool, directory, sessions, endSockets, log, halted }: HttpParts): Route[] {
  return [
    openRoute({
      method: 'post',
      path: '/api/session',
      summary: 'Sign in',
      body: SignIn,
      gives: SignedIn,
      handle: async ({ body, request }) => {
        const person = await prove(pool, directory, { ...body, address: request.ip ?? '' })
        const before = request.sessionID
        await sessions.begin(request, person)
        endSockets({ sid: before })
        log.info({ login: person.login }, 'signed in')
        return meOf(person, new Date().toISOString(), halted())
      },
    }),

    route({
      method: 'get',
      path: '/api/session',
      summary: 'Who is signed in',
      gives: SignedIn,
      handle: async ({ reader }) => meOf(reader.person, reader.now, halted()),
    }),

    openRoute({
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out',
      handle: async ({ request, response }) => {
        const { sessionID: sid } = request
        await sessions.end(request, response)
        endSockets({ sid })
      },
    }),

    route({
      method: 'post',
      path: '/api/session/password',
      summary: 'Choose another password of one’s own; signs out everywhere else',
      body: z.strictObject({ current: z.string().min(1).max(256), password: NewPassword }),
      handle: async ({ body, reader, request }) => {
        const { person, sid } = reader
        const who = { login: person.login, address: request.ip ?? '' }
        if (!(await attempt(pool, who, () => isPasswordOf(pool, person.id, body.current))))
          throw new Denied('password.wrong')
        await setPassword(pool, person.id, body.password)
        await sessions.endAllOf(person.id, sid)
        endSockets({ personId: person.id, except: sid })
      },
    }),
  ]
}
