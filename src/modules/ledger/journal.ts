// The journal: entries day by day with what they come to, and the lines of one entry with the names of their accounts.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

const MAY = 'ledger.entry.read'

/**
 * Entries of a span of days, the latest first, page by page: `beforeDate` and `beforeNumber` are the day and number of
 * the last row of the page before. `amount` is the sum of the debits in the company's currency; `reversed_by` the entry
 * that took it back.
 */
export const journal = query('ledger.journal', {
  may: MAY,
  title: 'Journal entries with what they come to',
  parameters: T.object({
    from: T.optional(T.date()),
    to: T.optional(T.date()),
    journal: T.optional(T.code()),
    source: T.optional(T.text(60)),
    beforeDate: T.optional(T.date()),
    beforeNumber: T.optional(T.text(40)),
    limit: T.optional(T.integer(1, 500)),
  }),
  columns: {
    id: f.ref('ledger.entry'),
    number: f.code(),
    posting_date: f.date(),
    journal: f.code(),
    event: f.text(),
    description: f.text(),
    source: f.text(),
    source_id: f.text(),
    amount: f.money(),
    lines: f.integer(),
    posted_by: f.ref('access.account', { optional: true }),
    posted_at: f.instant(),
    reverses_id: f.ref('ledger.entry', { optional: true }),
    reversed_by: f.ref('ledger.entry', { optional: true }),
  },
  build: ({ from, to, journal: kind, source, beforeDate, beforeNumber, limit }, { companyId }) => sql`
    select e.id, e.number, e.posting_date, e.journal, e.event, e.description, e.source, e.source_id, l.amount, l.lines, e.posted_by, e.posted_at, e.reverses_id,
           (select r.id from ledger.entry r where r.company_id = e.company_id and r.reverses_id = e.id) as reversed_by
      from (select * from ledger.entry n where n.company_id = ${companyId}
              and (${from ?? null}::date is null or n.posting_date >= ${from ?? null}::date) and (${to ?? null}::date is null or n.posting_date <= ${to ?? null}::date)
              and (${kind ?? null}::text is null or n.journal = ${kind ?? null}) and (${source ?? null}::text is null or n.source = ${source ?? null})
              and (${beforeDate ?? null}::date is null or (n.posting_date, n.number) < (${beforeDate ?? null}::date, ${beforeNumber ?? ''}))
             order by n.posting_date desc, n.number desc limit ${limit ?? 100}) e
      cross join lateral (select coalesce(sum(j.debit), 0) as amount, count(*)::int as lines from ledger.journal_line j
         where j.company_id = e.company_id and j.entry_id = e.id and j.posting_date = e.posting_date) l
     order by e.posting_date desc, e.number desc`,
})

/** The lines of one entry in their order; debit and credit in the company's currency, `amount` in the document's. */
export const entryLines = query('ledger.entry-lines', {
  may: MAY,
  title: 'Lines of a journal entry',
  parameters: T.object({ entry: T.idOf('ledger.entry') }),
  columns: {
    line: f.integer(),
    account: f.code(),
    name: f.text(),
    type: f.text(),
    party: f.text({ optional: true }),
    party_name: f.text({ optional: true }),
    warehouse_id: f.ref('company.warehouse', { optional: true }),
    item_id: f.ref('catalog.item', { optional: true }),
    debit: f.money(),
    credit: f.money(),
    currency: f.code(),
    amount_currency: f.money(),
    description: f.text({ optional: true }),
  },
  build: ({ entry }, { companyId }) => sql`
    select l.line, l.account, a.name, a.type, p.code as party, p.name as party_name, l.warehouse_id, l.item_id, l.debit, l.credit, l.currency, l.amount_currency, l.description
      from ledger.entry e join ledger.journal_line l on l.company_id = e.company_id and l.entry_id = e.id and l.posting_date = e.posting_date
      join ledger.account a on a.company_id = l.company_id and a.code = l.account left join party.v_party p on p.id = l.party_id
     where e.company_id = ${companyId} and e.id = ${entry} order by l.line`,
})
