// When this process ends, in whatever orderly way, the servers that it uses are left properly.

/** What has to be undone at the end: at leisure, or at once when the process is already exiting. */
export type Leaver = { leave: () => Promise<void>; leaveNow: () => void }

const leavers = new Set<Leaver>()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Registers a server to be left when the process ends; the returned function takes it off the list. */
export function leaveAtEnd(leaver: Leaver): () => void {
  if (leavers.size === 0) listen()
  leavers.add(leaver)
  return () => {
    leavers.delete(leaver)
    if (leavers.size === 0) stopListening()
  }
}

function listen(): void {
  process.on('exit', onExit)
  for (const name of signals) process.on(name, onSignal)
}

function stopListening(): void {
  process.off('exit', onExit)
  for (const name of signals) process.off(name, onSignal)
}

function onExit(): void {
  for (const leaver of leavers) leaver.leaveNow()
}

function onSignal(name: NodeJS.Signals): void {
  // An app that handles the signal itself still needs its database while it finishes its requests. It will stop the
  // server, or exit, and then onExit does.
  if (process.listenerCount(name) > 1) return
  void Promise.allSettled([...leavers].map((leaver) => leaver.leave())).then(() => {
    stopListening()
    process.kill(process.pid, name)
  })
}
