// Recording what else items are called; one name means one item within its scope (MDM-06).
import { type Static, Type } from '@sinclair/typebox'
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { type Resolved, resolveCustomers, resolveSuppliers } from '#party'
import { resolveItems } from '../item/resolve.ts'
import { refuse } from '../refusals.ts'
import { crossReference, SCOPES } from './cross-reference.ts'
import { isGtin } from './gtin.ts'

/**
 * `party` is the customer or supplier whose number it is, needed in those scopes and in no other. `unit` is what the
 * code stands for, such as the box that a GTIN is printed on.
 */
export const CrossReferenceInput = T.object({
  id: T.optional(T.id()),
  scope: T.choice(SCOPES),
  party: T.optional(T.ref('party.customer')),
  code: Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f]+$' }),
  item: T.ref('catalog.item'),
  unit: T.optional(T.code()),
})

type Given = Static<typeof CrossReferenceInput>

export const add = creation(
  crossReference.verbs.add,
  CrossReferenceInput,
  async ({ tx, companyId, ids, input, now }) => {
    input.forEach(checkScope)
    const [items, customers, suppliers] = await Promise.all([
      resolveItems(
        tx,
        input.map((one) => ({ code: one.item, line: one.code })),
      ),
      resolveCustomers(tx, companyId, partiesOf(input, 'customer')),
      resolveSuppliers(tx, companyId, partiesOf(input, 'supplier')),
    ])
    const partyOf = (one: Given): Resolved | undefined =>
      (one.scope === 'supplier' ? suppliers : customers).get(one.party ?? '')
    const given = JSON.stringify(
      input.map((one, at) => ({
        id: ids[at],
        scope: one.scope,
        party_id: partyOf(one)?.id,
        code: one.code.trim(),
        item_id: items[at]?.itemId,
        unit: one.unit,
      })),
    )
    await refuseImpossible(tx, given)
    await plainly(
      'cross-reference',
      tx.run(sql`insert into catalog.cross_reference (id, scope, party_id, code, item_id, unit, created_at, updated_at)
    select g.*, ${now}, ${now} from jsonb_to_recordset(${given}::jsonb) as g (id uuid, scope text, party_id uuid, code text, item_id uuid, unit text)`),
    )
  },
)

function checkScope({ scope, party, code }: Given): void {
  if (scope === 'gtin' && !isGtin(code.trim())) {
    refuse('GTIN_INVALID', { code })
  }
  const needed = scope === 'customer' || scope === 'supplier'
  if (needed && party === undefined) {
    refuse('CROSS_REFERENCE_PARTY', { code, problem: `say which ${scope} calls the item so.` })
  }
  if (!needed && party !== undefined) {
    refuse('CROSS_REFERENCE_PARTY', {
      code,
      problem: `a code of the scope ${scope} is nobody's own. Leave the party out.`,
    })
  }
}

const partiesOf = (input: readonly Given[], scope: Given['scope']): readonly string[] =>
  input.filter((one) => one.scope === scope).flatMap((one) => (one.party === undefined ? [] : [one.party]))

type Impossible = { code: string; scope: string; item: string; unit: string | null; taken: boolean }

/** Refuses with CROSS_REFERENCE_TAKEN and CROSS_REFERENCE_UNIT, naming the item that stands in the way. */
async function refuseImpossible(tx: Tx, given: string): Promise<void> {
  const bad = await tx.first(sql<Impossible>`
    with given as materialized (
      select *, case when scope = 'gtin' then lpad(code, 14, '0') else upper(code) end as key
        from jsonb_to_recordset(${given}::jsonb) as g (id uuid, scope text, party_id uuid, code text, item_id uuid, unit text)
    )
    select g.code, g.scope, i.code as item, g.unit, true as taken from given g
      join catalog.cross_reference x on x.key = g.key and x.scope = g.scope and x.party_id is not distinct from g.party_id and x.state = 'active'
      join catalog.item i on i.id = x.item_id
    union all
    select g.code, g.scope, i.code, g.unit, true from given g join given o on o.key = g.key and o.scope = g.scope and o.party_id is not distinct from g.party_id and o.id < g.id
      join catalog.item i on i.id = o.item_id
    union all
    select g.code, g.scope, i.code, g.unit, false from given g join catalog.item i on i.id = g.item_id
     where g.unit is not null and not exists (select from catalog.v_item_unit u where u.item_id = g.item_id and u.unit = g.unit)
    limit 1`)
  if (bad) {
    refuse(bad.taken ? 'CROSS_REFERENCE_TAKEN' : 'CROSS_REFERENCE_UNIT', bad)
  }
}
