// Renaming a unit. What it measures, and whether it is whole, is counted in already and stays.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { unit } from './unit.ts'

export const change = command(unit.verbs.change, T.object({ name: T.text(60) }), async ({ tx, input, set }) => {
  await tx.run(sql`update catalog.unit u set name = ${input.name} from ${set} s where u.id = s.id`)
})
