// Printing: opens a paper in a tab of its own, after saying which characters on it cannot be drawn, if there are any.

import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Paper, Undrawn } from '../data/papers.ts'

/** `warning` stands somewhere on the page; it is empty until a paper has something to warn of. */
export function usePrinting(): { print: (paper: Paper) => void; warning: ReactNode } {
  const { t } = useTranslation('screens')
  const [held, hold] = useState<{ address: string; undrawn: Undrawn[] }>()

  const print = async ({ address, undrawn }: Paper) => {
    // A paper that cannot be asked about says itself why it cannot be printed.
    const found = await undrawn().catch((): Undrawn[] => [])
    if (found.length > 0) hold({ address, undrawn: found })
    else openTab(address)
  }
  const printAnyway = () => {
    openTab(held!.address)
    hold(undefined)
  }
  const warning = (
    <Modal
      open={held !== undefined}
      title={t('printing.title')}
      okText={t('printing.anyway')}
      cancelText={t('cancel')}
      onOk={printAnyway}
      onCancel={() => hold(undefined)}
    >
      <p>{t('printing.says')}</p>
      <ul>
        {held?.undrawn.map(({ on, characters }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two labels may bear the same name, and the list never changes.
          <li key={index}>
            {on && `${on}${t('printing.colon')}`}
            {characters.map((each) => `${each} (${codePointOf(each)})`).join(t('printing.separator'))}
          </li>
        ))}
      </ul>
    </Modal>
  )
  return { print: (paper) => void print(paper), warning }
}

const openTab = (address: string) => window.open(address, '_blank', 'noopener')

/** As it would be printed. */
const codePointOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
