// What stock and books say, read from the database beside the product: quantities by building, journal lines by account.

import { sql, transaction } from '#kernel/db'
import { compareDecimals, normaliseDecimal } from '#kernel/decimal'
import type { Kernel } from '#kernel/kernel'
import { fail } from './failure.ts'

/** What lies in a building, of one item: on hand anywhere in it, and how much of that is promised. */
export async function stockOf(
  kernel: Kernel,
  companyId: number,
  place: { warehouse: string; item: string },
): Promise<{ hand: string; reserved: string }> {
  const row = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.first(sql<{ hand: string; reserved: string }>`
      select coalesce(sum(b.on_hand), 0)::text as hand, coalesce(sum(b.reserved), 0)::text as reserved
        from inventory.balance b join inventory.location p on p.company_id = b.company_id and p.id = b.location_id
        join company.warehouse w on w.company_id = p.company_id and w.id = p.warehouse_id and w.code = ${place.warehouse}
        join catalog.item i on i.id = b.item_id and i.code = ${place.item}
       where b.company_id = ${companyId}`),
  )
  return { hand: row?.hand ?? '0', reserved: row?.reserved ?? '0' }
}

export type Sides = { readonly debit: string; readonly credit: string }

/** How far somebody has read the journal: the entries seen so far, by company. */
export type Mark = ReadonlySet<string>

/** The entries that there are now. */
export async function entriesOf(kernel: Kernel, companyId: number): Promise<Mark> {
  const rows = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.rows(sql<{ id: string }>`select id from ledger.entry where company_id = ${companyId} and state = 'posted'`),
  )
  return new Set(rows.map((row) => row.id))
}

/** Debits and credits by account of the posted entries that `before` does not hold. */
export async function postedSince(
  kernel: Kernel,
  companyId: number,
  before: Mark,
): Promise<ReadonlyMap<string, Sides>> {
  const rows = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.rows(sql<Sides & { account: string }>`
      select l.account, sum(l.debit)::text as debit, sum(l.credit)::text as credit
        from ledger.journal_line l join ledger.entry e on e.company_id = l.company_id and e.id = l.entry_id and e.state = 'posted'
       where l.company_id = ${companyId} and not (e.id = any(${[...before]}::uuid[])) group by l.account order by l.account`),
  )
  return new Map(rows.map(({ account, debit, credit }) => [account, { debit, credit }]))
}

const PART = /^(Dr|Cr)(\S+) (-?[\d,]+(?:\.\d+)?)$/

/** 'Dr1160 100 Cr1200 100' as debits and credits by account; 'none' is no line at all. */
export function readLedger(text: string): ReadonlyMap<string, Sides> {
  const sides = new Map<string, { debit: string; credit: string }>()
  if (text.trim() === 'none') return sides
  for (const part of text.trim().split(/\s+(?=Dr|Cr)/)) {
    const [, side, account = '', amount = ''] =
      PART.exec(part) ?? fail(`"${part}" is no journal line: write Dr1160 100`)
    const one = sides.get(account) ?? { debit: '0', credit: '0' }
    if (side === 'Dr') one.debit = amount.replaceAll(',', '')
    else one.credit = amount.replaceAll(',', '')
    sides.set(account, one)
  }
  return sides
}

/** Whether both say the same to the cent, account by account and side by side. */
export function sameLedger(one: ReadonlyMap<string, Sides>, other: ReadonlyMap<string, Sides>): boolean {
  const accounts = new Set([...one.keys(), ...other.keys()])
  return [...accounts].every((account) => {
    const [a, b] = [one.get(account), other.get(account)]
    return (
      compareDecimals(a?.debit ?? '0', b?.debit ?? '0') === 0 &&
      compareDecimals(a?.credit ?? '0', b?.credit ?? '0') === 0
    )
  })
}

/** Journal lines as the scenarios write them. */
export function showLedger(lines: ReadonlyMap<string, Sides>): string {
  const parts = [...lines].flatMap(([account, { debit, credit }]) => [
    ...(compareDecimals(debit, '0') === 0 ? [] : [`Dr${account} ${normaliseDecimal(debit)}`]),
    ...(compareDecimals(credit, '0') === 0 ? [] : [`Cr${account} ${normaliseDecimal(credit)}`]),
  ])
  return parts.length === 0 ? 'none' : parts.join(' ')
}
