// Starts i18next and changes its language: every file of client/locales/<language> is a namespace.

import dayjs from 'dayjs'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './preferences.ts'

const texts = {
  'zh-CN': () => import('../locales/zh-CN.ts'),
  en: () => import('../locales/en.ts'),
}

const nameOf = (path: string) => path.replace(/^.*\/|\.json$/g, '')

/** Loads a language and speaks it from now on. Rejects when its texts cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  const { default: files } = await texts[language]()
  for (const [path, text] of Object.entries(files)) i18next.addResourceBundle(language, nameOf(path), text, true, true)
  await i18next.changeLanguage(language)
  if (language === 'zh-CN') await import('dayjs/locale/zh-cn')
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  document.documentElement.lang = language
}

export async function startSpeech(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    // A language without a text shows its key: a test keeps both complete, so nothing falls back to the other.
    fallbackLng: false,
    defaultNS: 'screens',
    ns: ['screens', 'words'],
    interpolation: { escapeValue: false },
    returnObjects: false,
    resources: {},
  })
  await speak(language)
}
