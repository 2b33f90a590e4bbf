// Changing a node of the taxonomy: its name, its place, its coding rules for items that are activated or changed from now on.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { category } from './category.ts'
import { checkPattern, rules } from './create.ts'
import { refuseLocalChange } from './enterprise-only.ts'

/** What is not given stays; an empty parent makes it a root, an empty pattern takes the pattern away. */
export const ChangeInput = T.object({ name: T.optional(T.text(120)), parent: T.optional(T.text(60)), ...rules })

export const change = command(category.verbs.change, ChangeInput, async ({ tx, context, input, set, rows }) => {
  refuseLocalChange(context, category.verbs.change)
  await checkPattern(tx, rows[0]?.number ?? '', input.codePattern)
  let parentId: string | null = null
  if (input.parent) {
    const parent = await tx.first(
      sql<{
        id: string
      }>`select id from catalog.category where upper(code) = upper(${input.parent}) or id::text = ${input.parent}`,
    )
    parentId = parent?.id ?? refuseKernel('UNKNOWN_CODE', { entity: 'category', code: input.parent })
  }
  // Two moves that would close a circle together wait for each other.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('catalog.category'))`)
  const circle = await tx.first(sql<{ code: string }>`
    with recursive above as (
      select c.id, c.parent_id, 1 as height from catalog.category c where c.id = ${parentId}::uuid
      union all
      select c.id, c.parent_id, a.height + 1 from catalog.category c join above a on c.id = a.parent_id where a.height < 100
    ) select c.code from above a join ${set} s on s.id = a.id join catalog.category c on c.id = a.id limit 1`)
  if (circle) {
    refuse('CATEGORY_CYCLE', circle)
  }
  await tx.run(sql`update catalog.category c set
      name = coalesce(${input.name ?? null}, c.name),
      parent_id = case when ${input.parent !== undefined}::boolean then ${parentId}::uuid else c.parent_id end,
      code_pattern = nullif(coalesce(${input.codePattern ?? null}, c.code_pattern), ''),
      mandatory_attributes = coalesce(${input.mandatoryAttributes ?? null}::text[], c.mandatory_attributes)
    from ${set} s where c.id = s.id`)
})
