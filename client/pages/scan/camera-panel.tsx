// The camera of the counter: its picture with the part that is read, and why there is none.

import { CameraOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CROP } from '../../scanner/camera.ts'
import type { Scanner } from '../../scanner/use-scanner.ts'

const percent = (part: number) => `${part * 100}%`
const frame = {
  left: percent(CROP.left),
  top: percent(CROP.top),
  width: percent(CROP.width),
  height: percent(CROP.height),
}

export function CameraPanel({ scanner }: { scanner: Scanner }) {
  const { t } = useTranslation()
  const { state, videoRef } = scanner
  const isOpen = state.kind === 'on' || state.kind === 'starting'
  return (
    <div className="camera">
      <div className="camera-picture" hidden={!isOpen}>
        <video ref={videoRef} muted playsInline aria-label={t('scanner:camera.on')} />
        <span className="camera-frame" style={frame} />
      </div>
      {state.kind === 'failed' && (
        <p className="camera-failure" role="alert">
          {t(`scanner:failure.${state.failure}`)}
        </p>
      )}
      <Button
        icon={<CameraOutlined />}
        size="large"
        loading={state.kind === 'starting'}
        onClick={() => (isOpen ? scanner.stop() : void scanner.start())}
      >
        {t(
          state.kind === 'on'
            ? 'scanner:camera.stop'
            : state.kind === 'failed'
              ? 'scanner:camera.again'
              : 'scanner:camera.start',
        )}
      </Button>
    </div>
  )
}
