// The first agency and its administrator, through the link that the server prints while the ledger is empty.

import { z } from 'zod'
import { agencyId, login, text } from '../custody/fields.ts'
import { Denied } from '../people/denied.ts'
import { NewPassword, setPassword } from '../people/passwords.ts'
import { isSetupToken } from '../people/tokens.ts'
import { establish } from '../perform.ts'
import type { HttpParts } from './parts.ts'
import { openRoute, type Route } from './route.ts'

const Setup = z.strictObject({
  token: z.string().min(20).max(100),
  agency: z.strictObject({ id: agencyId(), name: text(80), type: z.enum(['police', 'procuratorate', 'court']) }),
  admin: z.strictObject({ login: login(), name: text(60), number: text(40), password: NewPassword }),
})

export function setupRoutes(parts: HttpParts): Route[] {
  const { pool, secret, directory, log } = parts
  return [
    openRoute({
      method: 'post',
      path: '/api/setup',
      summary: 'Found the first agency with its administrator; once, with the token of the setup link',
      body: Setup,
      status: 201,
      gives: z.object({ login: z.string() }),
      handle: async ({ body: { token, agency, admin } }) => {
        if (!isSetupToken(secret, token)) throw new Denied('setup.wrong-link')
        const { password, ...person } = admin
        // Refuses unless the ledger is empty.
        await establish(parts, { agency, admin: person })
        const founded = await directory.byLogin(admin.login)
        await setPassword(pool, founded!.id, password)
        log.info({ agency: agency.id, login: admin.login }, 'installation founded')
        return { login: admin.login }
      },
    }),
  ]
}
