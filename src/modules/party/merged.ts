// One of two is given up for the other: his standing ends, his code leads to the one that stays, and both can be undone.
import type { Call } from '#kernel/command'
import { name, sql } from '#kernel/db'
import { audit } from '#kernel/record'
import type { Pointer } from '#kernel/repoint'
import { customer } from './customer/customer.ts'
import { refuse } from './refusals.ts'
import { supplier } from './supplier/supplier.ts'

export type Kind = 'customer' | 'supplier'
/** A standing as the one who merges must know it; `above` and `below` say whether it is part of a hierarchy. */
export type Standing = {
  id: string
  code: string
  state: string
  currency: string
  merged: boolean
  inHierarchy: boolean
  otherStanding: boolean
}

const DOCUMENTS = { customer, supplier } as const

/** What of party itself belongs to a customer or a supplier. Contacts are the party's, whatever it is to us. */
export const PARTY_POINTERS: Readonly<Record<Kind, readonly Pointer[]>> = {
  customer: [
    { table: 'party.ship_to', column: 'customer_id' },
    { table: 'party.contact', column: 'party_id' },
    { table: 'party.customer', column: 'bill_to' },
    { table: 'party.customer', column: 'merged_into' },
  ],
  supplier: [
    { table: 'party.contact', column: 'party_id' },
    { table: 'party.supplier', column: 'merged_into' },
  ],
}

/** The standings of these ids, locked in id order: nobody orders for one, or merges it, while it is given up. */
export async function lockStandings(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  kind: Kind,
  ids: readonly string[],
): Promise<readonly Standing[]> {
  const { table } = DOCUMENTS[kind]
  const other = DOCUMENTS[kind === 'customer' ? 'supplier' : 'customer'].table
  return await tx.rows(sql<Standing>`with locked as materialized (
      select id, code, state, currency, merged_into from ${name(table)} where company_id = ${companyId} and id = any(${ids}::uuid[]) order by id for update
    )
    select s.id, s.code, s.state, s.currency, s.merged_into is not null as merged,
        p.parent_id is not null or exists (select from party.party c where c.parent_id = s.id) as "inHierarchy",
        exists (select from ${name(other)} o where o.company_id = ${companyId} and o.id = s.id and o.state <> 'inactive') as "otherStanding"
      from locked s join party.party p on p.id = s.id order by s.id`)
}

type Pair = { from: Standing; into: Standing }

/** An address whose code the other one has already is kept under a code of its own; says what it was called. */
export async function tellAddressesApart(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  { from, into }: Pair,
): Promise<ReadonlyMap<string, { code: string }>> {
  const renamed = await tx.rows(sql<{ id: string; code: string }>`
    with twin as materialized (
      select a.id, a.code from party.ship_to a join party.ship_to b on b.company_id = a.company_id and b.customer_id = ${into.id}::uuid and upper(b.code) = upper(a.code)
       where a.company_id = ${companyId} and a.customer_id = ${from.id}::uuid
    ), renamed as (
      update party.ship_to s set code = left(t.code, 30) || ' ' || right(t.id::text, 8) from twin t where s.company_id = ${companyId} and s.id = t.id
    ) select id, code from twin`)
  return new Map(renamed.map(({ id, code }) => [id, { code }]))
}

/** Gives the addresses back the codes that they had. */
export async function renameAddresses(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  codes: ReadonlyMap<string, string>,
): Promise<void> {
  await tx.run(sql`update party.ship_to s set code = g.code from unnest(${[...codes.keys()]}::uuid[], ${[...codes.values()]}::text[]) as g (id, code)
    where s.company_id = ${companyId} and s.id = g.id`)
}

/** Ends the standing of `from`: it is inactive, and whoever names its code from now on means `into`. */
export async function giveUp(call: Call<unknown>, kind: Kind, { from, into }: Pair): Promise<void> {
  const document = DOCUMENTS[kind]
  await call.tx.run(
    sql`update ${name(document.table)} set merged_into = ${into.id}::uuid where company_id = ${call.companyId} and id = ${from.id}::uuid`,
  )
  await audit(call.tx, call.context, document.verbs.deactivate, [
    { id: from.id, from: from.state, to: 'inactive', changes: { mergedInto: into.code }, input: {} },
  ])
}

/** Makes `from` again what it was before it was given up. */
export async function takeBack(call: Call<unknown>, kind: Kind, from: Standing, state: string): Promise<void> {
  const document = DOCUMENTS[kind]
  await call.tx.run(
    sql`update ${name(document.table)} set merged_into = null where company_id = ${call.companyId} and id = ${from.id}::uuid`,
  )
  await audit(call.tx, call.context, document.verbs.reactivate, [
    { id: from.id, from: 'inactive', to: state, changes: { mergedInto: null }, input: {} },
  ])
}

/** Refuses with MERGED_AWAY who was merged: he comes back by undoing that, with all that was his. */
export async function refuseMerged({ tx, companyId, set }: Call<unknown>, kind: Kind): Promise<void> {
  const table = name(DOCUMENTS[kind].table)
  const gone = await tx.first(sql<{ code: string; into: string }>`select c.code, k.code as into from ${table} c
      join ${set} s on s.id = c.id join ${table} k on k.company_id = c.company_id and k.id = c.merged_into
     where c.company_id = ${companyId} limit 1`)
  if (gone) refuse('MERGED_AWAY', gone)
}
