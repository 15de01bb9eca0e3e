// Those who sign beside the actor: login and password of each, at the same counter. A scanned badge names its person.

import { Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Signer } from '../../server/custody/define.ts'
import { lentTo } from '../../server/custody/delegation.ts'
import { resolveCode } from '../data/resolve-code.ts'
import { usePeople } from '../data/use-people.ts'
import { saidOf } from '../ui/said.ts'
import { useWords } from '../ui/words.ts'
import { useScanTarget } from './scan-targets.ts'
import type { Credentials } from './use-command.ts'
import './signers.css'

/** Nobody has typed yet: the login is there when only one person can sign. */
export const blankSignature = ({ as, logins }: Signer): Credentials => ({
  as,
  login: logins?.length === 1 ? logins[0]! : '',
  password: '',
})

type Props = {
  signers: Signer[]
  value: Credentials[]
  refused?: { index: number; cause: unknown }
  disabled: boolean
  /** The name of somebody of another agency whom the items know, as their borrower. */
  nameOf: (login: string) => string | undefined
  onChange: (index: number, change: Partial<Credentials>) => void
}

export function Signers({ signers, value, refused, disabled, nameOf, onChange }: Props) {
  const { t } = useTranslation()
  // The first place that is free, or still without a password, takes the badge.
  useScanTarget(['person'], ({ code }) => {
    if (disabled || signers.length === 0) return false
    void resolveCode(code).then((found) => {
      if (found.kind !== 'person') return
      const { login } = found.person
      const index = placeFor(login, signers, value)
      if (index === undefined) return
      onChange(index, { login })
      document.querySelector<HTMLInputElement>(`[data-signature="${index}"]`)?.focus()
    })
    return true
  })
  if (signers.length === 0) return null
  return (
    <fieldset className="signers">
      <legend>{t('screens:signers.title', { count: signers.length })}</legend>
      <p className="quiet">{t('screens:signers.hint')}</p>
      {signers.map((signer, index) => (
        <SignerLine
          key={JSON.stringify(signer)}
          index={index}
          signer={signer}
          value={value[index] ?? blankSignature(signer)}
          refused={refused?.index === index ? refused.cause : undefined}
          disabled={disabled}
          nameOf={nameOf}
          onChange={(change) => onChange(index, change)}
        />
      ))}
    </fieldset>
  )
}

function placeFor(login: string, signers: Signer[], value: Credentials[]): number | undefined {
  const named = signers.findIndex(({ logins }) => logins?.includes(login))
  if (named >= 0) return named
  const free = signers.findIndex(
    (signer, index) => !signer.logins && !signer.not?.includes(login) && !value[index]?.login,
  )
  return free >= 0
    ? free
    : signers.findIndex(({ logins }) => !logins) >= 0
      ? signers.findIndex(({ logins }) => !logins)
      : undefined
}

type LineProps = {
  index: number
  signer: Signer
  value: Credentials
  refused: unknown
  disabled: boolean
  nameOf: Props['nameOf']
  onChange: (change: Partial<Credentials>) => void
}

function SignerLine({ index, signer, value, refused, disabled, nameOf, onChange }: LineProps) {
  const { t } = useTranslation()
  const words = useWords()
  const id = useId()
  const role = words.signerName(signer.as)
  return (
    <div className="signer">
      <div>
        <label htmlFor={`${id}-login`}>{role}</label>
        <WhoSigns
          id={`${id}-login`}
          signer={signer}
          value={value.login}
          disabled={disabled}
          nameOf={nameOf}
          onChange={(login) => onChange({ login })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-password`}>{t('screens:signers.password', { role })}</label>
        <Input.Password
          id={`${id}-password`}
          data-signature={index}
          // Not the password of whoever is signed in: the browser shall not offer it.
          autoComplete="one-time-code"
          value={value.password}
          disabled={disabled}
          status={refused ? 'error' : ''}
          aria-describedby={refused ? `${id}-says` : undefined}
          onChange={(event) => onChange({ password: event.target.value })}
        />
      </div>
      {refused !== undefined && (
        <p id={`${id}-says`} className="signer-fault" role="alert">
          {words.refusalText(saidOf(refused))}
        </p>
      )}
    </div>
  )
}

type WhoProps = {
  id: string
  signer: Signer
  value: string
  disabled: boolean
  nameOf: Props['nameOf']
  onChange: (login: string) => void
}

/** Among those whom the step names, or by words among those with the role. Any login may be typed. */
function WhoSigns({ id, signer, value, disabled, nameOf, onChange }: WhoProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const only = signer.roles?.length === 1 ? signer.roles[0] : undefined
  const { rows = [] } = usePeople({ q: typed.trim() || undefined, role: only, limit: 50 })
  const now = new Date().toISOString()
  const may = rows.filter(
    (person) =>
      !person.disabled &&
      !signer.not?.includes(person.login) &&
      (signer.logins?.includes(person.login) ??
        (!signer.roles || [...person.grants, ...lentTo(person, now)].some(({ role }) => signer.roles!.includes(role)))),
  )
  const known = may.map(({ login, name, unitName }) => ({ value: login, label: `${name} · ${unitName}` }))
  const unlisted = [value, ...(signer.logins ?? []), ...(typed.trim() ? [typed.trim().toLowerCase()] : [])].filter(
    (login, at, all) => login !== '' && all.indexOf(login) === at && !known.some((option) => option.value === login),
  )
  return (
    <Select
      id={id}
      className="signer-who"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value || undefined}
      disabled={disabled}
      placeholder={t('screens:signers.who')}
      options={[...known, ...unlisted.map((login) => ({ value: login, label: nameOf(login) ?? login }))]}
      onChange={onChange}
    />
  )
}
