// Who is signed in, and the way out.

import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { lock } from '../data/lock.ts'
import { signOut, useMe } from '../data/session.ts'
import { useWords } from '../ui/words.ts'
import { PreferenceSwitches } from './preference-switches.tsx'
import './person-menu.css'

export function PersonMenu() {
  const me = useMe()
  const { t } = useTranslation()
  return (
    <Popover content={<Menu />} trigger="click" placement="bottomRight" arrow={false}>
      <Button type="text" className="person-button" aria-label={t('screens:account', { name: me.name })}>
        <UserOutlined className="person-icon" aria-hidden="true" />
        <span className="person-name">{me.name}</span>
        <DownOutlined className="person-arrow" aria-hidden="true" />
      </Button>
    </Popover>
  )
}

function Menu() {
  const { t } = useTranslation()
  const words = useWords()
  const me = useMe()
  return (
    <div className="person-menu">
      <div>
        <strong>{me.name}</strong> <span className="quiet code">{me.number}</span>
        <p className="quiet">{me.roles.map(words.roleName).join(t('words:listSeparator'))}</p>
        <p className="quiet">
          {me.agencyName} {me.unitName === me.agencyName ? '' : me.unitName}
        </p>
      </div>
      <PreferenceSwitches />
      <div className="person-actions">
        <Button onClick={lock}>{t('screens:lock.now')}</Button>
        <Button onClick={() => void signOut()}>{t('screens:signOut')}</Button>
      </div>
    </div>
  )
}
