// Reversing an entry by hand: an entry of its own with the sides exchanged, once, in an open period.
import { type Call, creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { post } from '../post.ts'
import { refuse } from '../refusals.ts'
import { entry } from './entry.ts'

export const ReverseInput = T.object({
  id: T.optional(T.id()),
  entry: T.idOf('ledger.entry'),
  date: T.optional(T.date()),
})

export const reverse = creation(entry.verbs.reverse, ReverseInput, async (call) => {
  await check(call)
  const wanted = call.input.map((one, at) => ({
    id: call.ids[at] ?? '',
    entry: one.entry,
    date: one.date ?? call.today,
  }))
  for (const date of [...new Set(wanted.map((one) => one.date))].sort()) {
    const same = wanted.filter((one) => one.date === date)
    const pairs = sql`select * from unnest(${same.map((one) => one.id)}::uuid[], ${same.map((one) => one.entry)}::uuid[]) as p (id, entry)`
    try {
      await post(call, {
        date,
        count: same.length,
        reverses: true,
        entries: sql`select p.id as entry_id, e.journal, 'reversed' as event, 'ledger.entry' as source, e.id as source_id, ${call.reason ?? ''}::text as description
          from ${pairs} p join ledger.entry e on e.company_id = ${call.companyId} and e.id = p.entry`,
        lines: sql`select p.id as entry_id, null::text as role, l.account, l.party_id, l.item_id, l.warehouse_id, l.credit as debit, l.debit as credit, l.currency, -l.amount_currency as amount_currency
          from ${pairs} p join ledger.entry e on e.company_id = ${call.companyId} and e.id = p.entry
          join ledger.journal_line l on l.company_id = e.company_id and l.entry_id = e.id and l.posting_date = e.posting_date`,
      })
    } catch (error) {
      if (errorCode(error) === '23505')
        refuse('ENTRY_REVERSED', { number: same.map((one) => one.entry).join(', '), by: 'somebody at this moment' })
      throw error
    }
  }
})

/** Refuses entries that are unknown, reversed already, or the books' side of a document. */
async function check(call: Call<readonly { entry: string }[]>): Promise<void> {
  const found = await call.tx.rows(sql<{
    id: string
    number: string
    source: string
    by: string | null
  }>`select e.id, e.number, e.source, r.number as by
      from ledger.entry e left join ledger.entry r on r.company_id = e.company_id and r.reverses_id = e.id
     where e.company_id = ${call.companyId} and e.id = any(${call.input.map((one) => one.entry)}::uuid[])`)
  const missing = call.input.find((one) => !found.some((row) => row.id === one.entry))
  if (missing) refuse('ENTRY_UNKNOWN', { id: missing.entry })
  for (const row of found) {
    if (row.source !== 'ledger.entry') refuse('ENTRY_OF_DOCUMENT', row)
    if (row.by) refuse('ENTRY_REVERSED', row)
  }
}
