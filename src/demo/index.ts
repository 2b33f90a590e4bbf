// The door of the demo: load it, and say what this database holds of it.
import type { Kernel } from '#kernel/kernel'
import { type DemoProgress, demoState, loadDemo } from './load.ts'

export { type DemoOptions, type DemoProgress, type DemoSignIn, loadDemo } from './load.ts'

/** What `tradewright serve` and `tradewright demo load` use. */
export const demo = {
  load: ({ kernel, ...options }: { kernel: Kernel; now: Date; onProgress: (news: DemoProgress) => void }) =>
    loadDemo(kernel, options),
  state: demoState,
}
