// The desk: what waits for me, what I hold and until when, where my requests are; for those who supervise, how things stand.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe } from '../data/session.ts'
import { useWords } from '../ui/words.ts'
import { Counts } from './desk/counts.tsx'
import { Holding } from './desk/holding.tsx'
import { Mine } from './desk/mine.tsx'
import { Waiting } from './desk/waiting.tsx'
import './desk/desk.css'

const handling = ['officer', 'casemanager']
const supervising = ['head', 'storehead', 'leader', 'principal', 'inspector', 'legal', 'casemanager', 'finance']

export default function Desk() {
  const { t } = useTranslation()
  const words = useWords()
  const me = useMe()
  const is = (roles: string[]) => me.roles.some((role) => roles.includes(role))
  return (
    <div className="page desk">
      <div className="page-head">
        <h1>{t('screens:desk.title', { name: me.name })}</h1>
        <span className="quiet">
          {me.unitName} · {me.roles.map(words.roleName).join(t('words:listSeparator'))}
        </span>
        {is(['officer']) && (
          <Link to="/register" className="desk-action">
            {t('screens:desk.register')}
          </Link>
        )}
      </div>
      {is(supervising) && <Counts />}
      <Waiting />
      {is(handling) && <Holding login={me.login} />}
      <Mine always={is(handling)} />
    </div>
  )
}
