// An inspector hands in what stillpoint-verify reported, so that everybody sees when the whole log was last checked.

import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { request } from '../../data/request.ts'
import { logKey } from '../../data/use-log.ts'
import { saidOf } from '../../ui/said.ts'
import { useWords } from '../../ui/words.ts'

type Report = { origin: string; size: number; root: string; sound: boolean }
type Outcome = { kind: 'success' | 'error'; text: string }

export function HandIn() {
  const { t } = useTranslation('proof')
  const words = useWords()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()

  const handIn = async (file: File) => {
    setBusy(true)
    try {
      const report = reportIn(await file.text())
      if (!report) return setOutcome({ kind: 'error', text: t('log.own.noReport') })
      await request('/log/verifications', { method: 'POST', body: report })
      await queries.invalidateQueries({ queryKey: logKey })
      setOutcome({ kind: 'success', text: t('log.own.handedIn') })
    } catch (error) {
      setOutcome({ kind: 'error', text: words.refusalText(saidOf(error)) })
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="log-hand-in">
      <p className="quiet" id="log-hand-in">
        {t('log.own.handInHint')}
      </p>
      <Button loading={busy} onClick={() => input.current?.click()} aria-describedby="log-hand-in">
        {t('log.own.handIn')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('log.own.handIn')}
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) void handIn(file)
        }}
      />
      {outcome && <Alert showIcon type={outcome.kind} title={outcome.text} />}
    </div>
  )
}

/** What the server takes of the report; nothing when the file holds none. */
function reportIn(text: string): Report | undefined {
  try {
    const { origin, size, root, sound } = JSON.parse(text) as Partial<Report>
    const isReport =
      typeof origin === 'string' && Number.isSafeInteger(size) && typeof root === 'string' && typeof sound === 'boolean'
    return isReport ? ({ origin, size, root, sound } as Report) : undefined
  } catch {
    return undefined
  }
}
