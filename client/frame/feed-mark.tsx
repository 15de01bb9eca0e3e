// Whether movements arrive live: a word and a symbol, no colour alone.

import { useTranslation } from 'react-i18next'
import { useFeedState } from '../data/live-feed.ts'
import './feed-mark.css'

export function FeedMark() {
  const { t } = useTranslation()
  const state = useFeedState()
  return (
    <span className={`feed-mark feed-${state}`} role="status" title={t(`screens:feed.${state}Hint`)}>
      <span aria-hidden="true">{state === 'live' ? '●' : state === 'lost' ? '✕' : '○'}</span>
      <span className="feed-word">{t(`screens:feed.${state}`)}</span>
    </span>
  )
}
