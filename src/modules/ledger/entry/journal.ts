// What a person may enter by hand: checked the same way when an approval is asked for and when it is posted.
import { createHash } from 'node:crypto'
import type { Static } from '@sinclair/typebox'
import type { Call } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { sumDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'

/** Amounts in the company's currency. `date` is the posting date, today when left out. */
export const JournalInput = T.object({
  id: T.optional(T.id()),
  date: T.optional(T.date()),
  description: T.text(200),
  lines: T.list(
    T.object({
      account: T.code(),
      debit: T.optional(T.money()),
      credit: T.optional(T.money()),
      party: T.optional(T.idOf('party.party')),
      warehouse: T.optional(T.idOf('company.warehouse')),
      description: T.optional(T.text(200)),
    }),
    1000,
    2,
  ),
})
export type Journal = Static<typeof JournalInput>

/** Accounts that only their sub-ledger posts to; the others with a control are checked by reconciling, not by refusing. */
const FREE = ['none', 'bank', 'tax', 'opening', 'retained-earnings', 'rebates']

type Problem = {
  wrong: 'account' | 'control' | 'side' | 'sum'
  account: string
  line: number
  digits: number
  debit: string
  credit: string
}

/** Refuses entries that do not balance, name no open account, or post past a sub-ledger. */
export async function checkJournals(
  call: Pick<Call<unknown>, 'tx' | 'companyId'>,
  journals: readonly Journal[],
): Promise<void> {
  const problem = await call.tx.first(sql<Problem>`with line as materialized (
      select l.*, a.code is null or a.state <> 'active' as unknown, a.control <> all(${FREE}::text[]) as controlled, b.digits,
             coalesce((l.debit is null) = (l.credit is null) or coalesce(l.debit, l.credit) <= 0 or scale(trim_scale(coalesce(l.debit, l.credit))) > b.digits, true) as bad_side
        from ${linesOf(journals)} l join company.v_company b on b.id = ${call.companyId}
        left join ledger.account a on a.company_id = ${call.companyId} and a.code = l.account
    )
    select case when unknown then 'account' when controlled then 'control' else 'side' end as wrong, account, line, digits, '0' as debit, '0' as credit
      from line where unknown or controlled or bad_side
    union all
    select 'sum', '', 0, 0, coalesce(sum(debit), 0)::text, coalesce(sum(credit), 0)::text from line group by entry
    having coalesce(sum(debit), 0) <> coalesce(sum(credit), 0) limit 1`)
  if (problem?.wrong === 'account') refuse('ACCOUNT_UNKNOWN', problem)
  if (problem?.wrong === 'control') refuse('CONTROL_ACCOUNT', problem)
  if (problem?.wrong === 'side') refuse('ENTRY_ONE_SIDE', problem)
  if (problem) refuse('ENTRY_UNBALANCED', problem)
}

/** The lines of all journals as a relation; `entry` is the journal's place in the set. */
export const linesOf = (journals: readonly Journal[]) =>
  relation(
    {
      entry: 'int',
      line: 'int',
      account: 'text',
      debit: 'numeric',
      credit: 'numeric',
      party_id: 'uuid',
      warehouse_id: 'uuid',
      description: 'text',
    },
    journals.flatMap((one, entry) =>
      one.lines.map((line, n) => ({ ...line, entry, line: n + 1, party_id: line.party, warehouse_id: line.warehouse })),
    ),
  )

/** What the entry comes to: the sum of its debits. */
export const amountOf = (journal: Journal): string => sumDecimals(journal.lines.map((line) => line.debit ?? '0'))

/** What exactly an approval is for; another amount, account or date is another fingerprint. */
export const fingerprintOf = ({ id: _, ...content }: Journal, date: string): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        date,
        content.description,
        content.lines.map((line) => [
          line.account,
          line.debit ?? '',
          line.credit ?? '',
          line.party ?? '',
          line.warehouse ?? '',
          line.description ?? '',
        ]),
      ]),
    )
    .digest('hex')
