// Sees to it that the embedded database runs as long as the product does: one that was killed is started again.
import { connect } from 'node:net'
import { type Embedded, startEmbedded } from '#embedded'

const LOOK_EVERY = 1_000
const PATIENCE = 1_000

/**
 * Looks after the database once a second, and starts it again at the same port when nobody answers there. Connections
 * find it by themselves. `stop` ends the watch and leaves the database as it then is.
 */
export function keepRunning(first: Embedded, tell: (news: string) => void): { stop(): Promise<void> } {
  let current = first
  let stopped = false
  let wake = (): void => undefined
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const watching = (async () => {
    while (!stopped) {
      await pause()
      if (stopped || (await answers(current.port))) continue
      try {
        tell('The database has ended unexpectedly; starting it again.')
        current = await startEmbedded({ home: first.home, port: first.port })
        tell('The database runs again.')
      } catch (error) {
        tell(`The database could not be started again: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  })()
  return {
    async stop() {
      stopped = true
      wake()
      await watching
      if (current !== first) await current.stop()
    },
  }
}

/** Whether something takes connections at the port. One that is recovering does, and says so later. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: PATIENCE })
    const end = (there: boolean) => {
      socket.destroy()
      resolve(there)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    // A machine that is too busy to answer is no dead database.
    socket.once('timeout', () => end(true))
  })
}
