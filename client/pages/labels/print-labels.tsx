// Prints labels of items, places, dockets or badges: as a roll, on A4 sheets, or as a picture.

import { DownOutlined, PrinterOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { labelsOf } from '../../data/papers.ts'
import { usePrinting } from '../../steps/printing.tsx'

/** The server makes so many in one file, see `MAX_LABELS`. */
const MOST_IN_PDF = 500
const MOST_IN_PICTURE = 60

export function PrintLabels({ codes, label, size }: { codes: string[]; label?: string; size?: 'small' | 'middle' }) {
  const { t } = useTranslation('screens-chain')
  const { print, warning } = usePrinting()
  const tooManyForPicture = codes.length > MOST_IN_PICTURE
  const choices = [
    { key: 'roll', label: t('labels.roll'), onClick: () => print(labelsOf(codes)) },
    { key: 'a4', label: t('labels.a4'), onClick: () => print(labelsOf(codes, 'pdf', 'a4')) },
    { type: 'divider' as const },
    {
      key: 'svg',
      label: t('labels.svg'),
      disabled: tooManyForPicture,
      onClick: () => print(labelsOf(codes, 'svg')),
    },
    {
      key: 'png',
      label: t('labels.png'),
      disabled: tooManyForPicture,
      onClick: () => print(labelsOf(codes, 'png')),
    },
  ]
  const tooMany = codes.length > MOST_IN_PDF
  return (
    <>
      {warning}
      <Dropdown menu={{ items: choices }} trigger={['click']} disabled={codes.length === 0 || tooMany}>
        <Button
          size={size}
          icon={<PrinterOutlined />}
          title={
            tooMany
              ? t('labels.tooMany', { most: MOST_IN_PDF })
              : codes.length === 0
                ? t('labels.chooseFirst')
                : undefined
          }
        >
          {label ?? t('labels.print')} <DownOutlined />
        </Button>
      </Dropdown>
    </>
  )
}
