// One person: their badge, their roles with who gave them when, and what an administrator can do.

import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useHasRole, useMe } from '../data/session.ts'
import { useNames } from '../data/use-names.ts'
import { usePerson } from '../data/use-person.ts'
import { StepButton } from '../steps/step-button.tsx'
import { Code } from '../ui/code.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { PageSkeleton } from '../ui/skeletons.tsx'
import { Time } from '../ui/time.tsx'
import { useWords } from '../ui/words.ts'
import { PrintLabels } from './labels/print-labels.tsx'
import { DelegationsOf } from './people/delegations.tsx'
import { DutiesOf } from './people/duties.tsx'
import { PasswordLinkButton } from './people/password-link.tsx'
import './item/item.css'
import './items/items.css'
import './store/store.css'
import './people/people.css'

export default function PersonPage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const me = useMe()
  const isAdmin = useHasRole('admin')
  const isHead = useHasRole('head', 'storehead', 'leader', 'principal', 'inspector')
  const { code = '' } = useParams()
  const { data: person, error, refetch } = usePerson(code)
  if (error && !person)
    return (
      <div className="page">
        <h1>{t('person.title')}</h1>
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!person) return <PageSkeleton />
  const given = { login: person.login }
  return (
    <div className="page">
      <header className="item-head">
        <div>
          <p className="item-code">
            <Code code={person.id} />
          </p>
          <h1>
            {person.name} {person.disabled && <Mark kind="bad">{t('people.disabled')}</Mark>}
          </h1>
          <p className="quiet">
            <span className="code">{person.login}</span> · {person.number} ·{' '}
            {[...new Set([person.unitName, person.agencyName])].join(' · ')}
          </p>
        </div>
        <div className="place-acts">
          <PrintLabels codes={[person.id]} label={t('person.printBadge')} />
          {isAdmin && !person.disabled && <PasswordLinkButton login={person.login} name={person.name} />}
          <StepButton step="person.rename" given={given} />
          <StepButton step="person.renumber" given={given} />
          {!person.disabled && <StepButton step="person.move" given={given} />}
          {person.disabled ? (
            <StepButton step="person.enable" given={given} />
          ) : (
            <StepButton step="person.disable" given={given} danger />
          )}
        </div>
      </header>
      <section className="panel" aria-labelledby="person-grants">
        <div className="chain-head">
          <h2 id="person-grants">{t('person.grants')}</h2>
          {!person.disabled && <StepButton step="person.grant" given={given} primary />}
        </div>
        {person.grants.length === 0 ? (
          <Empty title={t('person.noGrants')} hint={t('person.noGrantsHint')} />
        ) : (
          <div className="plain-table">
            <table>
              <thead>
                <tr>
                  {(['role', 'scope', 'grantedAt', 'grantedBy', 'act'] as const).map((name) => (
                    <th key={name} scope="col">
                      {name === 'act' ? (
                        <span className="visually-hidden">{t('person.act')}</span>
                      ) : (
                        t(`person.${name}`)
                      )}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {person.grants.map(({ role, scope, grantedAt, grantedBy }) => (
                  <tr key={`${role} ${scope}`}>
                    <th scope="row">{words.roleName(role)}</th>
                    <td>{nameOf(scope) ?? scope}</td>
                    <td>
                      <Time at={grantedAt} />
                    </td>
                    <td>{nameOf(grantedBy) ?? grantedBy}</td>
                    <td>
                      <StepButton step="person.revoke" given={{ ...given, role, scope }} danger small />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <DelegationsOf person={person} />
      {(isAdmin || isHead || me.login === person.login) && <DutiesOf login={person.login} />}
    </div>
  )
}
