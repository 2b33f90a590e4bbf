// Servers in processes of their own, quick to start, each behind a proxy of its own, and killed without warning.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openProxy, type StatementProxy } from './faults-proxy.ts'
import { CLOCK } from './faults-world.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type RunningServer = {
  readonly origin: string
  readonly proxy: StatementProxy
  readonly pid: number
  /** What it wrote to its log, line by line. */
  readonly log: readonly string[]
  alive(): boolean
  /** Nothing passes any more, SIGKILL, and only when the process is gone its connections are closed. */
  kill(): Promise<void>
}

export type Servers = {
  start(): Promise<RunningServer>
  /** Ends everything that was started. */
  clear(): Promise<void>
}

/** Prepares to start servers on the database of `url`. `careless` names an unsafe variant (tests/faults/careless.ts). */
export async function servers(url: string, careless = ''): Promise<Servers> {
  const started: Promise<RunningServer>[] = []
  const startOne = async () => {
    const { hostname, port } = new URL(url)
    const proxy = await openProxy({ host: hostname, port: Number(port || 5432) })
    return await launch(throughProxy(url, proxy.port), careless, proxy)
  }
  return {
    start() {
      const server = startOne()
      started.push(server)
      return server
    },
    async clear() {
      for (const server of await Promise.all(started.splice(0))) {
        await server.kill()
        await server.proxy.close()
      }
    },
  }
}

export type Succession = { active(): RunningServer; readonly kills: () => number; strike(): Promise<void> }

/** One server at work and the next one up already when it dies, as behind a load balancer. */
export async function succession(crew: Servers): Promise<Succession> {
  let active = await crew.start()
  let standby = crew.start()
  let kills = 0
  return {
    active: () => active,
    kills: () => kills,
    async strike() {
      kills++
      await active.kill()
      active = await standby
      standby = crew.start()
    },
  }
}

function throughProxy(url: string, port: number): string {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(port)
  return changed.toString()
}

async function launch(url: string, careless: string, proxy: StatementProxy): Promise<RunningServer> {
  const child = spawn(process.execPath, ['bin/run.js', 'tests/faults/server-child.ts'], {
    cwd: ROOT,
    env: { ...process.env, FAULTS_URL: url, FAULTS_NOW: CLOCK, FAULTS_CARELESS: careless },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const log: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => void log.push(line))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const origin = await firstLine(child, log)
  return {
    origin,
    proxy,
    pid: child.pid ?? 0,
    log,
    alive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      proxy.cut()
      child.kill('SIGKILL')
      await gone
      proxy.sever()
    },
  }
}

function firstLine(child: ChildProcess, log: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server did not start: ${log.join('\n')}`)))
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
}
