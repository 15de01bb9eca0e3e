/** A page with nothing but the scanner, a field and a form, for the scanner's test in a real browser. */
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { attachHandScanner } from '../../../client/scanner/hand-scanner.ts'
import { useScanner } from '../../../client/scanner/use-scanner.ts'

function Page() {
  const [lines, setLines] = useState<{ id: number; text: string }[]>([])
  const [field, setField] = useState('')
  const [dialog, setDialog] = useState(false)
  const tell = (line: string) => setLines((before) => [...before, { id: before.length, text: line }])
  const scanner = useScanner({
    onScan(scan) {
      tell(`scan ${scan.by} ${scan.text} ${scan.code?.kind} ${/^[0-9a-f-]{36}$/.test(scan.key)}`)
      return 'ok'
    },
    onRefused: (refusal) => tell(`refused ${refusal.by} ${refusal.reason} ${refusal.text}`),
    onRepeat: (text) => tell(`repeat ${text}`),
    onWaiting: (text, reads, needed) => tell(`waiting ${text} ${reads}/${needed}`),
  })
  useEffect(() => {
    document.body.dataset.ready = ''
  }, [])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        tell('submitted')
      }}
    >
      <video ref={scanner.videoRef} width={320} height={180} muted />
      <button type="button" id="start" onClick={() => void scanner.start()}>
        start
      </button>
      <button type="button" id="stop" onClick={scanner.stop}>
        stop
      </button>
      <button type="button" id="clicked" onClick={() => tell('clicked')}>
        click
      </button>
      <button type="button" id="dialog" onClick={() => setDialog(!dialog)}>
        dialog
      </button>
      <output id="state">
        {scanner.state.kind} {scanner.state.kind === 'failed' && scanner.state.failure}
      </output>
      <input id="field" value={field} onChange={(event) => setField(event.target.value)} />
      <textarea id="area" defaultValue="" />
      <Shell tell={tell} />
      {dialog && <Dialog tell={tell} />}
      <ul>
        {lines.map((line) => (
          <li key={line.id}>{line.text}</li>
        ))}
      </ul>
    </form>
  )
}

/** Attaches after the page, as a shell does that draws itself anew. */
function Shell({ tell }: { tell(line: string): void }) {
  useEffect(() => {
    const events = { onReading: () => tell('shell'), onRefused: () => tell('shell') }
    return attachHandScanner(events, 'bottom')
  })
  return null
}

function Dialog({ tell }: { tell(line: string): void }) {
  useScanner({
    onScan(scan) {
      tell(`dialog ${scan.text}`)
      return 'ok'
    },
  })
  return <p>A dialog that scans</p>
}

createRoot(document.getElementById('root')!).render(<Page />)
