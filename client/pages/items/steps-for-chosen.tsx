// What can be done with all the items that are ticked, as one command.

import { CloseOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { StepPanel } from '../../steps/step-panel.tsx'
import '../../steps/step-button.css'

type Props = {
  items: Card[]
  /** A step was taken and the drawer closed. */
  onDone: () => void
}

export function StepsForChosen({ items, onDone }: Props) {
  const { t } = useTranslation('screens-chain')
  const [open, setOpen] = useState(false)
  const [isDone, setIsDone] = useState(false)
  const title = t('items.act', { count: items.length })
  const close = () => {
    setOpen(false)
    setIsDone(false)
    if (isDone) onDone()
  }
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {title}
      </Button>
      <Drawer
        open={open}
        onClose={close}
        size={520}
        title={<h2>{title}</h2>}
        closeIcon={<CloseOutlined aria-label={t('screens:close')} />}
        destroyOnHidden
      >
        <ul className="chosen-names">
          {items.map(({ code, name }) => (
            <li key={code}>{name}</li>
          ))}
        </ul>
        <StepPanel items={items} onDone={() => setIsDone(true)} />
      </Drawer>
    </>
  )
}
