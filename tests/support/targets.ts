// The limits of tests that the template states as quality targets; a test that reads its limit here cannot test another than is promised.

import { targets } from '../../src/setup/shapes.ts'
import { REFERENCE_TEMPLATE, readShape } from '../../src/setup/template.ts'

/** The limit of a target, as a number in its unit. Throws when the template has no such target. */
export function limitOf(target: string): number {
  const found = readShape(REFERENCE_TEMPLATE, 'quality-targets.yaml', targets).targets.find(
    (one) => one.target === target,
  )
  if (!found) throw new Error(`the template has no quality target ${target}`)
  return Number(found['at-most'])
}
