// A signature drawn on the screen, sent as a picture.

import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import SignaturePad from 'signature_pad'
import { fileAddress } from '../../data/addresses.ts'
import { uploadFile } from '../../data/upload-file.ts'
import { saidOf } from '../../ui/said.ts'
import { useWords } from '../../ui/words.ts'
import type { Ties } from './labelled.tsx'
import './signature.css'

type Props = { ties: Ties; value: string | undefined; disabled: boolean; onChange: (value: string | undefined) => void }

const HEIGHT = 200

export function SignatureField({ ties, value, disabled, onChange }: Props) {
  const { t } = useTranslation()
  if (!value) return <Drawing ties={ties} disabled={disabled} onChange={onChange} />
  return (
    <div className="signature">
      <img className="signature-drawn" src={fileAddress(value)} alt={t('screens:signature.drawn')} />
      <div className="signature-actions">
        <Button disabled={disabled} onClick={() => onChange(undefined)}>
          {t('screens:signature.again')}
        </Button>
      </div>
    </div>
  )
}

function Drawing({ ties, disabled, onChange }: Omit<Props, 'value'>) {
  const { t } = useTranslation()
  const words = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<SignaturePad>(undefined)
  const [drawn, setDrawn] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()

  useEffect(() => {
    const element = canvas.current
    if (!element) return undefined
    const ratio = Math.max(1, window.devicePixelRatio)
    element.width = element.offsetWidth * ratio
    element.height = HEIGHT * ratio
    element.getContext('2d')?.scale(ratio, ratio)
    // Black on white whatever the theme: it ends up on paper.
    const drawing = new SignaturePad(element, { penColor: '#101418', backgroundColor: '#ffffff' })
    const noteStroke = () => setDrawn(true)
    drawing.addEventListener('endStroke', noteStroke)
    pad.current = drawing
    return () => {
      drawing.removeEventListener('endStroke', noteStroke)
      drawing.off()
    }
  }, [])

  const clear = () => {
    pad.current?.clear()
    setDrawn(false)
    setError(undefined)
  }
  const save = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const picture = await new Promise<Blob | null>((resolve) => canvas.current?.toBlob(resolve, 'image/png'))
      if (picture) onChange((await uploadFile(picture, 'signature.png')).sha256)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="signature">
      <canvas ref={canvas} id={ties.id} className="signature-pad" aria-label={t('screens:signature.pad')} role="img" />
      {error !== undefined && (
        <p className="field-fault" role="alert">
          {words.refusalText(saidOf(error))}
        </p>
      )}
      <div className="signature-actions">
        <Button type="primary" ghost disabled={disabled || !drawn} loading={busy} onClick={() => void save()}>
          {t('screens:signature.keep')}
        </Button>
        <Button disabled={disabled || !drawn || busy} onClick={clear}>
          {t('screens:signature.clear')}
        </Button>
      </div>
    </div>
  )
}
