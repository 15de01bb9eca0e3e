// The photographs of an item, by the occasion they were taken at, so that in, out and back can be laid side by side.

import { Image } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Card } from '../../../server/contract/cards.ts'
import { fileAddress, thumbnailAddress } from '../../data/addresses.ts'
import { OriginalLink } from '../../steps/fields/original-link.tsx'
import { day } from '../../ui/times.ts'
import { useWords } from '../../ui/words.ts'
import type { Episode } from './history.ts'

export type Occasion = { key: string; name: string; at?: string; photos: string[] }

const photosIn = (data: Record<string, unknown>): string[] => [
  ...(Array.isArray(data.photos) ? (data.photos as string[]) : []),
  ...(typeof data.photo === 'string' ? [data.photo] : []),
]

/** Photographs of an entry, as their hashes. */
export const photosOf = ({ entry }: Episode): string[] => photosIn(entry.data)

export function Photographs({ item, history }: { item: Card; history: Episode[] }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const taken: Occasion[] = history
    .map((episode) => ({
      key: String(episode.entry.position),
      name: words.factName(episode.entry.fact),
      at: episode.entry.occurredAt,
      photos: photosOf(episode),
    }))
    .filter(({ photos }) => photos.length > 0)
  const occasions = taken.length > 0 ? taken : [{ key: 'item', name: t('item.registered'), photos: item.photos }]
  return (
    <section className="panel" aria-labelledby="item-photos">
      <h2 id="item-photos">{t('item.photos')}</h2>
      <PhotoRows occasions={occasions} of={item.name} />
    </section>
  )
}

/** Rows of photographs, one row an occasion; a click opens them large, one after the other. */
export function PhotoRows({ occasions, of, side = false }: { occasions: Occasion[]; of: string; side?: boolean }) {
  const { t } = useTranslation('screens-chain')
  return (
    <Image.PreviewGroup>
      <div className={side ? 'photo-rows photo-side' : 'photo-rows'}>
        {occasions.map(({ key, name, at, photos }) => (
          <figure key={key}>
            <div className="photo-row">
              {photos.length === 0 && <div className="photo-none">{t('item.noPhoto')}</div>}
              {photos.map((sha256, index) => (
                <Photo
                  key={sha256}
                  sha256={sha256}
                  name={t('item.photoAlt', { name: of, occasion: name, number: index + 1 })}
                  side={side}
                />
              ))}
            </div>
            <figcaption>
              {name}
              {at && <span className="quiet figures photo-day">{day(at)}</span>}
            </figcaption>
          </figure>
        ))}
      </div>
    </Image.PreviewGroup>
  )
}

/** Opens large; one that cannot be shown here, as telephones take them, leads to its original. */
function Photo({ sha256, name, side }: { sha256: string; name: string; side: boolean }) {
  const [isMissing, setMissing] = useState(false)
  if (isMissing) return <OriginalLink sha256={sha256} name={name} />
  return (
    <Image
      src={thumbnailAddress(sha256)}
      preview={{ src: fileAddress(sha256), mask: false }}
      alt={name}
      loading="lazy"
      width={side ? undefined : 104}
      height={side ? undefined : 78}
      onError={() => setMissing(true)}
    />
  )
}
