// A docket's list at the counter, ticked off as its things are scanned; what cannot go on is grey and says why.

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DocketCard } from '../../../server/contract/cards.ts'
import { catalogue } from '../../../server/custody/catalogue.ts'
import { useOfferedSteps } from '../../data/use-offered-steps.ts'
import { Code } from '../../ui/code.tsx'
import { useWords } from '../../ui/words.ts'
import { type CounterStep, counterStep } from './counter-step.ts'

type Props = {
  docket: DocketCard
  scanned: string[]
  onChoose: (codes: string[]) => void
  onClose: () => void
}

export function DocketTicks({ docket, scanned, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const standing = docket.items.flatMap(({ code, stage }) => (stage ? [code] : []))
  const { data: offered } = useOfferedSteps(standing, docket.procedure)
  const step = offered && counterStep(offered, standing, (name) => isPhysical(name))
  const able = step ? step.able : standing
  const left = able.filter((code) => !scanned.includes(code))
  return (
    <section className="docket-ticks">
      <header>
        <h2>
          <Link to={`/dockets/${docket.code}`}>
            {words.procedureName(docket.procedure)} ·{' '}
            {docket.stages.map((stage) => words.stageName(docket.procedure, stage)).join(t('words:listSeparator'))}
          </Link>
        </h2>
        <Button onClick={onClose}>{t('screens:scan.putAside')}</Button>
      </header>
      <p>
        <Code code={docket.code} /> ·{' '}
        <strong>
          {left.length === 0 ? t('screens:scan.allScanned') : t('screens:scan.leftToScan', { count: left.length })}
        </strong>{' '}
        {left.length > 0 && (
          <Button onClick={() => onChoose(able)}>
            {step
              ? t('screens:scan.chooseAble', { count: able.length, step: words.stepName(step.step) })
              : t('screens:scan.chooseLines', { count: able.length })}
          </Button>
        )}
      </p>
      <ol className="row-list">
        {docket.items.map(({ code, name, stage }) => (
          <Tick
            key={code}
            code={code}
            name={name}
            isScanned={scanned.includes(code)}
            reason={stage ? reasonOf(step, code, words) : t('screens:scan.lineEnded')}
          />
        ))}
      </ol>
    </section>
  )
}

const isPhysical = (name: string): boolean => {
  const stated = catalogue.steps[name]
  return stated?.on === 'item' && stated.physical === true && typeof stated.docket === 'object'
}

const reasonOf = (step: CounterStep | undefined, code: string, words: ReturnType<typeof useWords>) => {
  const refusal = step?.reasons.get(code)
  return refusal && words.refusalText(refusal)
}

type TickProps = { code: string; name: string; isScanned: boolean; reason?: string }

function Tick({ code, name, isScanned, reason }: TickProps) {
  const { t } = useTranslation()
  return (
    <li className={reason ? 'tick tick-not' : isScanned ? 'tick tick-done' : 'tick'}>
      <span aria-hidden="true">{reason ? '–' : isScanned ? '✓' : '○'}</span>
      <span className="visually-hidden">
        {t(reason ? 'screens:scan.notNow' : isScanned ? 'screens:scan.ticked' : 'screens:scan.unticked')}
      </span>
      <span>
        {name} <Code code={code} />
        {reason && <span className="tick-reason">{reason}</span>}
      </span>
    </li>
  )
}
