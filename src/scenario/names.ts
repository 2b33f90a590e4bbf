// Names in a scenario: '$order' is the id of what a step made, '$order.lines.1.id' a field of it, '@today+7' a day.
import { addDays, todayIn } from '#kernel/dates'
import { fieldOf } from './compare.ts'
import { fail } from './failure.ts'

/** A document that a step made: how to read it, and what the answer to the step said besides. */
export type Named = {
  readonly id: string
  readonly document: string
  readonly company: string
  readonly result: unknown
}

export type Names = {
  readonly made: Map<string, Named>
  /** Ids of the world: '$P1', '$W1/STOCK'. */
  readonly world: Readonly<Record<string, string>>
  readonly now: () => Date
  readonly timeZone: (company: string) => string
  /** Reads a document with its lines, as somebody who may see everything. */
  read(named: Named): Promise<unknown>
}

/** The value with every name in it replaced; lists may hold `{ repeat: 3, of: ... }`. */
export async function resolve(names: Names, company: string, value: unknown): Promise<unknown> {
  if (typeof value === 'string') return await resolveText(names, company, value)
  if (Array.isArray(value)) {
    const parts = await Promise.all(value.flatMap(repeated).map((one) => resolve(names, company, one)))
    return parts
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, one]) => [key, await resolve(names, company, one)] as const),
  )
  return Object.fromEntries(entries)
}

function repeated(one: unknown): readonly unknown[] {
  if (typeof one !== 'object' || one === null || !('repeat' in one) || !('of' in one)) return [one]
  return Array.from({ length: Number(one.repeat) }, (_, at) => numbered(one.of, at + 1))
}

/** The value with every '#' in its texts replaced by the number: what makes one of many a thing of its own. */
export function numbered(value: unknown, number: number): unknown {
  if (typeof value === 'string') return value.replaceAll('#', String(number))
  if (Array.isArray(value)) return value.map((one) => numbered(one, number))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, numbered(one, number)]))
}

async function resolveText(names: Names, company: string, text: string): Promise<unknown> {
  if (text.startsWith('@')) return momentOf(names, company, text)
  if (!text.startsWith('$')) return text
  const [name = '', ...path] = text.slice(1).split('.')
  const named = names.made.get(name)
  if (!named) return names.world[text.slice(1)] ?? fail(`nothing is called ${text}`)
  if (path.length === 0) return named.id
  const from = path[0] === 'result' ? { result: named.result } : await names.read(named)
  const value = path.reduce<unknown>(fieldOf, from)
  return value === undefined ? fail(`${text} is not there`) : value
}

const MOMENT = /^@(today|now)(?:([+-]\d+)(d|h)?)?$/
const HOUR = 3_600_000

/** '@today', '@today+7' (days), '@now+48h': a business date of the company, or an instant. */
function momentOf(names: Names, company: string, text: string): string {
  const [, base, count = '0', unit = 'd'] =
    MOMENT.exec(text) ?? fail(`${text} is no moment: write @today+7 or @now+48h`)
  if (base === 'today') return addDays(todayIn(names.timeZone(company), names.now()), Number(count))
  const hours = Number(count) * (unit === 'd' ? 24 : 1)
  return new Date(names.now().getTime() + hours * HOUR).toISOString()
}

/** The names of one reference or several, without their '$'. */
export function namedAll(names: Names, refs: string | readonly string[]): readonly Named[] {
  const list = typeof refs === 'string' ? [refs] : refs
  return list.map((ref) => names.made.get(ref.slice(1)) ?? fail(`nothing is called ${ref}`))
}
