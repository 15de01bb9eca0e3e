// The built screens: files that never change under one name, and one page for every address that is not a file.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { nonceOf } from './headers.ts'
import { languageOf } from './languages.ts'
import type { HttpParts } from './parts.ts'
import { Missing } from './problems.ts'

export async function screens({ screens: folder, sentence, language }: HttpParts): Promise<Router> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined)
  const router = Router()
  const index: RequestHandler = (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    if (page === undefined)
      response
        .status(503)
        .type('text')
        .send(sentence('request.no-screens', {}, languageOf(request, language)))
    else response.type('html').send(page.replaceAll('__CSP_NONCE__', nonceOf(response)))
  }
  router.get('/index.html', index)
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  router.use(express.static(folder, { index: false, redirect: false }))
  // A missing file is missing; everything else is an address of a screen.
  router.get(/^\/(?!assets\/|api\/|socket\.io\/)[^.]*$/, index)
  router.use(() => {
    throw new Missing('request.no-such-address')
  })
  return router
}
