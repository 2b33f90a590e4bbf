// The door of the demo: load it, and say what this database holds of it.
import type { Kernel } from '#kernel/kernel'
import { modules } from '../modules/index.ts'
import { loadFleet } from './fleet/fleet.ts'
import { type DemoProgress, demoState, loadDemo } from './load.ts'

export { type DemoOptions, type DemoProgress, type DemoSignIn, loadDemo } from './load.ts'

/** What `tradewright serve`, `tradewright demo load` and `tradewright demo fleet` use. */
export const demo = {
  load: ({ kernel, ...options }: { kernel: Kernel; now: Date; onProgress: (news: DemoProgress) => void }) =>
    loadDemo(kernel, options),
  state: demoState,
  fleet: ({ kernel, now, onProgress }: { kernel: Kernel; now: Date; onProgress: (news: DemoProgress) => void }) =>
    loadFleet(kernel, modules, now, onProgress),
}
