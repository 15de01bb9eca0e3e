// Starts the browser's part: speaks the preferred language, then draws.

import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './ui/base.css'
import { signStyles } from './ui/nonce.ts'
import { currentPreferences } from './ui/preferences.ts'
import { startSpeech } from './ui/speech.ts'

signStyles()
await startSpeech(currentPreferences().language)
createRoot(document.getElementById('root')!).render(<App />)
