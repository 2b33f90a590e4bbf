// A PostgreSQL of one's own that can be killed with everything that belongs to it, and started again where it was.
import { readdirSync, readlinkSync, realpathSync } from 'node:fs'
import pg from 'pg'
import { type Kernel, openKernel } from '#kernel/kernel'
import { migrate } from '#kernel/migrate'
import { workshop } from '../embedded/support.ts'
import { pause } from './faults-rounds.ts'

export type OwnDatabase = {
  /** As the application signs in. */
  readonly url: string
  readonly kernel: Kernel
  /** A new session of the owner; sessions end with the server. */
  admin(): Promise<pg.Client>
  /** SIGKILL of the postmaster and of every process that works in its data directory; returns when all are gone. */
  kill(): Promise<void>
  /** Starts it again at the same port. Returns the milliseconds until it took connections. */
  restart(): Promise<number>
  clear(): Promise<void>
}

/** Starts a PostgreSQL in a folder of its own and migrates it. Linux only: elsewhere nobody can say whose a process is. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const shop = workshop()
  const options = { home: await shop.folder(), sharedBuffersMegabytes: 64 }
  let server = await shop.start(options)
  await migrate(server.ownerUrl)
  const kernel = openKernel(server.url, { max: 4 })
  const sessions: pg.Client[] = []
  return {
    url: server.url,
    kernel,
    async admin() {
      const client = new pg.Client({ connectionString: server.ownerUrl })
      client.on('error', () => undefined)
      await client.connect()
      sessions.push(client)
      return client
    },
    kill: () => killEverybodyIn(server.dataDirectory),
    async restart() {
      const started = performance.now()
      server = await shop.start({ ...options, port: server.port })
      return performance.now() - started
    },
    async clear() {
      for (const session of sessions) await session.end().catch(() => undefined)
      await kernel.close()
      await shop.clear()
    },
  }
}

/** SIGKILL for every process of the PostgreSQL that works in a data directory; returns when none is left. */
export async function killEverybodyIn(dataDirectory: string): Promise<void> {
  const folder = realpathSync(dataDirectory)
  // The oldest is the one who starts the others; whoever was just being born is seen at the next look.
  for (let pids = everybodyIn(folder); pids.length > 0; pids = everybodyIn(folder)) {
    for (const pid of pids.sort((one, other) => one - other)) killOne(pid)
    await pause(2)
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Every process of PostgreSQL has its data directory as working folder, and nobody else has. */
const everybodyIn = (folder: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        // Gone meanwhile, dead and not yet collected, or somebody else's.
        return false
      }
    })
