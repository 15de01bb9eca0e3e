// The first administrator of a new installation, through the one-time link that the server printed.

import { Button, Input, Select } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ProblemError } from '../data/request.ts'
import { signIn } from '../data/session.ts'
import { type Setup as Founding, setUp } from '../data/set-password.ts'
import { Gate } from '../frame/gate.tsx'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import './sign-in.css'

const types = ['police', 'procuratorate', 'court'] as const
const LEAST = 12

export default function Setup() {
  const { t } = useTranslation()
  const words = useWords()
  // Behind #, which browsers do not send to servers and their logs.
  const { hash } = useLocation()
  const [agency, setAgency] = useState<Founding['agency']>({ id: '', name: '', type: 'police' })
  const [person, setPerson] = useState<Omit<Founding['admin'], 'password'>>({ login: '', name: '', number: '' })
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const typeId = useId()
  const complete =
    [agency.id, agency.name, person.login, person.name, person.number].every(Boolean) && password.length >= LEAST

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await setUp({ token: hash.slice(1), agency, admin: { ...person, password } })
      await signIn({ login: person.login, password })
      window.location.assign('/')
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }

  const faultOf = (pointer: string) =>
    error instanceof ProblemError ? error.problem.errors?.find((each) => each.pointer === pointer)?.detail : undefined

  return (
    <Gate>
      <form onSubmit={submit} className="sign-in-form">
        <h1>{t('screens:setup.title')}</h1>
        <p className="quiet">{t('screens:setup.hint')}</p>
        <Line
          name="agencyName"
          value={agency.name}
          fault={faultOf('/agency/name')}
          onChange={(name) => setAgency({ ...agency, name })}
        />
        <label htmlFor={typeId}>{t('screens:setup.type')}</label>
        <Select
          id={typeId}
          size="large"
          value={agency.type}
          onChange={(type) => setAgency({ ...agency, type })}
          options={types.map((value) => ({ value, label: t(`words:agencyType.${value}`) }))}
        />
        <Line
          name="agencyId"
          value={agency.id}
          fault={faultOf('/agency/id')}
          onChange={(id) => setAgency({ ...agency, id })}
        />
        <Line
          name="name"
          value={person.name}
          fault={faultOf('/admin/name')}
          onChange={(name) => setPerson({ ...person, name })}
        />
        <Line
          name="number"
          value={person.number}
          fault={faultOf('/admin/number')}
          onChange={(number) => setPerson({ ...person, number })}
        />
        <Line
          name="login"
          value={person.login}
          fault={faultOf('/admin/login')}
          onChange={(login) => setPerson({ ...person, login })}
        />
        <label htmlFor="setup-password">{t('screens:setup.password', { least: LEAST })}</label>
        <Input.Password
          id="setup-password"
          size="large"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <p className="sign-in-error" role="alert">
          {error ? words.refusalText(saidOf(error)) : ''}
        </p>
        <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!complete}>
          {t('screens:setup.found')}
        </Button>
      </form>
    </Gate>
  )
}

type LineProps = { name: string; value: string; fault?: string; onChange: (value: string) => void }

function Line({ name, value, fault, onChange }: LineProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t(`screens:setup.${name}`)}</label>
      <Input
        id={id}
        size="large"
        value={value}
        status={fault ? 'error' : ''}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-says` : undefined}
        onChange={(event) => onChange(event.target.value.trimStart())}
      />
      {fault && (
        <span id={`${id}-says`} className="gate-fault">
          {fault}
        </span>
      )}
    </>
  )
}
