// What is left to do by lines: a verb that has done its part to every line is offered no more as the next step.
import type { One, Row } from '../../client/questions.ts'
import { compare, sum } from '../../parts/exact.ts'

/** How much of a line there is to do, and in which fields stands what was done of it. */
type Part = { of: string; done: readonly string[] }

const PARTS: Readonly<Record<string, Part>> = {
  'returns.rma receive': { of: 'quantity', done: ['received'] },
  'returns.rma inspect': { of: 'received', done: ['restocked', 'quarantined', 'scrapped', 'rejected'] },
}

/** What must have nothing left before, or the server refuses. */
const AFTER: Readonly<Record<string, string>> = { 'returns.rma credit': 'returns.rma inspect' }

const text = (line: Row, field: string): string => String(line[field] ?? '0')

function isSpent({ of, done }: Part, one: One): boolean {
  const lines = one.lines ?? []
  return (
    lines.length > 0 && lines.every((line) => compare(sum(done.map((name) => text(line, name))), text(line, of)) >= 0)
  )
}

/** Whether a verb can be the next step: something is left for it, and nothing must come before it. */
export function isNext(document: string, verb: string, one: One): boolean {
  const own = PARTS[`${document} ${verb}`]
  const before = PARTS[AFTER[`${document} ${verb}`] ?? '']
  return !(own && isSpent(own, one)) && (!before || isSpent(before, one))
}
