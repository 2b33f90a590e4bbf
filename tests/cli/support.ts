// Runs the command line as a person does: its own process, its own home, its exit code and what it said.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type Ran = { code: number | null; out: string; err: string; json(): Record<string, unknown> }

const folders: string[] = []
const children: ChildProcess[] = []

/** A new folder, removed by `clear`. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'tw-cli-'))
  folders.push(made)
  return made
}

/** Ends what runs, and removes what was made. */
export async function clear(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  for (const made of folders.splice(0)) await rm(made, { recursive: true, force: true })
}

function start(args: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess {
  const { DATABASE_URL: _url, TRADEWRIGHT_HOME: _home, PORT: _port, ...rest } = process.env
  const child = spawn(process.execPath, ['bin/tradewright.js', ...args], {
    cwd: root,
    env: { ...rest, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

const parse = (out: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(out)
  if (typeof value !== 'object' || value === null) throw new Error(`no JSON object: ${out}`)
  return Object.fromEntries(Object.entries(value))
}

/** Runs a command to its end. */
export async function tradewright(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const child = start(args, settings)
  let out = ''
  let err = ''
  child.stdout?.on('data', (piece) => (out += String(piece)))
  child.stderr?.on('data', (piece) => (err += String(piece)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err, json: () => parse(out) }
}

export type Serving = {
  child: ChildProcess
  url: string
  answer: Record<string, unknown>
  said(): string
  stop(): Promise<number | null>
}

/** Starts `serve --json` on a free port and returns when it is ready. Throws with what it said when it ends instead. */
export async function serving(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const child = start(['serve', '--json', '--port', '0', ...args], settings)
  let said = ''
  child.stderr?.on('data', (piece) => (said += String(piece)))
  const answer = await new Promise<Record<string, unknown>>((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (piece) => {
      out += String(piece)
      if (out.endsWith('\n')) resolve(parse(out))
    })
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)))
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return {
    child,
    url: String(answer.url),
    answer,
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM')
      return await ended
    },
  }
}
