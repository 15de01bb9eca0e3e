// Fields that are typed: text, figures, times, choices, ticks.

import { Checkbox, DatePicker, Input, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../checked.ts'
import type { Ties } from './labelled.tsx'

type Props<T> = { ties: Ties; value: T | undefined; disabled: boolean; onChange: (value: T | undefined) => void }

const bad = (ties: Ties) => (ties['aria-invalid'] ? ('error' as const) : ('' as const))

export const TextField = ({ ties, value, disabled, onChange, most }: Props<string> & { most?: number }) => (
  <Input
    {...ties}
    value={value ?? ''}
    disabled={disabled}
    maxLength={most}
    status={bad(ties)}
    autoComplete="off"
    onChange={(event) => onChange(event.target.value)}
  />
)

export const LongTextField = ({ ties, value, disabled, onChange, most }: Props<string> & { most?: number }) => (
  <Input.TextArea
    {...ties}
    value={value ?? ''}
    disabled={disabled}
    maxLength={most}
    status={bad(ties)}
    className="grows"
    rows={2}
    onChange={(event) => onChange(event.target.value)}
  />
)

/** Full-width digits and separators of thousands are what people type; the server takes `1234.5`. */
export const asDecimal = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[,，\s]/g, '')
    .replace(/^0+(?=\d)/, '')

export const DecimalField = ({ ties, value, disabled, onChange, sign }: Props<string> & { sign?: string }) => (
  <Input
    {...ties}
    className="figures"
    value={value ?? ''}
    disabled={disabled}
    inputMode="decimal"
    autoComplete="off"
    suffix={sign || undefined}
    status={bad(ties)}
    onChange={(event) => onChange(asDecimal(event.target.value))}
  />
)

export const IntegerField = ({ ties, value, disabled, onChange }: Props<number | string>) => (
  <Input
    {...ties}
    className="figures"
    value={value ?? ''}
    disabled={disabled}
    inputMode="numeric"
    autoComplete="off"
    status={bad(ties)}
    onChange={(event) => {
      const text = asDecimal(event.target.value)
      onChange(/^\d{1,15}$/.test(text) ? Number(text) : text)
    }}
  />
)

/** Enter ends what is typed into a date; the form is not sent by it half filled in. */
const endByEnter = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault()
}

/** A moment on the local clock; kept with its offset as UTC. */
export function TimeField({ ties, value, disabled, onChange }: Props<string>) {
  return (
    <DatePicker
      id={ties.id}
      aria-describedby={ties['aria-describedby']}
      aria-required={ties['aria-required']}
      aria-invalid={ties['aria-invalid']}
      showTime={{ format: 'HH:mm' }}
      format={['YYYY-MM-DD HH:mm', 'YYYYMMDDHHmm', 'YYYY-MM-DD']}
      value={value ? dayjs(value) : null}
      disabled={disabled}
      status={bad(ties)}
      needConfirm={false}
      changeOnBlur
      onKeyDown={endByEnter}
      onChange={(time) => onChange(time?.toDate().toISOString())}
    />
  )
}

export function DateField({ ties, value, disabled, onChange }: Props<string>) {
  return (
    <DatePicker
      id={ties.id}
      aria-describedby={ties['aria-describedby']}
      aria-required={ties['aria-required']}
      aria-invalid={ties['aria-invalid']}
      format={['YYYY-MM-DD', 'YYYYMMDD']}
      value={value ? dayjs(value) : null}
      disabled={disabled}
      status={bad(ties)}
      onKeyDown={endByEnter}
      onChange={(date) => onChange(date?.format('YYYY-MM-DD'))}
    />
  )
}

type TickProps = Props<boolean> & { name: string; fault?: Fault }
type ChoiceProps<T> = Props<T> & { values: readonly string[]; nameOf: (value: string) => string }

const FEW = 4

export function ChoiceField({ ties, value, disabled, onChange, values, nameOf }: ChoiceProps<string>) {
  const { t } = useTranslation()
  if (values.length <= FEW)
    return (
      <Radio.Group
        id={ties.id}
        className="choice-few"
        value={value}
        disabled={disabled}
        options={values.map((each) => ({ value: each, label: nameOf(each) }))}
        onChange={(event) => onChange(event.target.value as string)}
      />
    )
  return (
    <Select
      {...ties}
      value={value}
      disabled={disabled}
      status={bad(ties)}
      placeholder={t('screens:form.choose')}
      showSearch={{ optionFilterProp: 'label' }}
      options={values.map((each) => ({ value: each, label: nameOf(each) }))}
      onChange={onChange}
    />
  )
}

export const ChoicesField = ({ ties, value, disabled, onChange, values, nameOf }: ChoiceProps<string[]>) => (
  <Select
    {...ties}
    mode="multiple"
    value={value ?? []}
    disabled={disabled}
    status={bad(ties)}
    options={values.map((each) => ({ value: each, label: nameOf(each) }))}
    onChange={onChange}
  />
)

/** Several short texts: Enter or a comma ends one. */
export function TextsField({ ties, value, disabled, onChange }: Props<string[]>) {
  const { t } = useTranslation()
  return (
    <Select
      {...ties}
      mode="tags"
      open={false}
      suffixIcon={null}
      tokenSeparators={[',', '，', ';', '；', '\n', '\t']}
      placeholder={t('screens:form.several')}
      value={value ?? []}
      disabled={disabled}
      status={bad(ties)}
      onChange={onChange}
    />
  )
}

export function TickField({ ties, value, disabled, onChange, name, fault }: TickProps) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox
        id={ties.id}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${ties.id}-says` : undefined}
        checked={value ?? false}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      >
        {name}
      </Checkbox>
      {fault && (
        <span id={`${ties.id}-says`} className="field-fault" role="alert">
          {fault.said ?? t('screens:form.tick')}
        </span>
      )}
    </>
  )
}
