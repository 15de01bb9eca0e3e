// The lock over a page whose session has run out: the page stays below with all that was typed.

import { LockOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn, signOut, useMe } from '../data/session.ts'
import { attachHandScanner } from '../scanner/hand-scanner.ts'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import './lock.css'

const deaf = { onReading: () => undefined, onRefused: () => undefined }

export function Lock() {
  const { t } = useTranslation()
  const words = useWords()
  const me = useMe()
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const dialog = useRef<HTMLDialogElement>(null)

  // Nothing is scanned behind the lock.
  useEffect(() => attachHandScanner(deaf), [])
  useEffect(() => dialog.current?.showModal(), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await signIn({ login: me.login, password })
    } catch (failure) {
      setError(failure)
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <dialog ref={dialog} className="lock" aria-labelledby="lock-title" onCancel={(event) => event.preventDefault()}>
      <form onSubmit={submit}>
        <LockOutlined className="lock-sign" aria-hidden="true" />
        <h2 id="lock-title">{t('screens:lock.title')}</h2>
        <p className="quiet">{t('screens:lock.kept')}</p>
        <label htmlFor="lock-password">{t('screens:lock.password', { name: me.name })}</label>
        <input type="text" name="username" autoComplete="username" value={me.login} readOnly hidden />
        <Input.Password
          id="lock-password"
          size="large"
          autoFocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          status={error ? 'error' : ''}
          aria-describedby="lock-error"
        />
        <p id="lock-error" className="lock-error" role="alert">
          {error ? words.refusalText(saidOf(error)) : ''}
        </p>
        <Button type="primary" size="large" htmlType="submit" block loading={busy} disabled={password === ''}>
          {t('screens:lock.continue')}
        </Button>
        <Button type="link" onClick={() => void signOut()}>
          {t('screens:lock.other')}
        </Button>
      </form>
    </dialog>
  )
}
