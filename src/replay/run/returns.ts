// A day's cancellations: goods come back, are looked at and credited; services are credited; credits meet open invoices.

import { sql } from '#kernel/db'
import { compareDecimals, subtractDecimals } from '#kernel/decimal'
import type { PlanDay, PlannedCancellation, PlannedCreditLine } from '../events.ts'
import { agreeTo } from './agree.ts'
import { type Doing, inChunks } from './desk.ts'
import { openAmounts } from './money.ts'
import { remarkOf } from './remark.ts'
import { type ReturnPart, returnPartsOf } from './return-parts.ts'
import { EVENING, type Work } from './work.ts'

const SET = 50
/** The reason that all returns of the replay have, for the source gives none: no fee, and never too late. */
export const RETURN_REASON = 'CANCELLED'

/** Runs the day's cancellations. */
export async function cancelDay(work: Work, day: PlanDay): Promise<void> {
  for (const [n, some] of inChunks(day.cancellations, SET).entries()) {
    await takeBack(work, day, some, n)
    await creditServices(work, day, some, n)
  }
  for (const one of day.cancellations) await setOff(work, day, one)
}

/** Authorises, receives, inspects and credits the goods; what the matrix wants approved is agreed to by the second principal. */
async function takeBack(
  work: Work,
  day: PlanDay,
  cancellations: readonly PlannedCancellation[],
  n: number,
): Promise<void> {
  const { desk, ids, masters, warehouseId } = work
  const at = desk.instant(day.date, EVENING)
  const doing = (step: string) => ({ day: day.date, time: EVENING, key: `${day.index} return ${step} ${n}` })
  const returned = cancellations
    .map((one) => ({ one, id: ids('return', one.sourceInvoice, at), parts: returnPartsOf(work.survey, one) }))
    .filter(({ parts }) => parts.length > 0)
  const all = returned.map(({ id }) => id)
  const orderLines = await soldLines(
    work,
    returned.flatMap(({ parts }) => parts),
  )
  await desk.create(
    'returns.rma.authorise',
    doing('authorise'),
    returned.map(({ one, id, parts }) => ({
      id,
      customer: masters.customers.get(one.customer) ?? '',
      warehouse: warehouseId,
      reason: RETURN_REASON,
      note: one.sourceInvoice,
      lines: parts.map((part) => lineOf(work, part, orderLines)),
    })),
  )
  await desk.act('returns.rma.receive', doing('receive'), all, { to: 'stock' })
  const lines = await desk.read(sql<{
    line: string
    restock: string
  }>`select id as line, quantity::text as restock from returns.rma_line
    where company_id = ${desk.companyId} and rma_id = any(${all}::uuid[]) order by rma_id, line`)
  await desk.act('returns.rma.inspect', doing('inspect'), all, { lines })
  const { states } = await desk.act('returns.rma.credit', doing('credit'), all)
  await creditAgreed(work, doing, states ?? {})
}

/** What the matrix wants approved is agreed to by another than whoever asked for it, and then credited. */
async function creditAgreed(
  work: Work,
  doing: (step: string) => Doing,
  states: Readonly<Record<string, string>>,
): Promise<void> {
  const { desk } = work
  const waiting = Object.entries(states).flatMap(([id, state]) => (state === 'received' ? [id] : []))
  if (waiting.length === 0) return
  if (await desk.open('returns.rma.credit', doing('credit agreed'))) {
    const drafts = await desk.read(sql<{ id: string }>`select id from receivables.invoice
      where company_id = ${desk.companyId} and kind = 'credit-note' and state = 'draft' and rma_id = any(${waiting}::uuid[]) order by id`)
    await agreeTo(
      work,
      drafts.map((one) => one.id),
      doing('agree'),
    )
  }
  await desk.act('returns.rma.credit', doing('credit agreed'), waiting)
}

function lineOf({ masters }: Work, part: ReturnPart, orderLines: ReadonlyMap<string, string>): object {
  const { quantity } = part
  if (part.sale) return { orderLine: orderLines.get(`${part.sale.order}/${part.sale.line}`) ?? '', quantity }
  return { item: masters.items.get(part.line.item) ?? '', quantity, price: part.line.unitPrice }
}

