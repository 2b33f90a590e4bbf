// The auditor's own books, kept from acknowledged answers only, and what the database says instead.
import type pg from 'pg'

/** An item as the auditor knows it; price and cost of a piece in cents. */
export type Goods = { readonly code: string; readonly price: bigint; readonly cost: bigint }

/** Figures by name; quantities in pieces, money in cents. What is zero may be missing. */
export type Figures = ReadonlyMap<string, bigint>

/** Tax is a tenth of every net amount, and every net amount is whole dollars. */
export const withTax = (net: bigint): bigint => net + net / 10n

export type Books = {
  add(name: string, amount: bigint): void
  readonly figures: Figures
  /** Goods come into a warehouse or leave it, and with them their cost from one account to another. */
  goods(warehouse: string, item: Goods, pieces: bigint, against: string): void
  reserve(warehouse: string, item: Goods, pieces: bigint): void
  /** What a customer's orders promise (open), owe before an invoice (unbilled), owe (receivable) and have paid ahead (unapplied). */
  exposure(customer: string, part: 'open' | 'unbilled' | 'receivable' | 'unapplied', cents: bigint): void
  post(debit: string, credit: string, cents: bigint): void
}

export function openBooks(): Books {
  const figures = new Map<string, bigint>()
  const add = (name: string, amount: bigint) => void figures.set(name, (figures.get(name) ?? 0n) + amount)
  const post = (debit: string, credit: string, cents: bigint) => {
    add(`account ${debit}`, cents)
    add(`account ${credit}`, -cents)
  }
  return {
    add,
    figures,
    goods(warehouse, item, pieces, against) {
      add(`on hand ${warehouse} ${item.code}`, pieces)
      post('1200', against, pieces * item.cost)
    },
    reserve: (warehouse, item, pieces) => add(`reserved ${warehouse} ${item.code}`, pieces),
    exposure: (customer, part, cents) => add(`${part} ${customer}`, cents),
    post,
  }
}

/** The same figures out of the database: balances of stock and customers, and the ledger's lines summed by account. */
export async function factsOf(admin: pg.Client): Promise<Figures> {
  const { rows } = await admin.query<{ name: string; value: string }>(`
    with place as (select b.*, w.code as warehouse, i.code as item from inventory.balance b
        join inventory.location l on l.company_id = b.company_id and l.id = b.location_id
        join company.warehouse w on w.company_id = l.company_id and w.id = l.warehouse_id join catalog.item i on i.id = b.item_id)
    select 'on hand ' || warehouse || ' ' || item as name, trim_scale(sum(on_hand))::text as value from place group by warehouse, item
    union all select 'reserved ' || warehouse || ' ' || item, trim_scale(sum(reserved))::text from place group by warehouse, item
    union all select 'promised ' || item, trim_scale(sum(r.quantity))::text from inventory.reservation r join catalog.item i on i.id = r.item_id cross join lateral (select i.code as item) c group by item
    union all select p.name || ' ' || a.code, trim_scale(p.amount * 100)::text from credit.account a
      cross join lateral (values ('open', open_orders), ('unbilled', unbilled), ('receivable', receivable), ('unapplied', unapplied)) as p (name, amount)
    union all select 'owed ' || c.code, trim_scale(sum(j.debit - j.credit) * 100)::text from ledger.journal_line j join party.customer c on c.id = j.party_id where j.account = '1100' group by c.code
    union all select 'account ' || account, trim_scale(sum(debit - credit) * 100)::text from ledger.journal_line group by account`)
  return new Map(rows.map((row) => [row.name, BigInt(row.value)]))
}

/** What the auditor's figures come to: those kept, and those that follow from them. */
function completed(kept: Figures): Figures {
  const all = new Map(kept)
  for (const [name, amount] of kept) {
    const [part = '', ...rest] = name.split(' ')
    const sign = part === 'receivable' ? 1n : part === 'unapplied' ? -1n : 0n
    const owed = `owed ${rest.join(' ')}`
    if (sign !== 0n) all.set(owed, (all.get(owed) ?? 0n) + sign * amount)
    const promised = `promised ${rest.at(-1)}`
    if (part === 'reserved') all.set(promised, (all.get(promised) ?? 0n) + amount)
  }
  return all
}

/** Where the database does not say what the auditor says. */
export function disagreements(kept: Figures, facts: Figures): readonly string[] {
  const mine = completed(kept)
  const names = [...new Set([...mine.keys(), ...facts.keys()])].sort()
  return names
    .filter((name) => (mine.get(name) ?? 0n) !== (facts.get(name) ?? 0n))
    .map((name) => `${name}: the auditor has ${mine.get(name) ?? 0n}, the database ${facts.get(name) ?? 0n}`)
}
