// What things are found by: every text on them, folded as the words are that people type, with its sounds in pinyin.

import { Converter } from 'opencc-js/t2cn'
import type pg from 'pg'
import { match, pinyin } from 'pinyin-pro'
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import type { FoundBy, Matched } from '../contract/search.ts'
import { parseCode } from '../custody/codes.ts'
import { folded } from '../custody/folding.ts'
import { anywhere, table, upsert } from './table.ts'

/** `holder` finds a person by what a thing shows of who has it: name and login. */
export type WordsKind = 'item' | 'case' | 'docket' | 'person' | 'place' | 'holder'
type WordsRow = { kind: WordsKind; id: string; words: string; sounds: string; pairs: string }

// Apart from what it finds, so that moving a thing does not write its trigrams anew.
export const WordsTable = table<WordsRow>('found_by', {
  kind: { type: 'text', key: true },
  id: { type: 'text', key: true },
  words: { type: 'text' },
  sounds: { type: 'text' },
  pairs: { type: 'text' },
})

/** One text that a thing is found by; `by` says what it is, `person` that it is somebody's name. */
export type Said = { by: FoundBy; text: string; person?: boolean }

/** A text as it is searched for: folded, in simplified characters, without signs and blanks. */
export const searchable = (text: string): string =>
  /^[ -~]*$/.test(text)
    ? text.toLowerCase().replace(/[\p{P}\s]/gu, '')
    : simplified(folded(text)).replace(/[\p{P}\s]/gu, '')

const converted = Converter({ from: 't', to: 'cn' })
const simpleOf = new Map<string, string>()

/** Sign by sign: words are converted the same whatever stands beside them, here and in what people type. */
function simplified(text: string): string {
  return text.replace(/\p{Script=Han}/gu, (sign) => {
    if (!simpleOf.has(sign)) simpleOf.set(sign, converted(sign))
    return simpleOf.get(sign)!
  })
}

const hasHan = /\p{Script=Han}/u

/** The syllables of a folded text: `手机1部` → `shou ji 1 bu`; none for a text that has no Chinese. */
function syllablesOf(text: string, person = false): string[] {
  if (!hasHan.test(text)) return []
  const style = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const
  return pinyin(text, person ? { ...style, surname: 'head' } : style)
}

type Folded = { word: string; sound: string; initials: string }
const foldedOf = new Map<string, Folded>()
/** Many things of one case share most of their texts. */
const KEPT = 5000

/** Numbers of papers and of things are not read aloud. */
const unsounded: readonly FoundBy[] = [
  'code',
  'document',
  'seal',
  'serials',
  'externalNo',
  'source',
  'caseNo',
  'number',
]

function foldedSaid({ by, text, person }: Said): Folded {
  const key = `${unsounded.includes(by)} ${person} ${text}`
  const known = foldedOf.get(key)
  if (known) return known
  const word = searchable(text)
  const syllables = unsounded.includes(by) ? [] : syllablesOf(word, person)
  const made = {
    word,
    sound: syllables.join(''),
    // A number or a foreign word among the syllables stands as it is.
    initials: syllables.map((each) => (/^[a-z]+$/.test(each) ? each[0] : each)).join(''),
  }
  if (foldedOf.size >= KEPT) foldedOf.clear()
  foldedOf.set(key, made)
  return made
}

function rowOf(kind: WordsKind, id: string, said: readonly Said[]): WordsRow {
  const each = said.map(foldedSaid)
  const distinct = (texts: string[]) => [...new Set(texts)].filter(Boolean)
  const words = distinct(each.map(({ word }) => word))
  const initials = distinct(each.map((one) => one.initials))
  const sounds = [...distinct(each.map(({ sound }) => sound)), ...initials]
  return { kind, id, words: words.join('\n'), sounds: sounds.join('\n'), pairs: pairsOf([...words, ...initials]) }
}

/** Every two neighbouring letters as a word between blanks, and the last letter of each text. */
export function pairsOf(words: readonly string[]): string {
  const pairs = new Set<string>()
  for (const word of words) {
    const letters = [...word]
    for (const [at, letter] of letters.entries()) pairs.add(`${letter}${letters[at + 1] ?? ''}`)
  }
  return ` ${[...pairs].join(' ')} `
}

const same = (one: readonly Said[], other: readonly Said[]): boolean =>
  one.length === other.length && one.every(({ text }, n) => text === other[n]!.text)

/** Words are folded and written only when they are others than before. */
export async function showWords(
  client: pg.PoolClient,
  changed: { kind: WordsKind; id: string; before?: readonly Said[]; after: readonly Said[] }[],
): Promise<void> {
  const rows = changed.flatMap(({ kind, id, before, after }) =>
    before && same(before, after) ? [] : [rowOf(kind, id, after)],
  )
  await upsert(client, WordsTable, rows)
}

