// Making one of two: everything that belonged to the one belongs to the other, and together they owe what they owed (MDM-03).
import { copyCrossReferences } from '#catalog'
import { type Call, creation } from '#kernel/command'
import { addDays, parseDate } from '#kernel/dates'
import { errorCode, sql } from '#kernel/db'
import { placeOf, type Repointed, repoint } from '#kernel/repoint'
import { T } from '#kernel/schema'
import { giveUp, tellAddressesApart } from '#party'
import { refuse } from '../refusals.ts'
import { type Asked, checkedPair, type Pair } from './checked.ts'
import { moveExposure } from './exposure.ts'
import { KINDS, merge } from './merge.ts'
import { PLACES, STAYS } from './places.ts'

/** How long a merge can be undone. */
export const UNDO_DAYS = 30

/** The place under which the item numbers of a party are kept: copied, so that undoing takes the copies away. */
export const COPIED = 'catalog.cross_reference copied'

/** `from` is given up, `into` stays; both by id or code. */
export const MakeInput = T.object({
  id: T.optional(T.id()),
  kind: T.choice(KINDS),
  from: T.ref('party.customer'),
  into: T.ref('party.customer'),
})

/**
 * A dry run is the preview: it answers what would come over (`moved`, by place), what stays, and how the one that stays
 * would then stand with his credit. Merges are made one after another, because the second may rest on the first.
 */
export const make = creation(merge.verbs.make, MakeInput, async (call) => {
  const results = []
  for (const [at, asked] of call.input.entries()) {
    const pair = await checkedPair(call, asked)
    results.push(await perform(call, { asked, pair, id: call.ids[at] ?? '', number: call.numbers[at] ?? '' }))
  }
  return { result: { merges: results } }
})

type Work = { asked: Asked; pair: Pair; id: string; number: string }

async function perform(call: Call<unknown>, { asked: { kind }, pair, id, number }: Work) {
  const { tx, companyId, now } = call
  const [from, to] = [pair.from.id, pair.into.id]
  const undoUntil = addDays(parseDate(call.today), UNDO_DAYS)
  await tx.run(sql`insert into stewardship.merge (company_id, id, number, kind, from_id, from_code, from_state, into_id, into_code, merged_on,
      undo_until, state, created_by, created_at, updated_at)
    values (${companyId}, ${id}, ${number}, ${kind}, ${from}, ${pair.from.code}, ${pair.from.state}, ${to}, ${pair.into.code}, ${call.today},
      ${undoUntil}, 'merged', ${call.actor}, ${now}, ${now})`)
  const renamed = kind === 'customer' ? await tellAddressesApart(call, pair) : new Map<string, { code: string }>()
  const moved = await leadOver(call, kind, pair)
  const copies = await copyCrossReferences(tx, { scope: kind, from, to, now })
  const credit = kind === 'customer' ? await moveExposure(call, { from, to }) : undefined
  await giveUp(call, kind, pair)
  const all = [...moved, ...copies.map((copied) => ({ place: COPIED, id: copied }))]
  const counts: Record<string, number> = {}
  for (const { place } of all) counts[place] = (counts[place] ?? 0) + 1
  await tx.run(sql`with kept as (
      insert into stewardship.moved (company_id, merge_id, place, id, before)
      select ${companyId}, ${id}::uuid, g.place, g.id, g.before::jsonb
        from unnest(${all.map((one) => one.place)}::text[], ${all.map((one) => one.id)}::uuid[],
          ${all.map((one) => JSON.stringify(renamed.get(one.id) ?? {}))}::text[]) as g (place, id, before)
    ) update stewardship.merge set moved = ${JSON.stringify(counts)}::jsonb where company_id = ${companyId} and id = ${id}::uuid`)
  return {
    id,
    number,
    from: pair.from.code,
    into: pair.into.code,
    undoUntil,
    moved: counts,
    stays: STAYS,
    ...(credit ? { credit } : {}),
  }
}

/** Refuses with MERGE_OVERLAP where both have what only one may have at a time: prices and exemptions of the same days. */
async function leadOver(call: Call<unknown>, kind: Asked['kind'], { from, into }: Pair): Promise<readonly Repointed[]> {
  // Contacts are the party's: where it is still something else to us, they stay with it.
  const places = PLACES[kind].filter((one) => placeOf(one) !== 'party.contact.party_id' || !from.otherStanding)
  try {
    return await repoint(call.tx, call.companyId, places, { from: from.id, to: into.id })
  } catch (error) {
    if (errorCode(error) !== '23P01') throw error
    const what = String(error).includes('exemption') ? 'tax exemption' : 'price for the same goods'
    return refuse('MERGE_OVERLAP', { from: from.code, into: into.code, what })
  }
}
