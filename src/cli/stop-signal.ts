// How a process that stays is told to go.

/** Resolves with the first signal to stop; at a second one the process ends at once. */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (asked) process.exit(130)
        asked = true
        resolve(name)
      })
    }
  })
}
