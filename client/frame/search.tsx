// Search by anything from every page: `/` or Ctrl K goes there, a code opens what it stands for, words find all else.

import { SearchOutlined } from '@ant-design/icons'
import { AutoComplete, Input, type InputRef } from 'antd'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSearch } from '../data/use-search.ts'
import { attachHandScanner } from '../scanner/hand-scanner.ts'
import { pathOfCode } from '../ui/paths.ts'
import { FoundWords, useFoundGroups } from './found.tsx'
import { isTyping } from './shortcuts.ts'
import './search.css'

/** Of each group. */
const ROWS = 5

export function Search() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const field = useRef<InputRef>(null)
  const [text, setText] = useState('')
  const words = useDeferredValue(text.trim())
  const { data } = useSearch(words, { limit: ROWS })
  const found = useFoundGroups(words === '' ? undefined : data)
  const picked = useRef(false)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isChord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      if (!isChord && (event.key !== '/' || isTyping(event))) return
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
  // The list hears the same key after the field does: a line that was picked there goes first.
  const submit = () => {
    picked.current = false
    window.setTimeout(() => {
      // As typed: what is searched for may lag behind.
      const typed = text.trim()
      if (picked.current || typed === '') return
      go(pathOfCode(typed) ?? `/search?q=${encodeURIComponent(typed)}`)
    })
  }

  return (
    <AutoComplete
      className="search"
      popupMatchSelectWidth={480}
      listHeight={520}
      value={text}
      onChange={setText}
      onSelect={(path: string) => {
        picked.current = true
        go(path)
      }}
      defaultActiveFirstOption={false}
      options={found.map(({ group, lines }) => ({
        label: t(`screens:search.group.${group}`),
        options: lines.map((line) => ({ value: line.path, label: <FoundWords line={line} /> })),
      }))}
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
