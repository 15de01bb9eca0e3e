/** What the counter hears and feels: a sound and, on phones, a vibration that differ for each verdict. */
export type Mood = 'ok' | 'refused' | 'repeat'

type Tone = { hertz: number; startMs: number; lastsMs: number; shape: OscillatorType }

const TONES: Record<Mood, readonly Tone[]> = {
  ok: [
    { hertz: 1319, startMs: 0, lastsMs: 70, shape: 'sine' },
    { hertz: 1760, startMs: 80, lastsMs: 110, shape: 'sine' },
  ],
  refused: [
    { hertz: 196, startMs: 0, lastsMs: 180, shape: 'square' },
    { hertz: 147, startMs: 220, lastsMs: 300, shape: 'square' },
  ],
  repeat: [{ hertz: 659, startMs: 0, lastsMs: 60, shape: 'triangle' }],
}

const VIBRATIONS: Record<Mood, number[]> = { ok: [60], refused: [150, 80, 150], repeat: [25] }
const VOLUME = 0.2

let context: AudioContext | undefined

/** To be called from a click, because browsers keep a page silent until someone has touched it. */
export function wakeSound(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
}

export function signal(mood: Mood): void {
  // Some browsers know no vibration, others refuse it before the first touch; the screen shows the verdict anyway.
  navigator.vibrate?.(VIBRATIONS[mood])
  wakeSound()
  if (context) for (const tone of TONES[mood]) play(context, tone)
}

function play(context: AudioContext, { hertz, startMs, lastsMs, shape }: Tone): void {
  const oscillator = context.createOscillator()
  const volume = context.createGain()
  const start = context.currentTime + startMs / 1000
  const end = start + lastsMs / 1000
  oscillator.type = shape
  oscillator.frequency.value = hertz
  volume.gain.setValueAtTime(VOLUME, start)
  volume.gain.exponentialRampToValueAtTime(0.001, end)
  oscillator.connect(volume).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
