// Fields that name something the server knows: a place, a person, a unit, an agency, a case.

import { AutoComplete } from 'antd'
import { useDeferredValue, useState } from 'react'
import { parseCode } from '../../../server/custody/codes.ts'
import { resolveCode } from '../../data/resolve-code.ts'
import { useCases } from '../../data/use-cases.ts'
import { usePeople } from '../../data/use-people.ts'
import { usePlace } from '../../data/use-place.ts'
import { usePlaces } from '../../data/use-places.ts'
import { useUnits } from '../../data/use-units.ts'
import { useWords } from '../../ui/words.ts'
import { useScanTarget } from '../scan-targets.ts'
import type { Ties } from './labelled.tsx'
import { Picker } from './picker.tsx'

type Props<T> = { ties: Ties; value: T | undefined; disabled: boolean; onChange: (value: T | undefined) => void }
type Many = { multiple?: boolean }

const ROWS = 30

/** By scan, or by words of its name. A scan replaces what is there. */
export function PlaceField({ ties, value, disabled, onChange, hint }: Props<string> & { hint?: string }) {
  const words = useWords()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { rows = [], isLoading } = usePlaces({ q: q || undefined, limit: ROWS })
  const { data: chosen } = usePlace(value ?? '', { enabled: value !== undefined && value !== '' })
  useScanTarget(['place', 'container'], ({ code }) => {
    if (disabled) return false
    onChange(code)
    return true
  })
  const known = chosen && !rows.some(({ code }) => code === chosen.code) ? [chosen, ...rows] : rows
  const options = known
    .filter(({ inUse }) => inUse)
    .map(({ code, kind, pathNames }) => ({
      value: code,
      // Its own name first, as a long way to it is cut off at the end.
      label: [pathNames.at(-1), pathNames.slice(0, -1).join(' › '), words.placeKindName(kind)]
        .filter(Boolean)
        .join(' · '),
    }))
  return (
    <Picker
      ties={ties}
      value={value || undefined}
      options={options}
      loading={isLoading}
      disabled={disabled}
      placeholder={hint}
      onSearch={(text) => {
        const scanned = parseCode(text)
        if (scanned && ['place', 'container'].includes(scanned.kind)) onChange(scanned.code)
        else setTyped(text)
      }}
      onChange={(next) => onChange(next as string | undefined)}
    />
  )
}

/** Logins; several with `multiple`. A scanned badge names its person. */
export function PersonField({
  ties,
  value,
  disabled,
  onChange,
  multiple,
  role,
  unit,
}: Props<string | string[]> & Many & { role?: string; unit?: string }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { rows = [], isLoading } = usePeople({ q: q || undefined, role, unit, limit: ROWS })
  useScanTarget(['person'], ({ code }) => {
    if (disabled) return false
    void resolveCode(code).then((found) => {
      if (found.kind !== 'person') return
      const { login } = found.person
      onChange(multiple ? [...new Set([...((value as string[] | undefined) ?? []), login])] : login)
    })
    return true
  })
  const options = rows
    .filter((person) => !person.disabled)
    .map(({ login, name, unitName, number }) => ({ value: login, label: `${name} · ${unitName} · ${number}` }))
  return (
    <Picker
      ties={ties}
      value={value === '' ? undefined : value}
      options={options}
      loading={isLoading}
      multiple={multiple}
      disabled={disabled}
      onSearch={setTyped}
      onChange={onChange}
    />
  )
}

export function UnitField({
  ties,
  value,
  disabled,
  onChange,
  multiple,
  kind,
}: Props<string | string[]> & Many & { kind: 'unit' | 'agency' }) {
  const [typed, setTyped] = useState('')
  const { data: units = [], isLoading } = useUnits()
  const nameOf = new Map(units.map(({ id, name }) => [id, name]))
  const options = units
    .filter((unit) => kind === 'unit' || unit.kind === 'agency')
    .map(({ id, name, agency }) => ({
      value: id,
      label: agency === id ? name : `${nameOf.get(agency) ?? agency} / ${name}`,
    }))
    .filter(({ label }) => label.includes(typed.trim()))
  return (
    <Picker
      ties={ties}
      value={value === '' ? undefined : value}
      options={options}
      loading={isLoading}
      multiple={multiple}
      disabled={disabled}
      onSearch={setTyped}
      onChange={onChange}
    />
  )
}

/** What a role reaches: a unit, an agency, or a site. */
export function ScopeField({ ties, value, disabled, onChange }: Props<string>) {
  const [typed, setTyped] = useState('')
  const { data: units = [], isLoading } = useUnits()
  const { rows: sites = [] } = usePlaces({ kind: 'site' })
  const options = [
    ...units.map(({ id, name }) => ({ value: id, label: name })),
    ...sites.map(({ code, name }) => ({ value: code, label: name })),
  ].filter(({ label }) => label.includes(typed.trim()))
  return (
    <Picker
      ties={ties}
      value={value || undefined}
      options={options}
      loading={isLoading}
      disabled={disabled}
      onSearch={setTyped}
      onChange={(next) => onChange(next as string | undefined)}
    />
  )
}

/** A number may be typed that no case has yet. */
export function CaseField({ ties, value, disabled, onChange }: Props<string>) {
  const q = useDeferredValue((value ?? '').trim())
  const { rows = [] } = useCases({ q: q || undefined, limit: ROWS })
  return (
    <AutoComplete
      {...ties}
      className="code"
      value={value ?? ''}
      disabled={disabled}
      status={ties['aria-invalid'] ? 'error' : ''}
      popupMatchSelectWidth={false}
      options={rows.map(({ caseNo, title }) => ({ value: caseNo, label: `${caseNo} · ${title}` }))}
      onChange={(text) => onChange(text.toUpperCase().trim())}
    />
  )
}
