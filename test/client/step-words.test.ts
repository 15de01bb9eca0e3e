// Every step can be drawn as a form, and every field and choice of it is named in both languages.

import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import i18next from 'i18next'
import { type Shape, shapeOf } from '../../client/steps/shape.ts'
import { type Words, wordsOf } from '../../server/contract/words.ts'
import { catalogue } from '../../server/custody/catalogue.ts'

const locales = new URL('../../client/locales/', import.meta.url)

function wordsIn(language: string): Words {
  const folder = new URL(`${language}/`, locales)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const texts = Object.fromEntries(
    files.map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
  )
  const speech = i18next.createInstance()
  void speech.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    resources: { [language]: texts },
    ns: Object.keys(texts),
  })
  return wordsOf({
    text: (keys, params) => {
      const key = keys.find((each) => speech.exists(each) && typeof speech.t(each, params) === 'string')
      return key === undefined ? undefined : String(speech.t(key, params))
    },
    namespaces: Object.keys(texts),
    clock: (at) => at,
  })
}

type Named = { path: string; value?: string }

/** Every field and every choice below a shape. */
function namedIn(shape: Shape, path: string): Named[] {
  const own = path === '' ? [] : [{ path }]
  switch (shape.type) {
    case 'object':
      return [
        ...own,
        ...shape.fields.flatMap((field) => namedIn(field.shape, [path, field.name].filter(Boolean).join('.'))),
      ]
    case 'list':
      return [...own, ...namedIn(shape.element, path)]
    case 'union':
      return [...own, ...shape.options.flatMap((option) => namedIn(option, path))]
    case 'choice':
      return [...own, ...shape.values.map((value) => ({ path, value }))]
    default:
      return own
  }
}

describe('the words of forms', () => {
  it('draws every step of the catalogue', () => {
    for (const [name, step] of Object.entries(catalogue.steps)) expect(() => shapeOf(step.input), name).not.to.throw()
  })

  for (const language of ['zh-CN', 'en'])
    it(`names every step, field and choice in ${language}`, () => {
      const words = wordsIn(language)
      const missing: string[] = []
      for (const [name, step] of Object.entries(catalogue.steps)) {
        if (words.stepName(name) === name) missing.push(name)
        for (const { path, value } of namedIn(shapeOf(step.input), '')) {
          if (value === undefined && words.fieldName(name, path) === path) missing.push(`${name} ${path}`)
          if (value !== undefined && words.valueName(name, path, value) === value)
            missing.push(`${name} ${path} = ${value}`)
        }
      }
      expect([...new Set(missing)]).to.deep.equal([])
    })
})
