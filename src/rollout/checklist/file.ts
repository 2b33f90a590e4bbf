// The deployment checklist as the template has it: what has to be done, by which seat, how many work days from going live.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { readYaml } from '#kernel/yaml'
import { policy, seatKey } from '../governance/policy.ts'
import type { TemplateFiles } from '../template/template-object.ts'
import { refuse } from './refusals.ts'

const text = Type.String({ minLength: 1 })
const shape = Type.Object({
  items: Type.Array(
    Type.Object({
      item: text,
      title: text,
      seat: text,
      days: Type.Integer({ minimum: -1000, maximum: 1000 }),
      check: Type.Optional(Type.Object({ criterion: text, threshold: Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' }) })),
      control: text,
      owner: text,
    }),
    { minItems: 1 },
  ),
})

export type ItemRule = Static<typeof shape>['items'][number]

const NAME = 'deployment-checklist.yaml'
const FILE = fileURLToPath(new URL(`../../../template/${NAME}`, import.meta.url))

/** The checklist of a release; of one from before there were checklists, that which comes with the product. */
export const checklistOf = (files: TemplateFiles, known: ReadonlySet<string>): readonly ItemRule[] =>
  parseChecklist(files[NAME] ?? readFileSync(FILE, 'utf8'), known)

/** Reads a checklist; `known` are the measures there are. Refuses CHECKLIST_INVALID, naming the place. */
export function parseChecklist(content: string, known: ReadonlySet<string>): readonly ItemRule[] {
  const value: unknown = readYaml(content)
  const wrong = (problem: string) => refuse('CHECKLIST_INVALID', { problem })
  if (!Value.Check(shape, value)) {
    const first = Value.Errors(shape, value).First()
    return wrong(`${first?.path || 'the whole'}: ${first?.message ?? 'another shape'}`)
  }
  const seats = new Set(policy().seats.map(seatKey))
  const names = new Set<string>()
  for (const one of value.items) {
    if (names.has(one.item)) wrong(`${one.item} is there twice`)
    names.add(one.item)
    if (!seats.has(one.seat)) wrong(`${one.item} names ${one.seat}, which is no seat`)
    if (one.check && !known.has(one.check.criterion))
      wrong(`${one.item} is checked by ${one.check.criterion}, which is no measure`)
  }
  return value.items
}
