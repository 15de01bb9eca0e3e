// What can be done with a case: what carries it on first, what mends it last.

import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CaseCard } from '../../../server/contract/cards.ts'
import { hasEnded, isOngoing } from '../../../server/custody/subjects.ts'
import { useHasRole, useMe } from '../../data/session.ts'
import { StepButton } from '../../steps/step-button.tsx'
import { HeldItems } from './held.tsx'

export function CaseSteps({ it }: { it: CaseCard }) {
  const { t } = useTranslation('screens-chain')
  const me = useMe()
  const isOfficer = useHasRole('officer')
  const { caseNo, officers, mergedInto, held = 0 } = it
  const given = { caseNo }
  const seen = held > 0 ? { held } : { held, heldBecause: undefined }
  return (
    <div className="place-acts">
      {isOfficer && isOngoing(it) && officers.includes(me.login) && (
        <Link to={`/register?case=${encodeURIComponent(caseNo)}`}>
          <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
            {t('case.register')}
          </Button>
        </Link>
      )}
      {mergedInto === undefined && (
        <>
          {hasEnded(it) && <StepButton step="case.reopen" given={given} primary />}
          <StepButton step="case.record" given={{ ...given, ...seen }}>
            <HeldItems it={it} />
          </StepButton>
          <StepButton step="case.assign" given={given} />
          <StepButton step="case.merge" given={given} />
        </>
      )}
      <StepButton step="case.correct" given={given} />
      <StepButton step="case.renumber" given={given} />
    </div>
  )
}
