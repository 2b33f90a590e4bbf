// Creating nodes of the taxonomy, a whole tree of them in one call if need be.

import { Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { errorCode, sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { category } from './category.ts'
import { refuseLocalChange } from './enterprise-only.ts'

/**
 * `codePattern` is a regular expression that whole item codes must fit; a node without one has its parent's.
 * `mandatoryAttributes` must be filled on every item below, added to those of the nodes above.
 */
export const rules = {
  codePattern: T.optional(T.text(200)),
  mandatoryAttributes: T.optional(Type.Array(T.code(), { maxItems: 50, uniqueItems: true })),
}
/** `parent` is a node that is there, or one of the same call. */
export const CategoryInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  parent: T.optional(T.ref('catalog.category')),
  ...rules,
})

export const create = creation(category.verbs.create, CategoryInput, async ({ tx, context, ids, input, now }) => {
  refuseLocalChange(context, category.verbs.create)
  for (const one of input) {
    await checkPattern(tx, one.code, one.codePattern)
  }
  const given = JSON.stringify(
    input.map((one, at) => ({
      id: ids[at],
      code: one.code,
      name: one.name,
      parent: one.parent,
      code_pattern: one.codePattern || undefined,
      mandatory_attributes: one.mandatoryAttributes ?? [],
    })),
  )
  const written = await plainly(
    'category',
    tx.rows(sql<{ code: string; parent_id: string | null }>`with given as materialized (
      select * from jsonb_to_recordset(${given}::jsonb) as g (id uuid, code text, name text, parent text, code_pattern text, mandatory_attributes text[])
    )
    insert into catalog.category (id, code, name, parent_id, code_pattern, mandatory_attributes, created_at, updated_at)
    select g.id, g.code, g.name, coalesce(
          (select c.id from catalog.category c where upper(c.code) = upper(g.parent) or c.id::text = g.parent),
          (select o.id from given o where upper(o.code) = upper(g.parent))),
        g.code_pattern, g.mandatory_attributes, ${now}, ${now}
      from given g
    returning code, parent_id`),
  )
  const found = new Map(written.map((one) => [one.code, one.parent_id]))
  const lost = input.find((one) => one.parent !== undefined && found.get(one.code) === null)
  if (lost) {
    refuseKernel('UNKNOWN_CODE', { entity: 'category', code: lost.parent })
  }
})

/** Refuses with PATTERN_INVALID what the database cannot match codes with: better now than when an item is activated. */
export async function checkPattern(tx: Tx, code: string, pattern: string | undefined): Promise<void> {
  if (!pattern) {
    return
  }
  try {
    await tx.run(sql`select '' ~ ('^(?:' || ${pattern} || ')$')`)
  } catch (error) {
    if (errorCode(error) === '2201B') {
      refuse('PATTERN_INVALID', { code, pattern })
    }
    throw error
  }
}
