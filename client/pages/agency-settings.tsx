// Agencies and their units, and the terms that the own agency sets for itself.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Settings, settingsOf } from '../../server/custody/settings.ts'
import { useMe } from '../data/session.ts'
import { useUnits } from '../data/use-units.ts'
import { StepButton } from '../steps/step-button.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { PageSkeleton } from '../ui/skeletons.tsx'
import { useWords } from '../ui/words.ts'
import './item/item.css'
import { SeparationTable } from './people/separation-table.tsx'
import './people/people.css'

export default function AgencySettingsPage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const me = useMe()
  const { data: units, error, refetch } = useUnits()
  if (error && !units) return <Failed error={error} onRetry={() => void refetch()} />
  if (!units) return <PageSkeleton />
  const agencies = units
    .filter(({ kind }) => kind === 'agency')
    .sort((one, other) => Number(other.id === me.agency) - Number(one.id === me.agency))
  const unitsOf = (agency: string) => units.filter((unit) => unit.kind === 'unit' && unit.agency === agency)
  const own = agencies.find(({ id }) => id === me.agency)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('agencies.title')}</h1>
        <StepButton step="agency.add" />
        <StepButton step="unit.add" />
      </div>
      {agencies.map((agency) => (
        <section key={agency.id} className="panel" aria-labelledby={`agency-${agency.id}`}>
          <h2 id={`agency-${agency.id}`}>
            {agency.name} <Mark>{words.valueName('agency.add', 'type', agency.type)}</Mark>{' '}
            {agency.id === me.agency && <Mark kind="accent">{t('agencies.own')}</Mark>}{' '}
            <StepButton step="agency.rename" given={{ agency: agency.id }} small />
          </h2>
          {unitsOf(agency.id).length === 0 && <p className="quiet">{t('agencies.noUnits')}</p>}
          <ul className="agency-units">
            {unitsOf(agency.id).map((unit) => (
              <li key={unit.id}>
                {agency.id === me.agency ? <Link to={`/people?unit=${unit.id}`}>{unit.name}</Link> : unit.name}{' '}
                <span className="quiet code">{unit.id}</span> {unit.closed && <Mark>{t('agencies.closed')}</Mark>}{' '}
                <StepButton step="unit.rename" given={{ unit: unit.id }} small />{' '}
                <StepButton step={unit.closed ? 'unit.reopen' : 'unit.close'} given={{ unit: unit.id }} small />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {own && <OwnSettings settings={settingsOf(own)} agency={own.id} set={own.settings} />}
      {own && <SeparationTable agency={own.id} own={settingsOf(own).rolesApart} />}
    </div>
  )
}

type Props = { agency: string; settings: Settings; set: Partial<Settings> }

/** The terms in force; those the agency has set itself are marked. */
function OwnSettings({ agency, settings, set }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const said = (name: string, value: unknown): string => {
    if (!Array.isArray(value)) return String(value)
    if (value.length === 0) return t('agencies.nothing')
    const nameOf = name === 'twoPersonClasses' ? words.className : words.controlStageName
    return value.map((each) => nameOf(String(each))).join(t('listSeparator'))
  }
  return (
    <section className="panel" aria-labelledby="agency-settings">
      <div className="chain-head">
        <h2 id="agency-settings">{t('agencies.settings')}</h2>
        <StepButton step="agency.configure" given={{ agency }} />
      </div>
      <div className="plain-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('agencies.setting')}</th>
              <th scope="col">{t('agencies.value')}</th>
              <th scope="col">{t('agencies.from')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(settings).map(([name, value]) =>
              name === 'rolesApart' ? null : (
                <tr key={name}>
                  <th scope="row">{words.fieldName('agency.configure', `settings.${name}`)}</th>
                  <td className={name === 'caseNoPattern' ? 'code' : undefined}>{said(name, value)}</td>
                  <td className="quiet">{t(name in set ? 'agencies.fromAgency' : 'agencies.fromDefault')}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  )
}
