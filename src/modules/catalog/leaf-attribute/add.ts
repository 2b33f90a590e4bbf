// Adding an attribute of the site's own to a leaf; the tree itself stays as the enterprise has it.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { leafAttribute } from './leaf-attribute.ts'

export const LeafAttributeInput = T.object({
  id: T.optional(T.id()),
  category: T.ref('catalog.category'),
  attribute: T.code(),
})

type Found = { at: string; code: string; id: string; leaf: boolean }

export const add = creation(leafAttribute.verbs.add, LeafAttributeInput, async ({ tx, companyId, ids, input, now }) => {
  const found = await tx.rows(sql<Found>`select a.at, c.code, c.id,
        not exists (select from catalog.category o where o.parent_id = c.id and o.state = 'active') as leaf
      from unnest(${input.map((one) => one.category)}::text[]) with ordinality as a (ref, at)
      join catalog.category c on upper(c.code) = upper(a.ref) or c.id::text = a.ref`)
  const byPlace = new Map(found.map((one) => [one.at, one]))
  const given = input.map((one, at) => {
    const node = byPlace.get(String(at + 1)) ?? refuseKernel('UNKNOWN_CODE', { entity: 'category', code: one.category })
    return node.leaf
      ? { id: ids[at], category_id: node.id, attribute: one.attribute }
      : refuse('CATEGORY_NOT_LEAF', { code: node.code })
  })
  await plainly(
    'attribute of the category',
    tx.run(sql`insert into catalog.leaf_attribute (company_id, id, category_id, attribute, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, category_id uuid, attribute text)`),
  )
})
