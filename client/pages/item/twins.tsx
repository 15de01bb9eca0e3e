// Other things that have a number of this one: said on both of their pages, to whoever may read both.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useItemTwins } from '../../data/use-twins.ts'
import { Verdict } from '../../steps/verdict.tsx'

export function Twins({ code }: { code: string }) {
  const { t } = useTranslation('screens-chain')
  const { data = [] } = useItemTwins(code)
  if (data.length === 0) return null
  return (
    <Verdict kind="warn" title={t('item.twins')}>
      <ul>
        {data.map((twin) => (
          <li key={`${twin.kind} ${twin.value} ${twin.code}`}>
            {t(`words:identifier.${twin.kind}`)} <span className="code">{twin.value}</span>:{' '}
            <Link to={`/items/${twin.code}`}>{twin.name}</Link> <span className="quiet">{twin.caseNo}</span>
          </li>
        ))}
      </ul>
    </Verdict>
  )
}
