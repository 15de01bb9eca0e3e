// A button that opens a step's form beside the page, for steps about places, people, cases and agencies.

import { CloseOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Subject } from '../../server/custody/subjects.ts'
import { useHasRole } from '../data/session.ts'
import { pathOf } from '../ui/paths.ts'
import { useWords } from '../ui/words.ts'
import { StepForm } from './step-form.tsx'
import { Verdict } from './verdict.tsx'
import './step-button.css'

type Props = {
  step: string
  /** The step's name when absent. */
  label?: string
  /** What the page already knows; it is not asked again. */
  given?: Record<string, unknown>
  /** What stands in the form to begin with. */
  prefilled?: Record<string, unknown>
  primary?: boolean
  danger?: boolean
  small?: boolean
  /** Called when the form is closed after the step was taken. */
  onDone?: () => void
  /** What must be seen before the form is filled in. */
  children?: ReactNode
}

/** Nothing for those whose roles never take the step; all else the server decides and says. */
export function StepButton({
  step,
  label,
  given = {},
  prefilled = {},
  primary = false,
  danger = false,
  small = false,
  onDone,
  children,
}: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<StepAnswer>()
  const stated = catalogue.steps[step]!
  const mayTake = useHasRole(...stated.by)
  if (!mayTake) return null
  const makes = stated.on !== 'item' && stated.makes === true
  const close = () => {
    setOpen(false)
    setMade(undefined)
    if (made) onDone?.()
  }
  const subject = made?.entries[0]?.subject
  return (
    <>
      <Button
        type={primary ? 'primary' : small ? 'text' : 'default'}
        size={small ? 'small' : undefined}
        danger={danger}
        onClick={() => setOpen(true)}
      >
        {label ?? words.stepName(step)}
      </Button>
      <Drawer
        open={open}
        onClose={close}
        size={520}
        className="step-drawer"
        title={<h2>{label ?? words.stepName(step)}</h2>}
        closeIcon={<CloseOutlined aria-label={t('screens:close')} />}
        destroyOnHidden
      >
        {subject ? (
          <Verdict kind="ok" title={t('step.done', { step: words.stepName(step) })}>
            <Link to={pathOf(subject as Subject)} onClick={close}>
              {t('step.open')}
            </Link>{' '}
            <Button onClick={() => setMade(undefined)}>{t('step.again')}</Button>
          </Verdict>
        ) : (
          <>
            {children}
            <StepForm
              step={step}
              given={{ ...prefilled, ...given }}
              hidden={Object.keys(given)}
              draftName={JSON.stringify(given)}
              onCancel={close}
              onDone={(answer) => (makes ? setMade(answer) : close())}
            />
          </>
        )}
      </Drawer>
    </>
  )
}
