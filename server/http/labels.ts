// Labels to print, for anything that has a code.

import { z } from 'zod'
import type { Resolved } from '../contract/cards.ts'
import { parseCode } from '../custody/codes.ts'
import { newestLabel } from '../custody/item.ts'
import { dayIn } from '../custody/local-time.ts'
import { type LabelContent, renderLabels } from '../documents/labels.ts'
import { undrawnIn } from '../documents/typeface.ts'
import type { Reader } from '../people/reader.ts'
import { timeZoneOf } from '../views/people.ts'
import { resolveCode } from '../views/resolve.ts'
import type { HttpParts, Language } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

const most = 500

const Named = z.strictObject({
  /** Codes of items, places, people and dockets, with commas between them. */
  items: z
    .string()
    .max(most * 20)
    .transform((text) => text.split(',').filter((each) => each.trim() !== ''))
    .pipe(
      z
        .array(z.string().refine((text) => parseCode(text) !== undefined, { params: { reason: 'code' } }))
        .min(1)
        .max(most),
    ),
})
const Asked = Named.extend({
  format: z.enum(['pdf', 'png', 'svg', 'zpl']).default('pdf'),
  layout: z.enum(['roll', 'a4']).default('roll'),
  dpi: z
    .enum(['203', '300'])
    .transform((text) => (text === '203' ? 203 : 300))
    .optional(),
  startAt: z.coerce.number().int().min(1).max(100).optional(),
})

const Undrawn = z.object({
  /** Labels on which a character would stand as its code point. */
  undrawn: z.array(z.object({ code: z.string(), name: z.string(), characters: z.array(z.string()) })),
})

export function labelRoutes(parts: HttpParts): Route[] {
  const { dataSource, reads } = parts
  return [
    route({
      method: 'get',
      path: '/api/labels',
      summary: 'Labels with Code 128, Data Matrix and text',
      query: Asked,
      gives: ['application/pdf', 'image/png', 'image/svg+xml', 'application/vnd.zebra.zpl'],
      handle: async ({ query: { items, ...options }, reader, response, language }) => {
        const contents = await contentsOf(items, reader, language)
        const { type, body, fileName } = await renderLabels(contents, options)
        response.setHeader('Content-Type', type)
        response.setHeader('Content-Disposition', `inline; filename="${fileName}"`)
        response.send(body)
      },
    }),
    route({
      method: 'get',
      path: '/api/labels/undrawn',
      summary: 'Which characters of the labels no font draws, to be told before they are printed',
      query: Named,
      gives: Undrawn,
      handle: async ({ query: { items }, reader, language }) => ({
        undrawn: (await contentsOf(items, reader, language))
          .map(({ code, title, lines }) => ({ code, name: title, characters: undrawnIn([title, ...lines]) }))
          .filter(({ characters }) => characters.length > 0),
      }),
    }),
  ]

  async function contentsOf(codes: string[], { keys }: Reader, language: Language): Promise<LabelContent[]> {
    const contents: LabelContent[] = []
    for (const code of codes) {
      const thing = found(await resolveCode({ dataSource, reads }, keys, code), 'code.unknown', { code })
      contents.push(await labelOf(thing, parts, language))
    }
    return contents
  }
}

/** What stands on the label of anything that has a code. */
export async function labelOf(
  thing: Resolved,
  { dataSource, word, timeZone }: Pick<HttpParts, 'dataSource' | 'word' | 'timeZone'>,
  language: Language,
): Promise<LabelContent> {
  switch (thing.kind) {
    case 'item': {
      const { name, caseNo, document, line, quantity, unit, class: of, seal } = thing.item
      const code = newestLabel(thing.item)
      const about = [word('class', of, language), `${quantity} ${unit}`, seal].filter(Boolean).join(' · ')
      return { code, title: name, lines: [caseNo, `${document.no} · ${line}`, about] }
    }
    case 'place': {
      const { code, name, pathNames, kind } = thing.place
      return { code, title: name, lines: [pathNames.slice(0, -1).join(' · '), word('placeKind', kind, language)] }
    }
    case 'docket': {
      const { code, procedure, caseNos, openedAt, openedBy } = thing.docket
      const day = dayIn((await timeZoneOf(dataSource, openedBy.agency)) ?? timeZone, openedAt)
      const lines = [...caseNos, `${day} · ${openedBy.name}`]
      return { code, title: word('procedure', procedure, language), lines }
    }
    case 'person': {
      const { id, name, number, unitName, agencyName } = thing.person
      return { code: id, title: name, lines: [number, unitName, agencyName] }
    }
  }
}
