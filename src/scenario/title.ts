// A step of a scenario as one line.
import type { Step } from './shape.ts'

/** A step as a line: who does what to which. */
export const titleOf = (step: Step): string =>
  step.parallel
    ? `${step.parallel.length} at once`
    : [
        step.as,
        step.do ??
          step.ask ??
          step.list ??
          (step.approve ? `approve ${step.approve}` : undefined) ??
          step.wait ??
          'look',
        step.to,
      ]
        .filter((one) => one !== undefined)
        .join(' ')
