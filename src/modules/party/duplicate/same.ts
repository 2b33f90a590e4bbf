// Two parties are one: the proposal is given up, and what it brought goes to the party that stays.
import { command } from '#kernel/command'
import { errorCode, sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { duplicate } from './duplicate.ts'

type Case = { code: string; from_id: string; to_id: string; state: string | null; cases: number }

/**
 * Where the company already deals with the party that stays, its customer or supplier stays as it is, and addresses
 * and contacts of the proposal are added to it. Where it does not (another company does), the proposal itself becomes
 * this company's standing with that party, under the code that was asked for, and still has to be approved. Refuses
 * with PARTY_IN_USE when the one given up is more than a proposal or has documents already.
 */
export const same = command(duplicate.verbs.same, T.object({}), async ({ tx, companyId, ids, set, actor, now }) => {
  const cases = await tx.rows(sql<Case>`select min(d.code) as code, d.proposed_id as from_id,
        coalesce(max(r.merged_into::text), max(d.resembles_id::text))::uuid as to_id, max(coalesce(c.state, v.state)) as state,
        count(distinct coalesce(r.merged_into, d.resembles_id))::int as cases
      from party.duplicate d join ${set} s on s.id = d.id
      join party.party r on r.id = d.resembles_id
      left join party.customer c on c.company_id = d.company_id and c.id = d.proposed_id
      left join party.supplier v on v.company_id = d.company_id and v.id = d.proposed_id
     where d.company_id = ${companyId} group by d.proposed_id`)
  for (const { code, state, cases: parties } of cases) {
    if (parties > 1) refuse('DUPLICATE_TWICE', { code })
    if (state !== null && state !== 'proposed') refuse('PARTY_IN_USE', { code })
  }
  const merged = { companyId, now, from: cases.map((one) => one.from_id), to: cases.map((one) => one.to_id) }
  try {
    await giveUp(tx, merged)
  } catch (error) {
    // A foreign key of any module above says that there are documents; only the database knows all of them.
    if (errorCode(error) === '23503') refuse('PARTY_IN_USE', { code: cases.map((one) => one.code).join(', ') })
    throw error
  }
  // Other questions about the one given up are settled with it.
  await tx.run(sql`delete from party.duplicate where company_id = ${companyId} and state = 'open' and id <> all(${ids}::uuid[])
      and (proposed_id = any(${merged.from}::uuid[]) or resembles_id = any(${merged.from}::uuid[]))`)
  await tx.run(sql`update party.duplicate d set decided_by = ${actor}, decided_at = ${now}
    from ${set} s where d.company_id = ${companyId} and d.id = s.id`)
  return { result: { merged: cases.map(({ code, from_id, to_id }) => ({ code, from: from_id, into: to_id })) } }
})

type Merged = { companyId: number; now: Date; from: readonly string[]; to: readonly string[] }

async function giveUp(tx: Tx, { companyId, now, from, to }: Merged): Promise<void> {
  const pair = sql`select * from unnest(${from}::uuid[], ${to}::uuid[]) as m (from_id, to_id)`
  // First the new standings, under a code of their own for the moment, so that addresses have somewhere to go.
  await tx.run(sql`insert into party.customer (company_id, id, code, name, group_code, class, currency, term, tax_position, bill_to, invoice_policy,
      backorder_rule, min_remaining_life_days, consents_to_substitutes, purchase_order_required, inherits, bank_account, note, state, requested_by,
      created_at, updated_at)
    select c.company_id, m.to_id, 'merging ' || m.to_id, c.name, c.group_code, c.class, c.currency, c.term, c.tax_position, c.bill_to, c.invoice_policy,
        c.backorder_rule, c.min_remaining_life_days, c.consents_to_substitutes, c.purchase_order_required, c.inherits, c.bank_account, c.note, 'proposed',
        c.requested_by, c.created_at, ${now}
      from ${pair} m join party.customer c on c.company_id = ${companyId} and c.id = m.from_id
    on conflict (company_id, id) do nothing`)
  await tx.run(sql`insert into party.supplier (company_id, id, code, name, currency, term, lead_time_days, bank_account, note, state, requested_by, created_at, updated_at)
    select v.company_id, m.to_id, 'merging ' || m.to_id, v.name, v.currency, v.term, v.lead_time_days, v.bank_account, v.note, 'proposed',
        v.requested_by, v.created_at, ${now}
      from ${pair} m join party.supplier v on v.company_id = ${companyId} and v.id = m.from_id
    on conflict (company_id, id) do nothing`)
  // An address whose code the other one has already keeps its goods apart under a code of its own.
  await tx.run(sql`update party.ship_to t set customer_id = m.to_id,
      code = case when exists (select from party.ship_to o where o.company_id = t.company_id and o.customer_id = m.to_id and o.code = t.code)
        then t.code || ' ' || left(t.id::text, 8) else t.code end
    from ${pair} m where t.company_id = ${companyId} and t.customer_id = m.from_id`)
  await tx.run(
    sql`update party.contact t set party_id = m.to_id from ${pair} m where t.company_id = ${companyId} and t.party_id = m.from_id`,
  )
  await tx.run(sql`with gone as (
      delete from party.customer c using ${pair} m where c.company_id = ${companyId} and c.id = m.from_id returning m.to_id, c.code
    ) update party.customer c set code = gone.code from gone where c.company_id = ${companyId} and c.id = gone.to_id and c.code = 'merging ' || c.id`)
  await tx.run(sql`with gone as (
      delete from party.supplier v using ${pair} m where v.company_id = ${companyId} and v.id = m.from_id returning m.to_id, v.code
    ) update party.supplier v set code = gone.code from gone where v.company_id = ${companyId} and v.id = gone.to_id and v.code = 'merging ' || v.id`)
  await tx.run(sql`update party.party p set state = 'merged', merged_into = m.to_id, version = p.version + 1, updated_at = ${now}
    from ${pair} m where p.id = m.from_id and p.state = 'proposed'`)
  await tx.run(
    sql`update party.party p set parent_id = m.to_id, updated_at = ${now} from ${pair} m where p.parent_id = m.from_id and p.id <> m.to_id`,
  )
}
