// A person sets their own password through the one-time link an administrator gave them.

import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { setPassword } from '../data/set-password.ts'
import { Gate } from '../frame/gate.tsx'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import './sign-in.css'

const LEAST = 12

export default function NewPassword() {
  const { t } = useTranslation()
  const words = useWords()
  // Behind #, which browsers do not send to servers and their logs.
  const { hash } = useLocation()
  const [password, setTyped] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [error, setError] = useState<unknown>()
  const differs = again !== '' && again !== password
  const isShort = again !== '' && !differs && password.length < LEAST
  const said = error ? words.refusalText(saidOf(error)) : ''

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await setPassword({ token: hash.slice(1), password })
      setDone(true)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }

  if (done)
    return (
      <Gate>
        <div className="sign-in-form" role="status">
          <h1>{t('screens:newPassword.done')}</h1>
          <Button type="primary" size="large" href="/">
            {t('screens:newPassword.goOn')}
          </Button>
        </div>
      </Gate>
    )
  return (
    <Gate>
      <form onSubmit={submit} className="sign-in-form">
        <h1>{t('screens:newPassword.title')}</h1>
        <p className="quiet">{t('screens:newPassword.hint', { least: LEAST })}</p>
        <label htmlFor="new-password">{t('screens:newPassword.password')}</label>
        <Input.Password
          id="new-password"
          size="large"
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={(event) => setTyped(event.target.value)}
        />
        <label htmlFor="again">{t('screens:newPassword.again')}</label>
        <Input.Password
          id="again"
          size="large"
          autoComplete="new-password"
          value={again}
          status={differs ? 'error' : ''}
          onChange={(event) => setAgain(event.target.value)}
        />
        <p className="sign-in-error" role="alert">
          {differs
            ? t('screens:newPassword.differs')
            : isShort
              ? t('screens:newPassword.short', { least: LEAST })
              : said}
        </p>
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={busy}
          disabled={password.length < LEAST || password !== again}
        >
          {t('screens:newPassword.save')}
        </Button>
      </form>
    </Gate>
  )
}
