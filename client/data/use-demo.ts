// GET /api/demo – the demonstration's sign-ins, none on a real installation.

import { useQuery } from '@tanstack/react-query'
import { request } from './request.ts'

export type DemoSignIn = { login: string; name: string; role: string; agencyName: string }
export type Demo = { demo: boolean; signIns: DemoSignIn[] }

/** The same for all of them; the server lets nobody but this machine in while they are there. */
export const DEMO_PASSWORD = 'stillpoint-demo'

/** Codes to practise scanning with, as PDF. */
export const PRACTICE_SHEET = '/api/demo/sheet'

export const useDemo = () =>
  useQuery({
    queryKey: ['demo'],
    queryFn: ({ signal }) => request<Demo>('/demo', { signal, open: true }),
    staleTime: Number.POSITIVE_INFINITY,
  })
