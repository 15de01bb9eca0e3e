// The words of the language spoken now.

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Speech, type Words, wordsOf } from '../../server/contract/words.ts'
import { clock } from './times.ts'

/** A word that is missing comes out as its key, to be seen and mended. */
export function useWords(): Words {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const text: Speech['text'] = (keys, params) => {
      const key = keys.find((each) => i18n.exists(each) && typeof t(each, params) === 'string')
      return key === undefined ? undefined : String(t(key, params))
    }
    const namespaces = Object.keys(i18n.store.data[i18n.language] ?? {})
    return wordsOf({ text, namespaces, clock })
  }, [t, i18n, i18n.language])
}
