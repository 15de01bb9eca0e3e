// Takes a photograph with the camera of the counter or the phone, without leaving the form.

import { CameraOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf } from '../../scanner/camera.ts'
import type { CameraFailure } from '../../scanner/scan.ts'

type Props = { onShot: (picture: Blob) => void; onClose: () => void }

const QUALITY = 0.9

export function CameraShot({ onShot, onClose }: Props) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [failure, setFailure] = useState<CameraFailure>()
  const [ready, setReady] = useState(false)

  useEffect(() => {
    let stream: MediaStream | undefined
    let open = true
    const start = async () => {
      if (!navigator.mediaDevices?.getUserMedia) return setFailure('insecure')
      try {
        const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } }
        stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false })
        if (!open || !video.current) return stop()
        video.current.srcObject = stream
        await video.current.play()
        setReady(true)
      } catch (error) {
        if (open) setFailure(failureOf(error))
      }
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    void start()
    return () => {
      open = false
      stop()
    }
  }, [])

  const shoot = () => {
    const picture = video.current
    if (!picture) return
    const canvas = document.createElement('canvas')
    canvas.width = picture.videoWidth
    canvas.height = picture.videoHeight
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    canvas.toBlob((blob) => blob && onShot(blob), 'image/jpeg', QUALITY)
  }

  return (
    <div className="camera-shot">
      {failure ? (
        <p role="alert" className="field-fault">
          {t(`scanner:failure.${failure}`)}
        </p>
      ) : (
        <video ref={video} muted playsInline aria-label={t('screens:photo.view')} />
      )}
      <div>
        <Button type="primary" icon={<CameraOutlined />} disabled={!ready} onClick={shoot}>
          {t('screens:photo.shoot')}
        </Button>
        <Button onClick={onClose}>{t('screens:photo.closeCamera')}</Button>
      </div>
    </div>
  )
}
