// The end of a list that loads as one scrolls: asks for more when it comes into sight, and by a button for those who tab.

import { Button } from 'antd'
import { useEffect, useRef } from 'react'

type Props = {
  more: boolean
  loading: boolean
  onMore: () => void
  label: string
  /** Asks only when the button is pressed. */
  byHand?: boolean
}

export function MoreOnSight({ more, loading, onMore, label, byHand = false }: Props) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = end.current
    if (!element || !more || loading || byHand) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onMore(), { rootMargin: '600px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [more, loading, onMore, byHand])
  if (!more) return null
  return (
    <div ref={end} style={{ textAlign: 'center', padding: 12 }}>
      <Button onClick={onMore} loading={loading}>
        {label}
      </Button>
    </div>
  )
}
