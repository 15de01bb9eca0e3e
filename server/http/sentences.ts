// Sentences and words for people, from the same locale files as the screens: a file per namespace, `transfer.json`.

import { readdir, readFile } from 'node:fs/promises'
import i18next, { type i18n, type Resource } from 'i18next'
import { parseCode, printCode } from '../custody/codes.ts'
import { type Language, languages, type Sentence, type Text, type Word } from './parts.ts'

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** Reads all texts below `folder`. A refusal `transfer.declined` is the text `refusal.declined` of `transfer.json`. */
export async function readSentences(
  folder: URL,
  timeZone: string,
): Promise<{ sentence: Sentence; word: Word; text: Text; clock: (at: string) => string }> {
  const resources: Resource = Object.fromEntries(languages.map((language) => [language, {}]))
  for (const language of languages) {
    const files = await readdir(new URL(`${language}/`, folder)).catch(() => [])
    for (const file of files.filter((name) => name.endsWith('.json')))
      resources[language]![file.slice(0, -'.json'.length)] = JSON.parse(
        await readFile(new URL(`${language}/${file}`, folder), 'utf8'),
      )
  }
  const texts: i18n = i18next.createInstance()
  await texts.init({
    resources,
    lng: languages[0],
    fallbackLng: false,
    ns: [...new Set(languages.flatMap((language) => Object.keys(resources[language]!)))],
    defaultNS: 'words',
    interpolation: { escapeValue: false },
  })
  const first = (keys: string[], lng: Language, params?: Record<string, unknown>): string | undefined => {
    const key = keys.find((each) => texts.exists(each, { lng, ...params }))
    const said: unknown = key === undefined ? undefined : texts.t(key, { lng, ...params })
    return typeof said === 'string' ? said : undefined
  }

  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const said = (group: string, value: unknown, language: Language): unknown => {
    if (Array.isArray(value)) {
      const separator = first(['words:listSeparator'], language) ?? ', '
      return value.map((each) => said(group.replace(/s$/, ''), each, language)).join(separator)
    }
    if (typeof value !== 'string') return value
    if (moment.test(value) && !Number.isNaN(Date.parse(value))) return clock.format(new Date(value))
    if (parseCode(value)) return printCode(value)
    return word(group, value, language)
  }
  // Values may come from outside: only plain ones are looked up, so that none is read as a path or a namespace.
  const word: Word = (group, value, language) => {
    if (!/^[\w-]{1,60}$/.test(value)) return value
    if (group === 'procedure') return first([`${value}:name`, `words:procedure.${value}`], language) ?? value
    return first([`words:${group}.${value}`, `words:value.${group}.${value}`], language) ?? value
  }
  const sentence: Sentence = (code, params, language) => {
    const [group, reason] = [code.slice(0, code.indexOf('.')), code.slice(code.indexOf('.') + 1)]
    const filled = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, said(name, value, language)]),
    )
    // A value with {{…}} or $t(…) in it is text, not a template.
    const options = { ...filled, interpolation: { escapeValue: false, skipOnVariables: true }, nest: false }
    const keys = [`${group}:refusal.${reason}`, `general:refusal.${code}`, `words:problem.${code}`]
    return first(keys, language, options) ?? code
  }
  const text: Text = (key, language, params = {}) =>
    first([key], language, { ...params, interpolation: { escapeValue: false, skipOnVariables: true }, nest: false }) ??
    key
  return { sentence, word, text, clock: (at) => clock.format(new Date(at)) }
}
