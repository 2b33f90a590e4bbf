// What of an order's head may be changed after it was written down, by revise and by change alike.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'
import { isId } from '#kernel/ids'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { resolveShipTos } from '#party'
import { taxed } from '#tax'
import { refuse } from '../refusals.ts'

/** Every field is optional; what is not given stays. Amounts of text are bounded, dates are business dates. */
export const HEAD_FIELDS = {
  shipTo: T.optional(T.ref('party.ship-to')),
  requestedOn: T.optional(T.date()),
  reference: T.optional(T.text(60)),
  note: T.optional(T.text(2000)),
  backorderRule: T.optional(T.code()),
}

export type HeadInput = {
  shipTo?: string
  requestedOn?: string
  validUntil?: string
  reference?: string
  note?: string
  backorderRule?: string
}
type Changer = Pick<Call<unknown>, 'tx' | 'companyId' | 'ids' | 'set' | 'today' | 'reason'>

/**
 * Writes the given fields to all orders of the call. Another ship-to must be the customer's own; it may bring another
 * tax, so lines that are not invoiced yet are taxed again. Another backorder rule than the one that was found for the order
 * needs a reason. Refuses SHIP_TO_NOT_OURS, TAX_MISSING, REASON_NEEDED and UNKNOWN_CODE.
 */
export async function changeHeads(call: Changer, input: HeadInput): Promise<void> {
  const { tx, companyId } = call
  if (Object.values(input).every((value) => value === undefined)) return
  if (input.backorderRule !== undefined) await checkRule(call, input.backorderRule)
  const shipTos = input.shipTo === undefined ? null : await shipTosOf(call, input.shipTo)
  const wrong = await tx.first(sql<{ customer: string; shipTo: string }>`with asked as materialized (
      select o.id, c.code as customer, given.ship_to_id, t.customer_id is distinct from o.customer_id as foreign_ship_to
        from unnest(${call.ids}::uuid[], ${shipTos ?? call.ids.map(() => null)}::uuid[]) as given (id, ship_to_id)
        join sales.orders o on o.company_id = ${companyId} and o.id = given.id
        join party.v_customer c on c.company_id = o.company_id and c.id = o.customer_id
        left join party.v_ship_to t on t.company_id = o.company_id and t.id = given.ship_to_id
    ), changed as (
      update sales.orders o set ship_to_id = coalesce(a.ship_to_id, o.ship_to_id), requested_on = coalesce(${input.requestedOn ?? null}::date, o.requested_on),
             valid_until = coalesce(${input.validUntil ?? null}::date, o.valid_until), customer_reference = coalesce(${input.reference ?? null}, o.customer_reference),
             note = coalesce(${input.note ?? null}, o.note), backorder_rule = coalesce(${input.backorderRule ?? null}, o.backorder_rule)
        from asked a where o.company_id = ${companyId} and o.id = a.id
         and not exists (select from asked where ship_to_id is not null and foreign_ship_to)
    )
    select customer, ship_to_id::text as "shipTo" from asked where ship_to_id is not null and foreign_ship_to limit 1`)
  if (wrong) refuse('SHIP_TO_NOT_OURS', { customer: wrong.customer, shipTo: input.shipTo })
  if (shipTos) await taxAgain(call)
}

/** The rule is governance's answer; whoever gives an order another one says why. */
async function checkRule({ tx, companyId, reason }: Changer, code: string): Promise<void> {
  if (!reason?.trim()) refuseKernel('REASON_NEEDED', { verb: 'another backorder rule', document: 'the order' })
  const known = await tx.first(
    sql<{ code: string }>`select code from sales.backorder_rule where company_id = ${companyId} and code = ${code}`,
  )
  if (!known) refuseKernel('UNKNOWN_CODE', { entity: 'backorder rule', code })
}

async function shipTosOf(call: Changer, ref: string): Promise<string[]> {
  if (isId(ref)) return call.ids.map(() => ref)
  const owners = await call.tx.rows(sql<{
    id: string
    customer_id: string
  }>`select o.id, o.customer_id from ${call.set} s
    join sales.orders o on o.company_id = ${call.companyId} and o.id = s.id`)
  const byOrder = new Map(owners.map((one) => [one.id, one.customer_id]))
  const found = await resolveShipTos(
    call.tx,
    call.companyId,
    call.ids.map((id) => ({ customer: byOrder.get(id) ?? '', ref })),
  )
  return found.map((one) => one.id)
}

async function taxAgain(call: Changer): Promise<void> {
  const { tx, companyId } = call
  const missing = await tx.first(sql<{ item: string }>`with line as materialized (
      select l.id as line, o.customer_id, o.ship_to_id, l.item_id from ${call.set} s join sales.orders o on o.company_id = ${companyId} and o.id = s.id
        join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id where l.invoiced = 0
    ), found as materialized (select * from ${taxed(companyId, call.today, sql`select * from line`)} t), changed as (
      update sales.order_line l set tax_code = f.tax_code, tax_rate = f.tax_rate from found f
       where l.company_id = ${companyId} and l.id = f.line and f.tax_code is not null and (l.tax_code, l.tax_rate) is distinct from (f.tax_code, f.tax_rate)
    )
    select i.code as item from found f join line n on n.line = f.line join catalog.v_item i on i.id = n.item_id where f.tax_code is null limit 1`)
  if (missing) refuse('TAX_MISSING', missing)
}
