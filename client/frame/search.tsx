// Search by anything from every page: `/` goes there, a code opens what it stands for, words list items.

import { SearchOutlined } from '@ant-design/icons'
import { AutoComplete, Input, type InputRef } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { parseCode } from '../../server/custody/codes.ts'
import { useItems } from '../data/use-items.ts'
import { attachHandScanner } from '../scanner/hand-scanner.ts'
import { Code } from '../ui/code.tsx'
import { pathOfCode } from '../ui/paths.ts'
import { isTyping } from './shortcuts.ts'
import './search.css'

const LEAST = 2
const ROWS = 8

export function Search() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const field = useRef<InputRef>(null)
  const [text, setText] = useState('')
  const words = useDeferredValue(text.trim())
  const { rows = [] } = useItems({ q: words, limit: ROWS }, { enabled: words.length >= LEAST && !parseCode(words) })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event)) return
      event.preventDefault()
      field.current?.focus({ cursor: 'all' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  // On pages that do not listen themselves a scan opens what the code stands for.
  useEffect(
    () =>
      attachHandScanner({
        onReading: ({ text: read }) => {
          const path = pathOfCode(read)
          if (path) navigate(path)
        },
        onRefused: () => undefined,
      }),
    [navigate],
  )

  const go = (path: string) => {
    setText('')
    field.current?.blur()
    navigate(path)
  }
  const submit = () => {
    if (words === '') return
    go(pathOfCode(words) ?? `/items?q=${encodeURIComponent(words)}`)
  }

  return (
    <AutoComplete
      className="search"
      popupMatchSelectWidth={360}
      value={text}
      onChange={setText}
      onSelect={(code: string) => go(`/items/${code}`)}
      defaultActiveFirstOption={false}
      options={
        words.length < LEAST
          ? []
          : rows.slice(0, ROWS).map((item) => ({
              value: item.code,
              label: (
                <span className="search-row">
                  <span>{item.name}</span>
                  <span className="quiet">
                    <Code code={item.code} />
                  </span>
                </span>
              ),
            }))
      }
    >
      <Input
        ref={field}
        prefix={<SearchOutlined aria-hidden="true" />}
        suffix={<span className="key">/</span>}
        placeholder={t('screens:search.placeholder')}
        aria-label={t('screens:search.label')}
        onPressEnter={submit}
      />
    </AutoComplete>
  )
}
