// Chooses the port of a home's server: the one asked for, else the one it had last time, else any free one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { codeOf, EmbeddedError } from './embedded-error.ts'

/** Returns a port on 127.0.0.1 that is free now. Refuses with PORT_TAKEN when the port asked for is not. */
export async function choosePort(portFile: string, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (!isPort(wanted)) {
      throw new EmbeddedError('START_FAILED', `${wanted} is not a port. Give a whole number from 1 to 65535, or none.`)
    }
    if (await isFree(wanted)) return wanted
    throw portTaken(wanted)
  }
  const remembered = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
  if (isPort(remembered) && (await isFree(remembered))) return remembered
  return await anyFreePort()
}

/** Remembers the port, so that a database tool set up once keeps working. */
export function rememberPort(portFile: string, port: number): void {
  writeFileSync(portFile, `${port}\n`, { mode: 0o600 })
}

/** The refusal for a port that another program listens on. */
export function portTaken(port: number): EmbeddedError {
  return new EmbeddedError(
    'PORT_TAKEN',
    `Port ${port} on 127.0.0.1 is taken by another program. Give another port, or give none and a free one is chosen.`,
  )
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 65_536
}

async function isFree(port: number): Promise<boolean> {
  try {
    await listenOnce(port)
    return true
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false
    if (codeOf(error) === 'EACCES') {
      throw new EmbeddedError('PORT_TAKEN', `Port ${port} may only be used by root. Give a port above 1023.`)
    }
    throw error
  }
}

function anyFreePort(): Promise<number> {
  return listenOnce(0)
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const found = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(found))
    })
  })
}
