// The server process: opens the kernel, builds the application, listens, and stops without cutting anybody off.
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Kernel, openKernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import { type AppOptions, buildApp } from './app.ts'
import { modules } from './modules/index.ts'

const refuse = refusals({
  PORT_TAKEN: {
    text: 'Port {port} on {host} is taken by another program. Stop that one, or choose another port with --port or PORT.',
    kind: 'conflict',
  },
  ADDRESS_UNUSABLE: {
    text: 'The address {host}:{port} cannot be used here ({code}). Choose 127.0.0.1, or an address of this machine.',
    kind: 'invalid',
  },
})

export type ServeOptions = Partial<Omit<AppOptions, 'kernel'>> & {
  /** The database, as the application's login. */
  readonly url: string
  /** 0 takes a free one. */
  readonly port: number
  readonly host?: string
  /** The address under which people reach the product, when a proxy stands before it; https:// makes cookies Secure. */
  readonly publicUrl?: string
  /** Connections to the database. */
  readonly connections?: number
}

export type Server = {
  readonly app: FastifyInstance
  readonly kernel: Kernel
  readonly url: string
  stop(): Promise<void>
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Starts listening. Refuses with PORT_TAKEN or ADDRESS_UNUSABLE; whatever was opened is closed again. */
export async function startServer(options: ServeOptions): Promise<Server> {
  const { url, port, host = '127.0.0.1', publicUrl, connections, ...app } = options
  const kernel = openKernel(url, connections === undefined ? {} : { max: connections })
  const plain =
    publicUrl === undefined
      ? LOOPBACK.has(host)
      : publicUrl.startsWith('http:') && LOOPBACK.has(new URL(publicUrl).hostname)
  let server: FastifyInstance | undefined
  try {
    server = buildApp({ modules, cookie: plain ? 'loopback' : 'tls', ...app, kernel })
    const address = await server.listen({ port, host })
    return { app: server, kernel, url: publicUrl ?? address, stop: stopper(server, kernel) }
  } catch (error) {
    await server?.close().catch(() => undefined)
    await kernel.close()
    return notThere(error, port, host)
  }
}

/**
 * Refuses an address as startServer would, and listens on nothing. Who starts for the first time hears at once that the
 * port is taken, and not after the time that a new database with the demo takes.
 */
export async function checkAddress(port: number, host = '127.0.0.1'): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ port, host, exclusive: true }, resolve)
    })
  } catch (error) {
    notThere(error, port, host)
  }
  await new Promise((resolve) => probe.close(resolve))
}

function notThere(error: unknown, port: number, host: string): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return refuse('PORT_TAKEN', { port, host })
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES' || code === 'ENOTFOUND')
    return refuse('ADDRESS_UNUSABLE', { port, host, code })
  throw error
}

/** Takes no new requests, lets running ones end, then closes the database. Safe to call twice. */
function stopper(server: FastifyInstance, kernel: Kernel): () => Promise<void> {
  let stopped: Promise<void> | undefined
  return () => {
    stopped ??= server.close().then(() => kernel.close())
    return stopped
  }
}
