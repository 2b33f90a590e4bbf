// The server's own log: one file in the home that never grows past a bound, and the words in it that explain a failure.
import { closeSync, copyFileSync, openSync, readSync, renameSync, statSync, truncateSync } from 'node:fs'
import { EmbeddedError } from './embedded-error.ts'
import { portTaken } from './port.ts'

const logBytesMax = 8 * 1024 * 1024
const inspectMilliseconds = 60_000
const linesShown = 12

/** The current size of the log, in bytes: what is written after it belongs to the start that follows. */
export function logSize(logFile: string): number {
  return statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
}

/** Opens the log for appending; a log that is over its bound becomes `server.log.1` first. */
export function openLog(logFile: string): number {
  if (logSize(logFile) > logBytesMax) renameSync(logFile, `${logFile}.1`)
  return openSync(logFile, 'a', 0o600)
}

/**
 * Watches the log of a running server and returns the function that ends the watch. The server holds the file open in
 * append mode, so it is copied and cut to nothing instead of renamed; lines written in between are lost.
 */
export function keepLogBounded(logFile: string, everyMilliseconds = inspectMilliseconds): () => void {
  const timer = setInterval(() => {
    if (logSize(logFile) <= logBytesMax) return
    copyFileSync(logFile, `${logFile}.1`)
    truncateSync(logFile)
  }, everyMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}

/** The last lines that were written after byte `from`. */
export function logTail(logFile: string, from: number): string {
  const length = Math.min(Math.max(logSize(logFile) - from, 0), 65_536)
  const buffer = Buffer.alloc(length)
  if (length > 0) {
    const file = openSync(logFile, 'r')
    readSync(file, buffer, 0, length, Math.max(logSize(logFile) - length, 0))
    closeSync(file)
  }
  return buffer.toString('utf8').trimEnd().split('\n').slice(-linesShown).join('\n')
}

/** Turns what the server or initdb said into a refusal: DISK_FULL, PORT_TAKEN, or START_FAILED with the last lines. */
export function explainOutput(output: string, context: { doing: string; port?: number; place: string }): EmbeddedError {
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return new EmbeddedError(
      'DISK_FULL',
      `The disk that holds ${context.place} is full. Free some space and start again.`,
    )
  }
  if (context.port !== undefined && /could not bind|Address already in use/.test(output)) return portTaken(context.port)
  const said = output.trim() === '' ? 'It said nothing.' : `It said:\n${output.trim()}`
  return new EmbeddedError('START_FAILED', `${context.doing} failed. ${said}`)
}
