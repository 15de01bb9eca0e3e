// Separation of duties as it holds here: the table that nobody loosens, and the rows that the agency added.

import { useTranslation } from 'react-i18next'
import { type OwnRow, rolesApart, rowsOf } from '../../../server/custody/separation.ts'
import type { Role } from '../../../server/custody/subjects.ts'
import { StepButton } from '../../steps/step-button.tsx'
import { useWords } from '../../ui/words.ts'

export function SeparationTable({ agency, own }: { agency: string; own: OwnRow[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const said = (roles: readonly Role[]) => roles.map(words.roleName).join(t('listSeparator'))
  const rows = [...rolesApart, ...rowsOf(own)]
  return (
    <section className="panel" aria-labelledby="agency-separation">
      <div className="chain-head">
        <h2 id="agency-separation">{t('agencies.separation')}</h2>
        <StepButton
          step="agency.configure"
          label={t('agencies.tighten')}
          given={{ agency }}
          prefilled={{ settings: { rolesApart: own } }}
        />
      </div>
      <p className="quiet">{t('agencies.separationHint')}</p>
      <div className="plain-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('agencies.apartOne')}</th>
              <th scope="col">{t('agencies.apartOther')}</th>
              <th scope="col">{t('agencies.from')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ one, other }, at) => (
              <tr key={`${one} ${other}`}>
                <th scope="row">{said(one)}</th>
                <td>{said(other)}</td>
                <td className="quiet">{t(at < rolesApart.length ? 'agencies.always' : 'agencies.fromAgency')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
