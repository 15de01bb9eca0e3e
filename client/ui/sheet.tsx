// Something over the page: in the middle, or along the left edge. The browser's own dialog keeps focus and Escape right.

import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import './sheet.css'

type Props = { open: boolean; title: ReactNode; side?: 'middle' | 'left'; onClose: () => void; children: ReactNode }

export function Sheet({ open, title, side = 'middle', onClose, children }: Props) {
  const { t } = useTranslation()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; keys have Escape and the button
    <dialog
      ref={dialog}
      className={`sheet sheet-${side}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      {open && (
        <div className="sheet-content">
          <header>
            <h2 id={titleId}>{title}</h2>
            <Button type="text" icon={<CloseOutlined />} aria-label={t('screens:close')} onClick={onClose} />
          </header>
          {children}
        </div>
      )}
    </dialog>
  )
}
