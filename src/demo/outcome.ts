// Whether every story ended as it is written: the state of its document, its holds, and how long its invoice is overdue.
import { sql } from '#kernel/db'
import type { Desk } from './desk.ts'
import { refuse } from './refusals.ts'
import type { Told } from './told.ts'

type Found = { readonly state: string; readonly holds?: readonly string[]; readonly overdue?: number }

/** Looks at every document that was told. Refuses DEMO_STORY_UNFINISHED with the first story that ended otherwise. */
export async function checkOutcomes(desk: Desk, all: readonly Told[]): Promise<void> {
  for (const told of all) {
    const { story } = told
    const found = await LOOK[story.document]?.(desk, told)
    const expected = { state: story.state, holds: story.hold ?? [] }
    const same = found?.state === expected.state && sameSet(found.holds ?? [], expected.holds)
    if (!same) refuse('DEMO_STORY_UNFINISHED', { story: told.name, expected: shown(expected), found: shown(found) })
    const [least, most] = story['expect-overdue-days'] ?? []
    const days = found?.overdue ?? 0
    if (least !== undefined && most !== undefined && (days < least || days > most)) {
      refuse('DEMO_STORY_UNFINISHED', {
        story: told.name,
        expected: `${least} to ${most} days overdue`,
        found: `${days} days`,
      })
    }
  }
}

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  [...left].sort().join() === [...right].sort().join()

const shown = (one: { state: string; holds?: readonly string[] } | undefined): string =>
  one === undefined ? 'nothing' : `${one.state}${one.holds?.length ? ` for ${one.holds.join(' and ')}` : ''}`

type Look = (desk: Desk, told: Told) => Promise<Found | undefined>

const scope = (desk: Desk, told: Told) => desk.company(told.story.company).id
const today = (desk: Desk, told: Told) => desk.date(told.story.company, 0)

/** An order as its lines show it; a quotation whose days are over counts as expired. */
const order: Look = async (desk, told) => {
  const [found] = await desk.read<Found>(
    told.story.company,
    sql`select case when p.state = 'quoted' and o.valid_until < ${today(desk, told)}::date then 'expired' else p.status end as state,
        coalesce((select array_agg(h.kind order by h.kind) from sales.hold h
          where h.company_id = p.company_id and h.order_id = p.id and h.released_at is null and h.voided_at is null), '{}') as holds
      from sales.v_order_progress p join sales.orders o on o.company_id = p.company_id and o.id = p.id
     where p.company_id = ${scope(desk, told)} and p.id = ${told.orders.at(-1) ?? null}::uuid`,
  )
  return found
}

const invoice: Look = async (desk, told) => {
  const [found] = await desk.read<Found>(
    told.story.company,
    sql`select case open when total then 'issued' when 0 then 'paid' else 'part-paid' end as state, ${today(desk, told)}::date - due_on as overdue
      from receivables.invoice where company_id = ${scope(desk, told)} and id = ${told.made.get('receivables.invoice') ?? null}::uuid`,
  )
  return found
}

/** What somebody else must still agree to is waiting, whatever its own state says. */
const waiting =
  (document: string, table: ReturnType<typeof sql>): Look =>
  async (desk, told) => {
    const id = told.made.get(document) ?? null
    const [found] = await desk.read<Found>(
      told.story.company,
      sql`select case when exists (select from kernel.approval a where a.company_id = ${scope(desk, told)} and a.document_id = ${id}::uuid and a.state = 'pending')
        then 'waiting-approval' else (select d.state from ${table} d where d.company_id = ${scope(desk, told)} and d.id = ${id}::uuid) end as state`,
    )
    return found
  }

const LOOK: Readonly<Record<string, Look>> = {
  'sales.order': order,
  'receivables.invoice': invoice,
  'receivables.payment': waiting('receivables.payment', sql`receivables.payment`),
  'receivables.credit-note': waiting('receivables.credit-note', sql`receivables.credit_note`),
  'warehouse.shipment': waiting('warehouse.shipment', sql`warehouse.shipment`),
  'warehouse.receipt': waiting('warehouse.receipt', sql`warehouse.receipt`),
  'returns.rma': waiting('returns.rma', sql`returns.rma`),
  'inventory.adjustment': waiting('inventory.adjustment', sql`inventory.adjustment`),
  'inventory.transfer': waiting('inventory.transfer', sql`inventory.transfer`),
  'ledger.entry': waiting('ledger.entry', sql`ledger.entry`),
}
