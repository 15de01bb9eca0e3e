/** People who come to the agency in the course of a test, added and given their roles by its administrator. */
import type { Role } from '../../server/custody/subjects.ts'
import type { History } from './custody.ts'

let numbers = 0

export const hired =
  (login: string, ...roles: [Role, string][]): History =>
  (story) => {
    numbers += 1
    story.take('admin', 'person.add', { login, name: `新人${numbers}`, number: `09${numbers}`, unit: 'psb' })
    for (const [role, scope] of roles) story.take('admin', 'person.grant', { login, role, scope })
  }
