// The sign-ins of the demonstration, for the sign-in page.

import type { z } from 'zod'
import { DemoSignIns } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { openRoute, type Route } from './route.ts'

/** Named after their roles. */
export const demoLogins = [
  'officer',
  'officer2',
  'head',
  'keeper',
  'keeper2',
  'storehead',
  'legal',
  'leader',
  'principal',
  'finance',
  'inspector',
  'procurator',
  'judge',
  'admin',
]

export function demoRoutes({ demo, directory }: HttpParts): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/api/demo',
      summary: 'Whether this is a demonstration, and as whom one may sign in to it',
      gives: DemoSignIns,
      handle: async (): Promise<z.infer<typeof DemoSignIns>> => {
        if (!demo) return { demo, signIns: [] }
        const people = await Promise.all(demoLogins.map((login) => directory.byLogin(login)))
        const signIns = people.flatMap((person) =>
          person
            ? {
                login: person.login,
                name: person.name,
                role: person.grants[0]?.role ?? '',
                agencyName: person.agencyName,
              }
            : [],
        )
        return { demo, signIns }
      },
    }),
  ]
}
