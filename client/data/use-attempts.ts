// GET /api/attempts – what separation of duties refused, for inspectors.

import type { AttemptCard } from '../../server/contract/attempts.ts'
import { usePages } from './pages.ts'

export const useAttempts = () => usePages<AttemptCard>('/attempts', 'attempts', { limit: 50 })
