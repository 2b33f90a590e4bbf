// What a customer or supplier calls our items is understood of another one too, when the two turn out to be one.
import { sql, type Tx } from '#kernel/db'

type Way = { readonly scope: 'customer' | 'supplier'; readonly from: string; readonly to: string; readonly now: Date }

/**
 * Copies the item numbers of a party to another one where that has none of its own like them. They are copied and not
 * moved, because items are the enterprise's, and other companies may deal with the first party still. Returns their ids.
 */
export async function copyCrossReferences(tx: Tx, { scope, from, to, now }: Way): Promise<readonly string[]> {
  const rows = await tx.rows(sql<{
    id: string
  }>`insert into catalog.cross_reference (id, scope, party_id, code, item_id, unit, created_at, updated_at)
    select gen_random_uuid(), x.scope, ${to}::uuid, code, item_id, unit, ${now}, ${now} from catalog.cross_reference x
     where x.scope = ${scope} and party_id = ${from}::uuid and state = 'active' on conflict do nothing returning id`)
  return rows.map((one) => one.id)
}

/** Takes such copies away again, as far as they are still what they were copied as. */
export async function dropCrossReferences(tx: Tx, ids: readonly string[], of: string): Promise<void> {
  await tx.run(sql`delete from catalog.cross_reference where id = any(${ids}::uuid[]) and party_id = ${of}::uuid`)
}
