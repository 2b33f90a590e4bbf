// Where the app begins.
import '@fontsource-variable/ibm-plex-sans/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { listenLive } from './client/live.ts'
import { speak, wishedLanguage } from './i18n/index.ts'
import { App } from './shell/app.tsx'
import { applyPreferences } from './shell/preferences.ts'

applyPreferences()
const place = document.getElementById('app')
if (!place) throw new Error('the page has no place for the app')
await speak(wishedLanguage(), false)
listenLive()
createRoot(place).render(<App />)
