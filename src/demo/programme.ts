// The rollout programme of the demo: people on their seats, discovery, decisions and gates, each step done by whoever may do it.
import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { sql } from '#kernel/db'
import { readShape, type Template } from '../setup/index.ts'
import type { Desk } from './desk.ts'

const text = Type.String({ minLength: 1 })
const input = Type.Record(text, Type.Unknown())
const shape = Type.Object({
  steps: Type.Array(
    Type.Object(
      {
        day: Type.Integer({ maximum: 0 }),
        company: text,
        by: text,
        verb: text,
        reason: Type.Optional(text),
        names: Type.Optional(Type.Array(text)),
        make: Type.Optional(Type.Array(input, { minItems: 1 })),
        to: Type.Optional(Type.Array(text, { minItems: 1 })),
        with: Type.Optional(input),
        items: Type.Optional(Type.Array(text, { minItems: 1 })),
        'in-days': Type.Optional(Type.Record(text, Type.Integer())),
      },
      { additionalProperties: false },
    ),
    { minItems: 1 },
  ),
})

/** Tells the programme of the file `demo/programme.yaml`, by the verbs; done again with the same keys it changes nothing. */
export async function loadProgramme(desk: Desk, template: Template): Promise<void> {
  const { steps } = readShape(join(template.folder, 'demo'), 'programme.yaml', shape)
  const named = new Map<string, string>()
  const idOf = (name: string): string => {
    const id = named.get(name)
    if (id === undefined) throw new Error(`the programme of the demo names ${name} before it is made`)
    return id
  }
  for (const [at, step] of steps.entries()) {
    const { company, by, day, verb, reason } = step
    const doing = { company, by, day, key: `programme ${at} ${verb}`, reason }
    const dates = Object.fromEntries(
      Object.entries(step['in-days'] ?? {}).map(([field, days]) => [field, desk.date(company, days)]),
    )
    if (step.make) {
      const made = step.make.map((one) => ({ ...one, ...dates }))
      const { ids } = await desk.create(verb, doing, made)
      for (const [place, name] of (step.names ?? []).entries()) named.set(name, ids[place] ?? '')
    } else {
      const tasks = step.items ? await tasksOf(desk, company, step.items) : []
      await desk.act(verb, doing, [...tasks, ...(step.to ?? []).map(idOf)], { ...step.with, ...dates })
    }
  }
}

/** Tasks of the deployment checklists of a company, by their names. */
async function tasksOf(desk: Desk, company: string, items: readonly string[]): Promise<readonly string[]> {
  const { id } = desk.company(company)
  const rows = await desk.read(
    company,
    sql<{
      id: string
    }>`select id from rollout.checklist_item where company_id = ${id} and item = any(${items}::text[]) order by item`,
  )
  return rows.map((one) => one.id)
}
