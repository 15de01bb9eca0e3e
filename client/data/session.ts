// Signing in and out, and who is signed in.

import { useQuery } from '@tanstack/react-query'
import type { Me, SignIn } from '../../server/contract/session.ts'
import { cache } from './cache.ts'
import { unlock, watchIdle } from './lock.ts'
import { ProblemError, request } from './request.ts'

export type { Me }

const KEY = ['session']

async function readSession(): Promise<Me | null> {
  try {
    const me = await request<Me>('/session', { open: true })
    watchIdle(me.idleSeconds)
    return me
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return null
    throw error
  }
}

/** Who is signed in; `null` when nobody is, `undefined` while that is being asked. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: readSession,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
}

/** The person signed in. Only below the sign-in page. */
export function useMe(): Me['person'] {
  const { data } = useSession()
  if (!data) throw new Error('Nobody is signed in')
  return data.person
}

/** Why nothing may be recorded, if it may not. Only below the sign-in page. */
export const useReadOnly = (): Me['readOnly'] => useSession().data?.readOnly

/** Whether the person signed in has one of the roles. */
export function useHasRole(...roles: string[]): boolean {
  const me = useMe()
  return me.roles.some((role) => roles.includes(role))
}

/** Signs in. Throws ProblemError when login and password do not match or the account is locked. */
export async function signIn(credentials: SignIn): Promise<Me> {
  await request('/session', { method: 'POST', body: credentials, open: true })
  const before = cache.getQueryData<Me | null>(KEY)
  const me = await readSession()
  if (!me) throw new Error('Signed in, but there is no session')
  if (before && before.person.login !== me.person.login) {
    // Another person: nothing of the one before may stay in this page.
    window.location.assign('/')
    return new Promise(() => {})
  }
  cache.setQueryData(KEY, me)
  unlock()
  return me
}

export async function signOut(): Promise<void> {
  await request('/session', { method: 'DELETE', open: true })
  watchIdle(undefined)
  window.location.assign('/')
}
