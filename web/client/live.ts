// Whether there is a connection, and what happens on the server while one looks.
import { store } from './store.ts'

/** False while the browser or the server cannot be reached. */
export const online = store(navigator.onLine)

addEventListener('online', () => online.set(true))
addEventListener('offline', () => online.set(false))
