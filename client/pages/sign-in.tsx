// Signing in; on a demonstration the sign-ins stand beside the form, by role.

import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '../data/session.ts'
import { DEMO_PASSWORD, type DemoSignIn, PRACTICE_SHEET, useDemo } from '../data/use-demo.ts'
import { Gate } from '../frame/gate.tsx'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import './sign-in.css'

export default function SignIn() {
  const { t } = useTranslation()
  const words = useWords()
  const { data: demo } = useDemo()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState<string>()
  const [error, setError] = useState<unknown>()

  const enter = async (credentials: { login: string; password: string }) => {
    setBusy(credentials.login)
    setError(undefined)
    try {
      await signIn(credentials)
    } catch (failure) {
      setError(failure)
      setBusy(undefined)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter({ login: login.trim(), password })
  }

  const signIns = demo?.demo ? demo.signIns : []
  const isDemo = signIns.length > 0
  return (
    <Gate wide={isDemo}>
      <div className={isDemo ? 'sign-in sign-in-demo' : 'sign-in'}>
        <form onSubmit={submit} className="sign-in-form">
          <h1>{t('screens:signIn.title')}</h1>
          <p className="quiet">{t('screens:signIn.idea')}</p>
          <label htmlFor="login">{t('screens:signIn.login')}</label>
          <Input
            id="login"
            size="large"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
          <label htmlFor="password">{t('screens:signIn.password')}</label>
          <Input.Password
            id="password"
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <p className="sign-in-error" role="alert">
            {error ? words.refusalText(saidOf(error)) : ''}
          </p>
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            block
            loading={busy !== undefined && busy === login.trim()}
            disabled={login.trim() === '' || password === ''}
          >
            {t('screens:signIn.enter')}
          </Button>
        </form>
        {isDemo && (
          <DemoSignIns
            people={signIns}
            busy={busy}
            onChoose={(chosen) => void enter({ login: chosen, password: DEMO_PASSWORD })}
          />
        )}
      </div>
    </Gate>
  )
}

type DemoProps = { people: DemoSignIn[]; busy?: string; onChoose: (login: string) => void }

/** Who does what with a thing, in the order in which it passes them. */
const groups: { key: string; roles: string[] }[] = [
  { key: 'handling', roles: ['officer', 'head'] },
  { key: 'keeping', roles: ['keeper', 'storehead', 'finance'] },
  { key: 'deciding', roles: ['legal', 'leader', 'principal', 'inspector'] },
  { key: 'others', roles: ['casemanager', 'admin'] },
]

function DemoSignIns({ people, busy, onChoose }: DemoProps) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('screens:signIn.demo')}</h2>
      <p className="quiet">{t('screens:signIn.demoHint')}</p>
      <p>
        <a href={PRACTICE_SHEET} target="_blank" rel="noreferrer">
          {t('demo:sheetLink')}
        </a>
      </p>
      {groups.map(({ key, roles }) => (
        <div key={key} className="demo-group">
          <h3>{t(`screens:signIn.${key}`)}</h3>
          <ul>
            {people
              .filter(({ role }) => roles.includes(role))
              .map(({ login, name, role, agencyName }) => (
                <li key={login}>
                  <button
                    type="button"
                    className="demo-card"
                    disabled={busy !== undefined}
                    aria-busy={busy === login}
                    onClick={() => onChoose(login)}
                  >
                    <strong>{words.roleName(role)}</strong>
                    <span>{name}</span>
                    {role === 'casemanager' && <span>{agencyName}</span>}
                    <span className="code quiet">{login}</span>
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
