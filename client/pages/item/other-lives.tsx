// The thing as it was here before it was given back, and as it came again; named only for who may read that too.

import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { useItem } from '../../data/use-item.ts'
import { Code } from '../../ui/code.tsx'

export function OtherLives({ item: { earlier, later = [] } }: { item: Card }) {
  const { t } = useTranslation('screens-chain')
  if (!earlier && later.length === 0) return null
  return (
    <p className="quiet">
      {earlier && <Life words={t('item.earlier')} code={earlier} />}
      {later.map((code) => (
        <Life key={code} words={t('item.later')} code={code} />
      ))}
    </p>
  )
}

function Life({ words, code }: { words: string; code: string }) {
  const { t } = useTranslation('screens-chain')
  const { data: item, error } = useItem(code)
  return (
    <span className="item-life">
      {words} <Code code={code} {...(item ? { to: `/items/${code}` } : {})} /> {item?.name}
      {error && t('item.unreadable')}
    </span>
  )
}
