// The language an answer is written in: `?lang=`, else what the browser prefers, else the installation's.

import type { Request } from 'express'
import { type Language, languages } from './parts.ts'

export function languageOf(request: Request, otherwise: Language): Language {
  const asked = request.query.lang
  if (languages.includes(asked as Language)) return asked as Language
  if (request.headers['accept-language'] === undefined) return otherwise
  const accepted = request.acceptsLanguages('zh-CN', 'zh', 'en')
  if (accepted === false) return otherwise
  return accepted === 'en' ? 'en' : 'zh-CN'
}
