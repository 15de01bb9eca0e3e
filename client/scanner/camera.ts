/** The camera: takes about eight frames a second and gives each to zxing, some also to quagga2. */
import { afterQuagga, afterZxing, FIRST_FRAME } from './frames.ts'
import { readWithQuagga } from './quagga.ts'
import type { CameraFailure, Reading } from './scan.ts'
import { startZxing, type Zxing } from './zxing.ts'

export type CameraEvents = { onReading(reading: Reading): void; onFailure(failure: CameraFailure): void }
export type Camera = { close(): void }

/** The part of the picture that is read, in fractions of its width and height; the rest is only shown. */
export const CROP = { left: 0.05, top: 0.1, width: 0.9, height: 0.8 }

const FRAME_MS = 125
const LONGEST_SIDE = 1280

/** Opens the camera into `video` and reads until closed. Throws CameraError when there is no picture to be had. */
export async function openCamera(video: HTMLVideoElement, events: CameraEvents): Promise<Camera> {
  const stream = await requestStream()
  const zxing = startZxing()
  let open = true
  const close = () => {
    open = false
    zxing.close()
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
  const fail = (failure: CameraFailure) => {
    if (!open) return
    close()
    events.onFailure(failure)
  }
  for (const track of stream.getTracks()) track.addEventListener('ended', () => fail('lost'))
  try {
    video.srcObject = stream
    video.muted = true
    video.playsInline = true
    await video.play()
  } catch (error) {
    close()
    throw new CameraError('failed', error)
  }
  void readFrames(video, zxing, () => open, events.onReading).catch((error) => {
    if (open) console.error(error)
    fail('engine')
  })
  return { close }
}

export class CameraError extends Error {
  readonly failure: CameraFailure
  constructor(failure: CameraFailure, cause?: unknown) {
    super(`No camera: ${failure}`, { cause })
    this.failure = failure
  }
}

async function requestStream(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError('insecure')
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false })
  } catch (error) {
    throw new CameraError(failureOf(error), error)
  }
}

/** From the names the Media Capture specification gives to what goes wrong. */
export function failureOf(error: unknown): CameraFailure {
  switch ((error as { name?: string } | undefined)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}

async function readFrames(
  video: HTMLVideoElement,
  zxing: Zxing,
  isOpen: () => boolean,
  onReading: (reading: Reading) => void,
): Promise<void> {
  const canvas = document.createElement('canvas')
  let count = FIRST_FRAME
  while (isOpen()) {
    const startedAt = Date.now()
    const frame = document.hidden ? undefined : takeFrame(video, canvas)
    if (frame) {
      const readings = await zxing.read(frame, startedAt)
      const after = afterZxing(count, readings.length > 0)
      count = after.count
      if (after.pass && isOpen()) {
        const more = await readWithQuagga(canvas, after.pass, startedAt)
        count = afterQuagga(count, more.length > 0)
        readings.push(...more)
      }
      if (isOpen()) readings.forEach(onReading)
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAt + FRAME_MS - Date.now())))
  }
}

/** The cropped picture of this moment, in the canvas and as pixels; nothing while the camera has not delivered one. */
function takeFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | undefined {
  const width = video.videoWidth * CROP.width
  const height = video.videoHeight * CROP.height
  if (width < 1 || height < 1) return undefined
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  const left = video.videoWidth * CROP.left
  const top = video.videoHeight * CROP.top
  context.drawImage(video, left, top, width, height, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
