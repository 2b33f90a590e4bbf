// What the tests of the embedded server share: homes that disappear afterwards, one-line queries, child processes.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { type Embedded, EmbeddedError, type StartOptions, startEmbedded } from '#embedded'

export const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Everything that a test file made, undone by `clear`. */
export function workshop() {
  const servers: Embedded[] = []
  const children: ChildProcess[] = []
  const folders: string[] = []
  return {
    folder: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'tw-embedded-'))
      folders.push(folder)
      return folder
    },
    start: async (options: StartOptions) => {
      const server = await startEmbedded({ sharedBuffersMegabytes: 32, ...options })
      servers.push(server)
      return server
    },
    keep: (server: Embedded) => {
      servers.push(server)
      return server
    },
    child: (child: ChildProcess) => {
      children.push(child)
      return child
    },
    clear: async () => {
      for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGTERM')
      for (const server of servers.splice(0)) await server.stop()
      for (const folder of folders.splice(0)) await removeHomes(folder)
    },
  }
}

/** All rows of one statement, over a connection of its own. */
export async function query<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** The refusal that the work ends in. Fails when it ends well or in another error. */
export async function refusalOf(work: () => Promise<unknown>): Promise<EmbeddedError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof EmbeddedError) return error
    throw error
  }
  throw new Error('expected a refusal and there was none')
}

/** Holds a free port until the returned function is called. */
export async function occupyPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return { port: address.port, release: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Starts `holder.ts` in a process of its own and waits until its server runs. Returns what the holder printed. */
export async function startHolder(
  home: string,
  options: { uid?: number; gid?: number; root?: string; ending?: string } = {},
): Promise<{ child: ChildProcess; port: number; postmasterPid: number; ownerUrl: string; dataDirectory: string }> {
  const { root = project, ending = 'wait', ...identity } = options
  const child = spawn(process.execPath, ['bin/run.js', 'tests/embedded/holder.ts', home, ending], {
    ...identity,
    cwd: root,
    env: { PATH: process.env.PATH, TMPDIR: tmpdir() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  while (!output.includes('\n')) {
    if (child.exitCode !== null) throw new Error(`the holder ended: ${errors}`)
    await sleep(20)
  }
  return { child, ...JSON.parse(output) }
}

/** Waits until the condition holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not happen within ten seconds')
    await sleep(20)
  }
}

/** Is the process there and not a zombie? */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const status = `/proc/${pid}/stat`
  return !(existsSync(status) && /\) Z /.test(readFileSync(status, 'utf8')))
}

async function removeHomes(folder: string): Promise<void> {
  // As root, a home that no other account can enter keeps its data elsewhere and says where.
  for (const home of [folder, join(folder, 'home')]) {
    const pointer = join(home, 'postgres', 'data-location')
    if (existsSync(pointer)) await rm(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
