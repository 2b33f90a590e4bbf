// Which places of a document a file can fill, and which column of the file fills which.
import type { Input, InputField } from '../verb/schema.ts'

/**
 * A place that takes one value from a cell. `key` is its way from the document: 'customer', 'address.city',
 * 'lines.quantity'. In 'line' places each row of the file has its own value, in 'head' places all rows of a document
 * share one.
 */
export type Target = {
  key: string
  words: readonly string[]
  of: 'head' | 'line'
  input: Input
  needed: boolean
}

/** Column by place. */
export type Mapping = Readonly<Record<string, number | undefined>>

const simple = ({ input }: InputField): boolean => !['rows', 'values', 'group', 'free'].includes(input.kind)

function within(outer: InputField, fields: readonly InputField[], of: Target['of'], all: boolean): readonly Target[] {
  return fields.filter(simple).map(({ name, input, needed }) => ({
    key: `${outer.name}.${name}`,
    words: [outer.name, name],
    of,
    input,
    needed: all && needed,
  }))
}

/** The places that a file can fill: single values, values inside a group, the values of lines, and lists of values. */
export function targetsOf(fields: readonly InputField[]): readonly Target[] {
  return fields.flatMap((field): readonly Target[] => {
    const { name, needed, input } = field
    if (input.kind === 'rows') return within(field, input.fields, 'line', needed && input.least > 0)
    if (input.kind === 'group') return within(field, input.fields, 'head', needed)
    if (input.kind === 'values') return [{ key: name, words: [name], of: 'line', input: input.of, needed }]
    return simple(field) ? [{ key: name, words: [name], of: 'head', input, needed }] : []
  })
}

/** The places that must have a column; what a line needs counts as soon as the file has lines. */
export function neededOf(
  targets: readonly Target[],
  fields: readonly InputField[],
  mapping: Mapping,
): readonly Target[] {
  const outside = new Set(targets.filter(({ key }) => mapping[key] !== undefined).map(({ words }) => words[0]))
  return targets.filter(({ key, words: [outer, inner], needed }) => {
    if (needed || inner === undefined || !outside.has(outer)) return needed
    const input = fields.find((field) => field.name === outer)?.input
    const inside = input?.kind === 'rows' || input?.kind === 'group' ? input.fields : []
    return inside.some((field) => `${outer}.${field.name}` === key && field.needed)
  })
}

/** Whether the file has several rows for one document. */
export const hasLines = (targets: readonly Target[], mapping: Mapping): boolean =>
  targets.some(({ key, of }) => of === 'line' && mapping[key] !== undefined)

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9äöüß]/g, '')

/**
 * Which column is which place, as far as their names tell and no column twice. `wordOf` gives the word under which
 * people know a field; `before` are the headings that somebody chose the last time, by place.
 */
export function guessMapping(
  targets: readonly Target[],
  headings: readonly string[],
  wordOf: (name: string) => string,
  before: Readonly<Record<string, string>> = {},
): Mapping {
  const taken = new Set<number>()
  const mapping: Record<string, number | undefined> = {}
  const claim = (key: string, fits: (heading: string) => boolean) => {
    if (mapping[key] !== undefined) return
    const at = headings.findIndex((heading, column) => !taken.has(column) && fits(heading))
    if (at < 0) return
    taken.add(at)
    mapping[key] = at
  }
  for (const { key } of targets) {
    const chosen = before[key]
    if (chosen !== undefined) claim(key, (heading) => heading === chosen)
  }
  for (const { key, words } of targets) {
    const last = words.at(-1) ?? ''
    const names = [last, wordOf(last), words.join(' '), words.map(wordOf).join(' ')].map(plain)
    claim(key, (heading) => names.includes(plain(heading)))
  }
  return mapping
}