/** The ids of the order lines that parts name, by 'order/line'. */
async function soldLines({ desk }: Work, parts: readonly ReturnPart[]): Promise<ReadonlyMap<string, string>> {
  const sales = parts.flatMap((part) => part.sale ?? [])
  const rows = await desk.read(sql<{
    id: string
    order_id: string
    line: number
  }>`select l.id, l.order_id, l.line from sales.order_line l
      join unnest(${sales.map((one) => one.order)}::uuid[], ${sales.map((one) => one.line)}::int[]) as s (order_id, line) on s.order_id = l.order_id and s.line = l.line
     where l.company_id = ${desk.companyId}`)
  return new Map(rows.map((row) => [`${row.order_id}/${row.line}`, row.id]))
}

/** Credits what never stood on a shelf: one credit note for each line, so that its text can name where it came from. */
async function creditServices(
  work: Work,
  day: PlanDay,
  cancellations: readonly PlannedCancellation[],
  n: number,
): Promise<void> {
  const { desk, masters } = work
  const at = desk.instant(day.date, EVENING)
  const doing = (step: string) => ({ day: day.date, time: EVENING, key: `${day.index} grant ${step} ${n}` })
  const granted = cancellations.flatMap((one) =>
    one.lines.filter((line) => line.kind === 'service').map((line) => ({ one, line, id: grantId(work, line, at) })),
  )
  const input = granted.map(({ one, line, id }) => ({
    id,
    customer: masters.customers.get(one.customer) ?? '',
    reason: remarkOf({ ...line, sourceInvoice: one.sourceInvoice, remark: 'credit of a service' }),
    lines: [{ item: masters.items.get(line.item) ?? '', quantity: line.quantity, price: line.unitPrice }],
  }))
  const { states } = await desk.create('receivables.credit-note.grant', doing('grant'), input)
  const drafts = Object.entries(states ?? {}).flatMap(([id, state]) => (state === 'draft' ? [id] : []))
  if (drafts.length === 0) return
  if (await desk.open('receivables.credit-note.issue', doing('issue'))) await agreeTo(work, drafts, doing('agree'))
  await desk.act('receivables.credit-note.issue', doing('issue'), drafts)
}

const grantId = ({ ids }: Work, line: PlannedCreditLine, at: Date): string => ids('grant', String(line.sourceLine), at)

/** Sets what is left of the cancellation's credit notes against the invoices it undoes, as far as they are open (S06). */
async function setOff(work: Work, day: PlanDay, one: PlannedCancellation): Promise<void> {
  if (one.setAgainst.length === 0) return
  const { desk, ids } = work
  const at = desk.instant(day.date, EVENING)
  const credits = await creditNotesOf(work, one, ids('return', one.sourceInvoice, at), at)
  const invoices = one.setAgainst.map((invoice) => work.survey.sold.get(invoice)?.invoice ?? '')
  const open = new Map(await openAmounts(work, [...invoices, ...credits]))
  for (const credit of credits) {
    const apply: { invoice: string; amount: string }[] = []
    for (const invoice of invoices) {
      const free = open.get(credit) ?? '0'
      const owed = open.get(invoice) ?? '0'
      const amount = compareDecimals(free, owed) < 0 ? free : owed
      if (compareDecimals(amount, '0') <= 0) continue
      apply.push({ invoice, amount })
      open.set(credit, subtractDecimals(free, amount))
      open.set(invoice, subtractDecimals(owed, amount))
    }
    const doing = { day: day.date, time: EVENING, key: `${day.index} set off ${credit}` }
    const undone = apply.length > 0 && (await desk.open('receivables.credit-note.apply', doing))
    if (undone) await desk.act('receivables.credit-note.apply', doing, [credit], { apply })
  }
}

/** The issued credit notes of a cancellation: that of its return, and those of its services. */
async function creditNotesOf(work: Work, one: PlannedCancellation, rma: string, at: Date): Promise<readonly string[]> {
  const { desk } = work
  const rows = await desk.read(sql<{ id: string }>`select id from receivables.invoice
    where company_id = ${desk.companyId} and kind = 'credit-note' and state = 'issued' and issued_on = ${one.date}::date and rma_id = ${rma}`)
  const granted = one.lines.filter((line) => line.kind === 'service').map((line) => grantId(work, line, at))
  return [...rows.map((row) => row.id), ...granted]
}