/** The words that people typed, as they are searched for. */
export const termsOf = (q: string | undefined): string[] => (q ?? '').split(/\s+/).map(searchable).filter(Boolean)

/** How a term is looked for, with its value under the name `term`. */
function conditionOf(term: string): { like: string; value: string } {
  const letters = [...term].length
  if (letters < 3) return { like: 'pairs LIKE :term', value: anywhere(letters === 1 ? ` ${term}` : ` ${term} `) }
  // Only what is all letters can be a sound.
  return {
    like: /^[a-z]+$/.test(term) ? '(words LIKE :term OR sounds LIKE :term)' : 'words LIKE :term',
    value: anywhere(term),
  }
}

/** `or`: columns of the list that hold ids of another kind, such as the place of an item. */
export type Finding = { kind: WordsKind; id: string; or?: readonly { kind: WordsKind; column: string }[] }

/** Up to so many ids are told one by one; of more, the list finds the first few soon enough by itself. */
const MANY = 2000

/**
 * Narrows to rows that every term finds. A code alone is looked up, so that nothing else is found beside it. PostgreSQL
 * guesses badly how much a term finds, so that is asked first.
 */
export async function whereFound<Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  q: string | undefined,
  { kind, id, or = [] }: Finding,
): Promise<void> {
  const code = codeIn(q)
  if (code) {
    rows.andWhere(`${id} IN (SELECT id FROM codes WHERE code = :code)`, { code })
    return
  }
  const { connection, alias } = rows
  const { target } = rows.expressionMap.mainAlias!.metadata
  const idsOf = (from: SelectQueryBuilder<ObjectLiteral>, of: string, value: string) =>
    from
      .select(of, 'id')
      .setParameter('term', value)
      .limit(MANY + 1)
      .getRawMany<{ id: string }>()
  for (const [n, term] of termsOf(q).entries()) {
    const { like, value } = conditionOf(term)
    const found = (of: WordsKind, also = '') => `SELECT id FROM found_by WHERE kind = '${of}' AND ${like}${also}`
    const others = or.map((other) => `${other.column} IN (${found(other.kind)})`)
    const words = connection.getRepository(WordsTable).createQueryBuilder('found_by')
    const ids = await idsOf(words.where(`kind = '${kind}' AND ${like}`), 'found_by.id', value)
    for (const other of others)
      if (ids.length <= MANY)
        ids.push(...(await idsOf(connection.getRepository(target).createQueryBuilder(alias).where(other), id, value)))
    const name = `term${n}`
    if (ids.length <= MANY) rows.andWhere(`${id} = ANY(:${name})`, { [name]: ids.map((each) => each.id) })
    else {
      const own = `EXISTS (${found(kind, ` AND found_by.id = ${id}`)})`
      rows.andWhere(`(${[own, ...others].join(' OR ')})`.replaceAll(':term', `:${name}`), { [name]: value })
    }
  }
}

/** The code that somebody typed or scanned and nothing else, in any writing of it. */
const codeIn = (q: string | undefined): string | undefined => parseCode(folded(q ?? ''))?.code

/** What of a thing the words found; every term marks the texts it stands in. */
export function matchedIn(said: readonly Said[], q: string): Matched[] {
  const code = codeIn(q)
  const terms = code ? [searchable(code)] : termsOf(q)
  const found = said.map(({ by, text, person }) => ({
    by,
    text,
    marks: terms.flatMap((term) => marksOf(text, term, person)).sort(([one], [other]) => one - other),
  }))
  return found.filter(({ marks }) => marks.length > 0)
}

function marksOf(text: string, term: string, person?: boolean): [from: number, to: number][] {
  const letters: { at: number; end: number }[] = []
  let plain = ''
  let at = 0
  for (const sign of text) {
    const end = at + sign.length
    for (const _unit of searchable(sign)) letters.push({ at, end })
    plain += searchable(sign)
    at = end
  }
  // Both count letters, since a letter of a rare sort has two units.
  const start = plain.indexOf(term)
  if (start >= 0) {
    const from = [...plain.slice(0, start)].length
    return [[letters[from]!.at, letters[from + [...term].length - 1]!.end]]
  }
  if (!/^[a-z]+\d*$/.test(term) || !hasHan.test(plain)) return []
  const sounded = match(plain, term, { continuous: true, ...(person ? { precision: 'first' } : {}) }) ?? []
  if (sounded.length === 0) return []
  const positions = [...plain].length === plain.length ? sounded : []
  return positions.length > 0 ? [[letters[positions[0]!]!.at, letters[positions.at(-1)!]!.end]] : []
}
