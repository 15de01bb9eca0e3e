// Photographs and papers: chosen or taken with a camera, sent at once, shown small.

import { CameraOutlined, DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ChangeEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../../../server/custody/define.ts'
import { type FileKind, fileKinds } from '../../../server/custody/file-kinds.ts'
import { fileAddress, thumbnailAddress } from '../../data/addresses.ts'
import { uploadFile } from '../../data/upload-file.ts'
import { saidOf } from '../../ui/said.ts'
import { useWords } from '../../ui/words.ts'
import { CameraShot } from './camera-shot.tsx'
import type { Ties } from './labelled.tsx'
import { OriginalLink } from './original-link.tsx'
import './photographs.css'

type Accepts = 'pictures' | 'papers' | 'videos' | 'files'

type Props = {
  ties: Ties
  value: string[]
  disabled: boolean
  /** Most files it holds. */
  most: number
  accepts: Accepts
  onChange: (value: (before: string[]) => string[]) => void
}

type Sending = { key: number; name: string; error?: unknown; file: Blob }
let counter = 0

/** Endings as well, for systems that do not know the types by them. */
const endings = {
  picture: 'image/*,.heic,.heif',
  paper: 'application/pdf,.ofd',
  video: 'video/mp4,video/quicktime,.mov',
  audio: 'audio/mp4,.m4a,audio/wav,.wav,.mp3',
} as const satisfies Record<FileKind, string>

/** What a field takes, and how it refuses another sort: as the rules would, but at once. */
const takes = {
  pictures: { kinds: ['picture'], code: 'file.not-a-picture' },
  papers: { kinds: ['paper', 'picture'], code: 'file.not-a-paper' },
  videos: { kinds: ['video'], code: 'file.not-a-video' },
  files: { kinds: fileKinds, code: 'file.type' },
} as const satisfies Record<Accepts, { kinds: readonly FileKind[]; code: string }>

export function PhotographsField({ ties, value, disabled, most, accepts, onChange }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState<Sending[]>([])
  const [cameraOpen, setCameraOpen] = useState(false)
  const { kinds, code } = takes[accepts]
  const isFull = value.length + sending.length >= most

  const send = async (file: Blob, name: string) => {
    counter += 1
    const key = counter
    setSending((before) => [...before, { key, name, file }])
    try {
      const { sha256, kind } = await uploadFile(file, name)
      if (!(kinds as readonly FileKind[]).includes(kind)) throw new Refusal(code)
      onChange((before) => (before.includes(sha256) ? before : [...before, sha256].slice(-most)))
      setSending((before) => before.filter((each) => each.key !== key))
    } catch (error) {
      setSending((before) => before.map((each) => (each.key === key ? { ...each, error } : each)))
    }
  }
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    for (const file of [...(event.target.files ?? [])].slice(0, most)) void send(file, file.name)
    event.target.value = ''
  }
  const forget = (key: number) => setSending((before) => before.filter((each) => each.key !== key))

  return (
    <div className="photographs">
      <ul className="photographs-list" aria-label={t('screens:photo.taken')}>
        {value.map((sha256, index) => (
          <li key={sha256}>
            <Thumbnail sha256={sha256} name={t('screens:photo.nth', { n: index + 1 })} />
            <Button
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('screens:photo.remove', { n: index + 1 })}
              disabled={disabled}
              onClick={() => onChange((before) => before.filter((each) => each !== sha256))}
            />
          </li>
        ))}
        {sending.map(({ key, name, error, file }) => (
          <li
            key={key}
            className={error ? 'photograph-failed' : 'photograph-sending'}
            role={error ? 'alert' : 'status'}
          >
            <span>{error ? words.refusalText(saidOf(error)) : t('screens:photo.sending', { name })}</span>
            {error !== undefined && (
              <span>
                <Button
                  size="small"
                  onClick={() => {
                    forget(key)
                    void send(file, name)
                  }}
                >
                  {t('screens:retry')}
                </Button>
                <Button size="small" type="text" onClick={() => forget(key)}>
                  {t('screens:cancel')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {cameraOpen && (
        <CameraShot
          onShot={(shot) => {
            void send(shot, 'camera.jpg')
            if (value.length + 1 >= most) setCameraOpen(false)
          }}
          onClose={() => setCameraOpen(false)}
        />
      )}
      <div className="photographs-actions">
        {accepts === 'pictures' && !cameraOpen && (
          <Button icon={<CameraOutlined />} disabled={disabled || isFull} onClick={() => setCameraOpen(true)}>
            {t('screens:photo.take')}
          </Button>
        )}
        <Button icon={<PaperClipOutlined />} disabled={disabled || isFull} onClick={() => input.current?.click()}>
          {t('screens:photo.choose')}
        </Button>
        <input
          ref={input}
          {...ties}
          className="visually-hidden"
          type="file"
          tabIndex={-1}
          accept={kinds.map((kind) => endings[kind]).join(',')}
          multiple={most > 1}
          disabled={disabled || isFull}
          onChange={choose}
        />
      </div>
    </div>
  )
}

/** A small picture that opens the whole file; a file of which there is none, such as a paper, leads to its original. */
function Thumbnail({ sha256, name }: { sha256: string; name: string }) {
  const [isMissing, setMissing] = useState(false)
  if (isMissing) return <OriginalLink sha256={sha256} name={name} />
  return (
    <a href={fileAddress(sha256)} target="_blank" rel="noreferrer" className="thumbnail" aria-label={name}>
      <img src={thumbnailAddress(sha256)} alt={name} loading="lazy" onError={() => setMissing(true)} />
    </a>
  )
}
