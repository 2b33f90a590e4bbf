// One account through its periods, and the lines behind any figure of it.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, query } from '#kernel/query'
import { T } from '#kernel/schema'
import { refuse } from './refusals.ts'

/** Opening, debit, credit and closing per period in which the account moved, oldest first. Refuses ACCOUNT_UNSEEN. */
export const accountCard = computed('ledger.account-card', {
  may: 'ledger.balance.read',
  title: 'Account card',
  parameters: T.object({ account: T.code() }),
  columns: {
    period: f.text(),
    starts: f.date(),
    ends: f.date(),
    state: f.text(),
    opening: f.money(),
    debit: f.money(),
    credit: f.money(),
    closing: f.money(),
  },
  rows: async ({ tx, context: { companyId }, parameters: { account } }) => {
    // A closed account keeps its card.
    const known = await tx.first(
      sql`select from ledger.account a where a.company_id = ${companyId} and a.code = ${account}`,
    )
    if (!known) return refuse('ACCOUNT_UNSEEN', { account })
    return await tx.rows(sql<object>`
    select code as period, starts, ends, state, closing - debit + credit as opening, debit, credit, closing from (
      select p.code, p.starts, p.ends, p.state, sum(b.debit) as debit, sum(b.credit) as credit,
             sum(sum(b.debit - b.credit)) over (order by p.starts) as closing
        from ledger.balance b join ledger.period p on p.company_id = b.company_id and p.id = b.period_id
       where b.company_id = ${companyId} and b.account = ${account} group by p.code, p.starts, p.ends, p.state
    ) moved order by starts`)
  },
})

const Lines = T.object({
  account: T.code(),
  from: T.date(),
  to: T.optional(T.date()),
  party: T.optional(T.idOf('party.party')),
  /** Where the page before ended: the posting date, entry and line of its last row. */
  afterDate: T.optional(T.date()),
  afterEntry: T.optional(T.idOf('ledger.entry')),
  afterLine: T.optional(T.integer(0, 1_000_000)),
  limit: T.optional(T.integer(1, 1000)),
})

/** The lines of an account in a span of days, oldest first, page by page, with the entry and the document they come from. */
export const entries = query('ledger.entries', {
  may: 'ledger.entry.read',
  title: 'Lines of an account',
  parameters: Lines,
  columns: {
    posting_date: f.date(),
    entry_id: f.ref('ledger.entry'),
    line: f.integer(),
    number: f.code(),
    journal: f.text(),
    event: f.text({ optional: true }),
    source: f.text({ optional: true }),
    source_id: f.text({ optional: true }),
    description: f.text({ optional: true }),
    remark: f.text({ optional: true }),
    party: f.text({ optional: true }),
    party_name: f.text({ optional: true }),
    debit: f.money(),
    credit: f.money(),
    currency: f.code({ optional: true }),
    amount_currency: f.money({ optional: true }),
    warehouse_id: f.ref('company.warehouse', { optional: true }),
  },
  build: ({ account, from, to, party, afterDate, afterEntry, afterLine, limit }, { companyId, today }) => sql`
    select l.posting_date, l.entry_id, l.line, e.number, e.journal, e.event, e.source, e.source_id, e.description, l.description as remark,
           p.code as party, p.name as party_name, l.debit, l.credit, l.currency, l.amount_currency, l.warehouse_id
      from (select * from ledger.journal_line n
             where n.company_id = ${companyId} and n.account = ${account}
               and n.posting_date between greatest(${from}::date, ${afterDate ?? null}::date) and ${to ?? today}::date
               and (${party ?? null}::uuid is null or n.party_id = ${party ?? null}::uuid)
               and (${afterDate ?? null}::date is null or (n.posting_date, n.entry_id, n.line) > (${afterDate ?? null}::date, ${afterEntry ?? null}::uuid, ${afterLine ?? 0}::int))
             order by n.posting_date, n.entry_id, n.line limit ${limit ?? 100}) l
      join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id
      left join party.v_party p on p.id = l.party_id
     order by l.posting_date, l.entry_id, l.line`,
})

/** Lines that found no account of their own and wait on suspense, with the reason and how long (ACC-15). */
export const unmapped = query('ledger.unmapped', {
  may: 'ledger.balance.read',
  title: 'Postings without an account',
  columns: {
    cause: f.text(),
    posting_date: f.date({ optional: true }),
    days: f.integer({ optional: true }),
    number: f.code({ optional: true }),
    source: f.text({ optional: true }),
    source_id: f.text({ optional: true }),
    event: f.text({ optional: true }),
    debit: f.money({ optional: true }),
    credit: f.money({ optional: true }),
  },
  build: (_, { companyId, today }) => sql`
    select l.description as cause, l.posting_date, ${today}::date - l.posting_date as days, e.number, e.source, e.source_id, e.event, l.debit, l.credit
      from ledger.mapping m
      join ledger.journal_line l on l.company_id = m.company_id and l.account = m.account
      join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id
     where m.company_id = ${companyId} and m.role = 'suspense' order by l.posting_date, e.number, l.line limit 1000`,
})
