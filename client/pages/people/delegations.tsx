// Desks that somebody lent and those that they hold for others, with when each begins and ends.

import { useTranslation } from 'react-i18next'
import { givenBy, heldBy, isRunning } from '../../../server/custody/delegation.ts'
import { lendable } from '../../../server/custody/procedures/delegation.ts'
import type { Delegation, Person } from '../../../server/custody/subjects.ts'
import { useMe } from '../../data/session.ts'
import { useNames } from '../../data/use-names.ts'
import { StepButton } from '../../steps/step-button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'

export function DelegationsOf({ person }: { person: Person }) {
  const { t } = useTranslation('screens-chain')
  const me = useMe()
  const now = new Date().toISOString()
  const all = [...givenBy(person, now), ...heldBy(person, now)]
  // What was lent is not lent on, so it is only offered to who has an office of their own.
  const own = me.grants.find(({ role }) => lendable.some((each) => each === role))
  const isMine = me.login === person.login
  return (
    <section className="panel" aria-labelledby="person-delegations">
      <div className="chain-head">
        <h2 id="person-delegations">{t('delegations.title')}</h2>
        {own && !person.disabled && (
          <StepButton
            step="delegation.grant"
            given={isMine ? {} : { to: person.login }}
            prefilled={{ role: own.role, scope: own.scope }}
          />
        )}
      </div>
      {all.length === 0 ? (
        <p className="quiet">{t('delegations.none')}</p>
      ) : (
        <div className="plain-table">
          <table>
            <thead>
              <tr>
                {(['who', 'what', 'from', 'until', 'reason'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`delegations.${name}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('delegations.act')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {all.map((each) => (
                <Row key={`${each.id} ${each.to.login}`} each={each} person={person} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Row({ each, person, now }: { each: Delegation; person: Person; now: string }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const { of, to, role, scope, from, until, reason, id } = each
  const gave = of.login === person.login
  const runs = isRunning(each, now)
  return (
    <tr>
      <th scope="row">
        {gave ? t('delegations.given', { name: to.name }) : t('delegations.held', { name: of.name })}{' '}
        <Mark kind={runs ? 'accent' : 'plain'}>{t(runs ? 'delegations.runs' : 'delegations.toCome')}</Mark>
      </th>
      <td>{words.deskName(`${role}@${scope}`, nameOf)}</td>
      <td>
        <Time at={from} />
      </td>
      <td>
        <Time at={until} />
      </td>
      <td>{reason}</td>
      <td>
        <StepButton step="delegation.end" given={{ to: to.login, delegation: id }} danger small />
      </td>
    </tr>
  )
}
