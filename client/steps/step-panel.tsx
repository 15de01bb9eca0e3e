// The steps that are possible now, biggest first; those that are not, grey and with the reason; the form of the chosen one.

import { Button } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../server/contract/cards.ts'
import type { OfferedStep, StepAnswer } from '../../server/contract/steps.ts'
import type { Signer } from '../../server/custody/define.ts'
import { useOfferedSteps } from '../data/use-offered-steps.ts'
import { saidOf } from '../ui/said.ts'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { useWords } from '../ui/words.ts'
import { inOrder, rankOf } from './order.ts'
import { ReceiptOf } from './receipt-link.tsx'
import { StepForm } from './step-form.tsx'
import { Verdict } from './verdict.tsx'
import './step-panel.css'

type Props = {
  /** The items the steps are for, as they are now. */
  items: Card[]
  /** Only steps for which this holds. */
  only?: (step: string) => boolean
  size?: 'normal' | 'counter'
  /** Opens this step's form at once, with what is known for it. */
  chosen?: { step: string; given?: Record<string, unknown> }
  onDone?: (answer: StepAnswer, step: string) => void
  /** Whether the panel says that a step was taken; not where a step takes the panel itself away. */
  saysDone?: boolean
  /** The form was left without being sent. */
  onCancel?: () => void
  /** A procedure whose steps may be possible for some of the items only; then `onNarrow` takes those. */
  apart?: string
  onNarrow?: (codes: string[]) => void
}

export function StepPanel({
  items,
  only = () => true,
  size = 'normal',
  chosen,
  onDone,
  saysDone = true,
  onCancel,
  apart,
  onNarrow,
}: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const codes = items.map(({ code }) => code)
  const { data, error, refetch } = useOfferedSteps(codes, apart)
  const [step, setStep] = useState(chosen?.step)
  const [done, setDone] = useState<{ step: string; answer: StepAnswer }>()
  // A step chosen from outside, as by scanning a place, replaces the one in hand.
  const [lastChosen, setLastChosen] = useState(chosen?.step)
  if (chosen?.step !== lastChosen) {
    setLastChosen(chosen?.step)
    setStep(chosen?.step)
  }

  // Back from a form, whose button took the focus away with it.
  const isBack = useRef(false)
  const takeFocus = useCallback((panel: HTMLElement | null) => {
    if (!panel || !isBack.current) return
    isBack.current = false
    if (document.activeElement === document.body) panel.focus({ preventScroll: true })
  }, [])

  if (error)
    return (
      <Verdict kind="refused" title={words.refusalText(saidOf(error))}>
        <Button onClick={() => void refetch()}>{t('screens:retry')}</Button>
      </Verdict>
    )
  if (!data) return <RowsSkeleton rows={3} />

  const offered = inOrder(data.filter((each) => only(each.step)))
  const open = offered.find((each) => each.step === step)
  if (open)
    return (
      <StepForm
        step={open.step}
        items={items}
        signers={open.signers as Signer[]}
        given={chosen?.step === open.step ? chosen.given : undefined}
        size={size}
        onCancel={() => {
          isBack.current = true
          setStep(undefined)
          onCancel?.()
        }}
        onDone={(answer) => {
          isBack.current = true
          setStep(undefined)
          setDone({ step: open.step, answer })
          onDone?.(answer, open.step)
        }}
      />
    )

  const choose = (next: string) => {
    setDone(undefined)
    setStep(next)
  }
  return (
    <div className={`step-panel step-panel-${size}`} ref={takeFocus} tabIndex={-1}>
      {saysDone && done && <StepDone {...done} />}
      <Possible steps={offered.filter(({ possible }) => possible)} size={size} onChoose={choose} />
      <ForSome steps={offered} codes={codes} onNarrow={onNarrow} />
      <Impossible steps={offered.filter(({ possible, refusal }) => !possible && refusal?.code !== 'step.no-role')} />
    </div>
  )
}

/** Says that a step was taken, and gives its receipt. */
export function StepDone({ step, answer }: { step: string; answer: StepAnswer }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <Verdict kind="ok" title={t('screens:steps.done', { step: words.stepName(step) })}>
      <ReceiptOf answer={answer} />
    </Verdict>
  )
}

type PossibleProps = { steps: OfferedStep[]; size: 'normal' | 'counter'; onChoose: (step: string) => void }

function Possible({ steps, size, onChoose }: PossibleProps) {
  const { t } = useTranslation()
  const words = useWords()
  if (steps.length === 0) return <p className="quiet">{t('screens:steps.none')}</p>
  const main = steps.filter(({ step }) => rankOf(step) < 3)
  const small = steps.filter(({ step }) => rankOf(step) === 3)
  return (
    <>
      {main.length > 0 && (
        <ul className="step-panel-main" aria-label={t('screens:steps.possible')}>
          {main.map(({ step }, index) => (
            <li key={step}>
              <Button
                // What ends a docket is at hand, but never what one is led to.
                type={index === 0 && rankOf(step) !== 1 ? 'primary' : 'default'}
                size={size === 'counter' ? 'large' : 'middle'}
                block
                onClick={() => onChoose(step)}
              >
                {words.stepName(step)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {small.length > 0 && (
        <ul className="step-panel-small" aria-label={t('screens:steps.small')}>
          {small.map(({ step }) => (
            <li key={step}>
              <Button type="link" onClick={() => onChoose(step)}>
                {words.stepName(step)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type ForSomeProps = { steps: OfferedStep[]; codes: string[]; onNarrow?: (codes: string[]) => void }

/** Steps that some of the items could take: one press leaves the others out. */
function ForSome({ steps, codes, onNarrow }: ForSomeProps) {
  const { t } = useTranslation()
  const words = useWords()
  if (!onNarrow) return null
  const found = steps.flatMap(({ step, aside = [] }) => {
    const able = codes.filter((code) => !aside.some((each) => each.code === code))
    return aside.length > 0 && able.length > 0 ? [{ step, able }] : []
  })
  if (found.length === 0) return null
  return (
    <ul className="step-panel-small" aria-label={t('screens:steps.forSome')}>
      {found.map(({ step, able }) => (
        <li key={step}>
          <Button type="link" onClick={() => onNarrow(able)}>
            {t('screens:steps.narrow', { count: able.length, step: words.stepName(step) })}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Nobody needs to guess why a step is not there. */
function Impossible({ steps }: { steps: OfferedStep[] }) {
  const { t } = useTranslation()
  const words = useWords()
  if (steps.length === 0) return null
  return (
    <details className="step-panel-not">
      <summary>{t('screens:steps.impossible', { count: steps.length })}</summary>
      <dl>
        {steps.map(({ step, refusal }) => (
          <div key={step}>
            <dt>{words.stepName(step)}</dt>
            <dd>{refusal && words.refusalText(refusal)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
