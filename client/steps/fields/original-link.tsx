// The way to the original of a file that this browser cannot show: it is kept as it was, to be downloaded.

import { DownloadOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { fileAddress } from '../../data/addresses.ts'
import './photographs.css'

export function OriginalLink({ sha256, name }: { sha256: string; name: string }) {
  const { t } = useTranslation()
  const said = t('screens:photo.original')
  return (
    <a
      href={fileAddress(sha256)}
      target="_blank"
      rel="noreferrer"
      className="thumbnail original-link"
      aria-label={`${name} – ${said}`}
    >
      <DownloadOutlined aria-hidden="true" />
      <span aria-hidden="true">{said}</span>
    </a>
  )
}
