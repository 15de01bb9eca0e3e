// Language and look, in the person's menu and before signing in.

import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Language, type Look, languages, looks, prefer, usePreferences } from '../ui/preferences.ts'
import './preference-switches.css'

export function PreferenceSwitches() {
  const { t } = useTranslation()
  const { language, look } = usePreferences()
  return (
    <div className="preference-switches">
      <Segmented<Language>
        aria-label={t('screens:language')}
        value={language}
        onChange={(value) => prefer({ language: value })}
        options={languages.map((value) => ({ value, label: value === 'zh-CN' ? '中文' : 'English' }))}
      />
      <Segmented<Look>
        aria-label={t('screens:look.title')}
        value={look}
        onChange={(value) => prefer({ look: value })}
        options={looks.map((value) => ({ value, label: t(`screens:look.${value}`) }))}
      />
    </div>
  )
}
