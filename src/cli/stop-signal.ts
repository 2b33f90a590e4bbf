// How a process that stays is told to go.

// Ctrl+C under npm arrives twice: once from the terminal and once handed on by npm.
const ECHO_MILLISECONDS = 2_000

/** Resolves with the first signal to stop; at one that comes after two seconds more, the process ends at once. */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let asked: number | undefined
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        asked ??= performance.now()
        if (performance.now() - asked > ECHO_MILLISECONDS) process.exit(130)
        resolve(name)
      })
    }
  })
}
