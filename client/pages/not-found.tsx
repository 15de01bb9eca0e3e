// An address that leads nowhere.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from '../ui/empty.tsx'

export default function NotFound() {
  const { t } = useTranslation()
  return (
    <div className="page">
      <h1>{t('screens:notFound.title')}</h1>
      <div className="panel">
        <Empty title={t('screens:notFound.empty')} hint={t('screens:notFound.hint')}>
          <Link to="/">{t('screens:notFound.home')}</Link>
        </Empty>
      </div>
    </div>
  )
}
