// Finds the item that a code means, whoever wrote it: our code, a GTIN, a partner's number, a maker's or an old one.
import { sql, type Tx } from '#kernel/db'
import { refuse } from '../refusals.ts'

/**
 * What somebody wrote where an item belongs. `code` is an item's id, its code in any case, or a cross-reference;
 * `partyId` is the customer or supplier whose own numbers count; `line` is how a refusal names the place.
 */
export type AskedItem = { readonly code: string; readonly partyId?: string | null; readonly line?: string | number }

/** The item found, and the unit that the code stands for when it stands for one (the GTIN of a box). */
export type ResolvedItem = {
  readonly itemId: string
  readonly code: string
  readonly state: string
  readonly unit?: string
}

type Match = { at: string; item_id: string; code: string; state: string; units: string[] }

const UUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'

/**
 * Resolves all the codes in one statement; the answer is in the order of `asked`. Our own code, a partner's number and
 * every other reference stand side by side: when they name different items the code is refused, never guessed.
 * Refuses with ITEM_UNKNOWN and ITEM_AMBIGUOUS, naming the code and the line. Items of any state are found.
 */
export async function resolveItems(tx: Tx, asked: readonly AskedItem[]): Promise<readonly ResolvedItem[]> {
  const matches = await tx.rows(sql<Match>`
    with asked as materialized (
      select * from unnest(${asked.map((one) => one.code)}::text[], ${asked.map((one) => one.partyId ?? null)}::uuid[])
        with ordinality as a (code, party_id, at)
    )
    select a.at, i.id as item_id, i.code, i.state, 
        coalesce(array_agg(distinct f.unit) filter (where f.unit is not null), '{}') as units
      from asked a
      cross join lateral (
        select n.id as item_id, null as unit from catalog.item n where upper(n.code) = upper(a.code)
        union all
        select n.id, null from catalog.item n where n.id = case when a.code ~ ${UUID} then a.code::uuid end
        union all
        select x.item_id, x.unit from catalog.cross_reference x
         where x.key = upper(a.code) and x.state = 'active' and (x.party_id is null or x.party_id = a.party_id)
        union all
        -- A GTIN is the same number with and without its leading zeros.
        select x.item_id, x.unit from catalog.cross_reference x
         where x.scope = 'gtin' and x.key = lpad(a.code, 14, '0') and x.state = 'active' and a.code ~ '^[0-9]{8,13}$'
      ) f
      join catalog.item i on i.id = f.item_id
     group by a.at, i.id
     order by a.at, i.code`)
  const found = new Map<string, Match[]>()
  for (const match of matches) {
    found.set(match.at, [...(found.get(match.at) ?? []), match])
  }
  return asked.map((one, at) => resolved(one, at, found.get(String(at + 1)) ?? []))
}

function resolved(one: AskedItem, at: number, matches: readonly Match[]): ResolvedItem {
  const line = String(one.line ?? `Line ${at + 1}`)
  const [match, other] = matches
  if (!match) {
    return refuse('ITEM_UNKNOWN', { line, code: one.code })
  }
  if (other) {
    return refuse('ITEM_AMBIGUOUS', { line, code: one.code, matches: matches.map((each) => each.code).join(' and ') })
  }
  const [unit, otherUnit] = match.units
  if (otherUnit) {
    const inUnits = match.units.map((each) => `${match.code} in ${each}`).join(' and ')
    return refuse('ITEM_AMBIGUOUS', { line, code: one.code, matches: inUnits })
  }
  return { itemId: match.item_id, code: match.code, state: match.state, ...(unit === undefined ? {} : { unit }) }
}
