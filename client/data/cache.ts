// The cache of what was read. The server is the truth: live lines only mark what is here as old.

import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './request.ts'

const RETRIES = 3

export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < RETRIES && !(error instanceof ProblemError && error.problem.status < 500),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
