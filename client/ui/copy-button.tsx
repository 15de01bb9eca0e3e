// Copies a text, and says so where it was pressed.

import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'

type Props = {
  text: string
  /** What the button does, for those who cannot see its sign. */
  label: string
  copied: string
  /** Shown beside the sign; the sign alone when absent. */
  children?: string
}

const SAID_MS = 2500

export function CopyButton({ text, label, copied, children }: Props) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = window.setTimeout(() => setDone(false), SAID_MS)
    return () => window.clearTimeout(timer)
  }, [done])
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setDone(true)
  }
  return (
    <>
      <Button
        type={children ? 'default' : 'text'}
        size={children ? undefined : 'small'}
        icon={done ? <CheckOutlined /> : <CopyOutlined />}
        aria-label={label}
        title={label}
        onClick={() => void copy()}
      >
        {children}
      </Button>
      <span className="visually-hidden" role="status">
        {done ? copied : ''}
      </span>
    </>
  )
}
