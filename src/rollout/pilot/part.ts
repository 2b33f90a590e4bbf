// What pilots bring to the rollout: a site's pilot mode with its figures of before, read every morning while it runs.
import type { ModuleSpec } from '#kernel/module'
import type { Part } from '../governance/shape.ts'
import { beginning } from './begin.ts'
import { pilotFigures } from './compare.ts'
import { end } from './end.ts'
import { figuresOf } from './figures.ts'
import { observeDaily, observing } from './observe.ts'
import { pilot } from './pilot.ts'

/** The part over the modules that publish key figures. */
export function pilotPart(modules: readonly ModuleSpec[]): Part {
  const figures = figuresOf(modules)
  const observe = observing(figures)
  return {
    documents: [pilot],
    commands: [beginning(figures), observe, end],
    queries: [pilotFigures],
    jobs: { 'rollout.observe-pilots': observeDaily(observe) },
    invariants: [],
  }
}
