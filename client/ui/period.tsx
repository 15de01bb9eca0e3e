// From which day to which a list is narrowed: days in the address, moments of the local clock for the server.

import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'

export type Days = { from?: string; to?: string }

/** The first moment of the first day, and the first one after the last. */
export const momentsOf = ({ from, to }: Days): { from?: string; to?: string } => ({
  ...(from && dayjs(from).isValid() ? { from: dayjs(from).startOf('day').toISOString() } : {}),
  ...(to && dayjs(to).isValid() ? { to: dayjs(to).add(1, 'day').startOf('day').toISOString() } : {}),
})

type Props = Days & { of: string; onChange: (days: { from?: string; to?: string }) => void }

export function Period({ from, to, of, onChange }: Props) {
  const { t } = useTranslation('screens-chain')
  const day = (name: keyof Days, value: string | undefined) => (
    <DatePicker
      className="items-day"
      aria-label={t(`period.${name}`, { of })}
      placeholder={t(`period.${name}`, { of })}
      format={['YYYY-MM-DD', 'YYYYMMDD']}
      value={value && dayjs(value).isValid() ? dayjs(value) : null}
      onChange={(date) => onChange({ [name]: date?.format('YYYY-MM-DD') })}
    />
  )
  return (
    <>
      {day('from', from)}
      {day('to', to)}
    </>
  )
}
