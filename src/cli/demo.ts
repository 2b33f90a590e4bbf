// The demo enterprise, when this copy of the program brings one: what `serve` asks of it.
import { existsSync } from 'node:fs'
import type { Kernel } from '#kernel/kernel'
import type { BootProgress } from '../boot.ts'

/** Somebody of the demo enterprise, with a password that everybody may know. */
export type DemoSignIn = {
  readonly email: string
  readonly password: string
  readonly name: string
  readonly does: string
}

/** What `src/demo/index.ts` exports as `demo`. */
export type Demo = {
  /** Loads the demo into an empty database; one that was killed half-way is finished by the next call. */
  load(given: { kernel: Kernel; now: Date; onProgress: (news: BootProgress) => void }): Promise<readonly DemoSignIn[]>
  /** The sign-ins of the demo in this database; empty when it holds none. `started` says that a load was not finished. */
  state(kernel: Kernel): Promise<{ signIns: readonly DemoSignIn[]; started: boolean }>
  /** Builds twenty sites on three releases of the template, with drift planted among them, in an empty database. */
  fleet(given: { kernel: Kernel; now: Date; onProgress: (news: BootProgress) => void }): Promise<void>
}

const PLACE = new URL('../demo/index.ts', import.meta.url)

/** The demo of this copy; undefined when it was left out, as in a productive installation. */
export async function findDemo(): Promise<Demo | undefined> {
  if (!existsSync(PLACE)) return undefined
  const door: unknown = await import('../demo/index.ts')
  if (typeof door !== 'object' || door === null || !('demo' in door) || !isDemo(door.demo))
    throw new Error('src/demo/index.ts exports no demo')
  return door.demo
}

const isDemo = (value: unknown): value is Demo =>
  typeof value === 'object' &&
  value !== null &&
  'load' in value &&
  typeof value.load === 'function' &&
  'state' in value &&
  typeof value.state === 'function' &&
  'fleet' in value &&
  typeof value.fleet === 'function'
