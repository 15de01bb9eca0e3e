// The entry of the counter: codes typed by hand, and everything a scanner types.

import { BarcodeOutlined } from '@ant-design/icons'
import { Input, type InputRef } from 'antd'
import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Typing goes to the entry without a click, except where focus would bring up a keyboard on the screen. */
export function useEntryInFocus(): { field: RefObject<InputRef | null>; focus: () => void } {
  const field = useRef<InputRef>(null)
  const focus = useCallback(() => {
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [])
  useEffect(focus, [focus])
  return { field, focus }
}

/** For a label that no scanner can read. */
export function TypedCode({ field, onRead }: { field: RefObject<InputRef | null>; onRead: (text: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    onRead(text)
    setText('')
  }
  return (
    <form onSubmit={submit} className="typed-code">
      <Input
        ref={field}
        size="large"
        prefix={<BarcodeOutlined aria-hidden="true" />}
        className="code"
        aria-label={t('screens:scan.type')}
        placeholder={t('screens:scan.type')}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}
