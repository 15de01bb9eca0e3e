// Sentences and words for people, from the same locale files as the screens: a file per namespace, `transfer.json`.

import { readdir, readFile } from 'node:fs/promises'
import i18next, { type i18n, type Resource } from 'i18next'
import { type Words, wordsOf } from '../contract/words.ts'
import { clockIn } from '../custody/local-time.ts'
import { type Language, languages, type Spoken, type Text, type Word } from './parts.ts'

/** Reads all texts below `folder`. A refusal `transfer.declined` is the text `refusal.declined` of `transfer.json`. */
export async function readSentences(folder: URL, timeZone: string): Promise<Spoken & { word: Word; text: Text }> {
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

  // Values may come from outside: only plain ones are looked up, so that none is read as a path or a namespace.
  const word: Word = (group, value, language) => {
    if (!/^[\w-]{1,60}$/.test(value)) return value
    if (group === 'procedure') return first([`${value}:name`, `words:procedure.${value}`], language) ?? value
    return first([`words:${group}.${value}`, `words:value.${group}.${value}`], language) ?? value
  }
  // A value with {{…}} or $t(…) in it is text, not a template.
  const literal = { interpolation: { escapeValue: false, skipOnVariables: true }, nest: false }
  const wordsIn = (language: Language): Words =>
    wordsOf({
      text: (keys, params) => first(keys, language, { ...params, ...literal }),
      namespaces: Object.keys(resources[language]!),
      clock: (at) => clockIn(timeZone, at),
    })
  const spoken = Object.fromEntries(languages.map((language) => [language, wordsIn(language)])) as Record<
    Language,
    Words
  >
  const sentence: Spoken['sentence'] = (code, params, language) => spoken[language].refusalText({ code, params })
  const text: Text = (key, language, params = {}) => first([key], language, { ...params, ...literal }) ?? key
  return { sentence, words: (language) => spoken[language], word, text }
}
