// One row for each of several things: opened one after the other, filled in, and shut when it has been looked at.

import { CheckCircleFilled, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../server/contract/cards.ts'
import { Code } from '../ui/code.tsx'
import { useWords } from '../ui/words.ts'
import { DifferenceList } from './difference-list.tsx'
import type { Difference } from './differences.ts'
import { Fields } from './fields/shaped.tsx'
import { FormContext, useForm } from './form-context.ts'
import { useScanTarget } from './scan-targets.ts'
import type { Field } from './shape.ts'
import { type Value, valueAt, withValue } from './value.ts'
import './lines.css'

type Props = {
  fields: Field[]
  differences: Difference[]
  /** Codes of the things that have been looked at. */
  seen: string[]
  onSeen: (code: string) => void
  /** Counts how often somebody wanted to send while rows were open: the first of them is shown. */
  tooEarly: number
}

export function Lines({ fields, differences, seen, onSeen, tooEarly }: Props) {
  const { t } = useTranslation()
  const form = useForm()
  const { items, faults } = form
  const left = items.filter(({ code }) => !seen.includes(code))
  // `turn` counts how often a row was turned to: each time the focus goes there, even where it is open already.
  const [open, setOpen] = useState({ code: left[0]?.code, turn: 0 })
  const end = useRef<HTMLParagraphElement>(null)

  const jump = useCallback((code: string | undefined) => {
    setOpen(({ turn }) => ({ code, turn: turn + 1 }))
    if (code === undefined) end.current?.focus()
  }, [])
  // Sent too early, or with something wrong in a row: that row is shown.
  const next = items.find((_, index) => Object.keys(faults).some((key) => key.startsWith(`lines.${index}.`))) ?? left[0]
  const latest = useRef(next)
  useEffect(() => {
    latest.current = next
  })
  useEffect(() => {
    if (tooEarly > 0 && latest.current) jump(latest.current.code)
  }, [tooEarly, jump])

  useScanTarget(['item'], ({ code }) => {
    const found = items.find((item) => item.code === code || item.labels.includes(code))
    if (found) jump(found.code)
    return found !== undefined
  })

  const finish = (code: string) => {
    onSeen(code)
    jump(left.find((item) => item.code !== code)?.code)
  }
  return (
    <fieldset className="field-group field-wide lines">
      <legend>{t('words:field.lines')}</legend>
      <ol>
        {items.map((item, index) => (
          <Line
            key={item.code}
            item={item}
            index={index}
            fields={fields}
            differences={differences.filter(({ code }) => code === item.code)}
            isOpen={item.code === open.code}
            turn={item.code === open.code ? open.turn : 0}
            isSeen={seen.includes(item.code)}
            onOpen={() => jump(item.code)}
            onFinish={() => finish(item.code)}
          />
        ))}
      </ol>
      <p ref={end} tabIndex={-1} className="lines-end" role="status">
        {left.length === 0
          ? t('screens:lines.allSeen', { count: items.length })
          : t('screens:lines.left', { count: left.length })}
      </p>
    </fieldset>
  )
}

type LineProps = {
  item: Card
  index: number
  fields: Field[]
  differences: Difference[]
  isOpen: boolean
  isSeen: boolean
  turn: number
  onOpen: () => void
  onFinish: () => void
}

function Line({ item, index, fields, differences, isOpen, isSeen, turn, onOpen, onFinish }: LineProps) {
  const { t } = useTranslation()
  const form = useForm()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (turn === 0) return
    row.current?.querySelector<HTMLInputElement>(typed)?.focus()
    row.current?.scrollIntoView({ block: 'nearest' })
  }, [turn])

  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    if (event.key !== 'Enter' || !(target instanceof HTMLInputElement)) return
    if (target.getAttribute('role') === 'combobox' || event.nativeEvent.isComposing) return
    event.preventDefault()
    onFinish()
  }
  const differs = differences.length > 0
  const sign = differs ? 'differs' : isSeen ? 'seen' : 'left'
  return (
    <li ref={row} className={`line line-${sign}`} aria-current={isOpen ? 'true' : undefined}>
      <div className="line-head">
        <span className="line-sign" aria-hidden="true">
          {differs ? <WarningFilled /> : isSeen ? <CheckCircleFilled /> : index + 1}
        </span>
        <h4>
          {item.name} <Code code={item.code} />
        </h4>
        {!isOpen && (
          <>
            <Summary fields={fields} index={index} />
            <span className="quiet">{t(isSeen ? 'screens:lines.seen' : 'screens:lines.unseen')}</span>
            <Button type="text" disabled={form.disabled} onClick={onOpen}>
              {t('screens:lines.open', { n: index + 1 })}
            </Button>
          </>
        )}
      </div>
      {differs && <DifferenceList differences={differences} step={form.step} named={false} />}
      {isOpen && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field ends the row, as the button below does
        <div className="line-fields" onKeyDown={onKeyDown} onFocus={selectTyped}>
          <FormContext.Provider value={{ ...form, items: [item] }}>
            <Fields fields={fields} path={['lines', index]} />
          </FormContext.Provider>
          <Button type="primary" ghost danger={differs} disabled={form.disabled} onClick={onFinish}>
            {t(differs ? 'screens:lines.finishDiffering' : 'screens:lines.finish')}
          </Button>
        </div>
      )}
    </li>
  )
}

const typed = 'input:not([type=file]):not([type=radio]):not([type=checkbox]):not([role=combobox]), textarea'

/** What stands there is what was recorded: what is typed or scanned takes its place. */
function selectTyped({ target }: { target: EventTarget }): void {
  if (target instanceof HTMLInputElement && target.matches(typed)) target.select()
}

/** What a shut row says, in one line. */
function Summary({ fields, index }: { fields: Field[]; index: number }) {
  const { t } = useTranslation()
  const words = useWords()
  const { step, value } = useForm()
  const line = (valueAt(value, ['lines', index]) ?? {}) as Record<string, Value>
  const parts = fields.flatMap(({ name, shape }) => {
    const said = line[name]
    if (Array.isArray(said) && name === 'photos')
      return said.length > 0 ? [t('screens:lines.photos', { count: said.length })] : []
    if (typeof said !== 'string' && typeof said !== 'number') return []
    if (said === '') return []
    const text = shape.type === 'choice' ? words.valueName(step, `lines.${name}`, String(said)) : String(said)
    const unit = shape.type === 'field' ? t(`words:unitSign.${shape.kind}`, { defaultValue: '' }) : ''
    return [`${words.fieldName(step, `lines.${name}`)} ${text}${unit && ` ${unit}`}`]
  })
  return <span className="line-summary">{parts.join(' · ')}</span>
}

/** The lines as they are sent: without photographs where none were taken. */
export function withoutBlankPhotos(value: Value): Value {
  const bare = (each: Value): Value => {
    const { photos, ...rest } = (each ?? {}) as Record<string, Value>
    return Array.isArray(photos) && photos.length === 0 ? rest : each
  }
  const lines = ((valueAt(value, ['lines']) ?? []) as Value[]).map(bare)
  return withValue(bare(value), ['lines'], lines)
}
