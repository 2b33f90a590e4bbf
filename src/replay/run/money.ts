// Money without goods: entries by hand for what adjusted bad debt, and what customers paid.
import { sql } from '#kernel/db'
import { compareDecimals, multiplyDecimals, negateDecimal, roundDecimal, signOfDecimal } from '#kernel/decimal'
import type { PlanDay, PlannedJournal } from '../events.ts'
import { agreeTo } from './agree.ts'
import { inChunks } from './desk.ts'
import { remarkOf } from './remark.ts'
import { EVENING, type Work } from './work.ts'

const SET = 500

/**
 * Accounts of the template. Receivables themselves are kept by their sub-ledger alone, so what is adjusted by hand goes
 * to the allowance for them, with the customer named, against bad debt.
 */
const ALLOWANCE = '1110'
const BAD_DEBT = '6200'

/** Posts the day's entries by hand: asked for by one, agreed to by another, posted by the first. */
export async function enterDay(work: Work, day: PlanDay): Promise<void> {
  const { desk, ids } = work
  const at = desk.instant(day.date, EVENING)
  for (const one of day.journals) {
    const id = ids('entry', String(one.sourceLine), at)
    const doing = (step: string) => ({
      day: day.date,
      time: EVENING,
      key: `${day.index} entry ${step} ${one.sourceLine}`,
    })
    const input = [{ id, ...entryOf(work, one) }]
    if (await desk.open('ledger.entry.post', doing('post'))) {
      await desk.create('ledger.entry.draft', doing('draft'), input)
      await agreeTo(work, [id], doing('agree'))
    }
    await desk.create('ledger.entry.post', doing('post'), input)
  }
}

function entryOf({ masters }: Work, one: PlannedJournal): object {
  const value = worthOf(one)
  const amount = signOfDecimal(value) < 0 ? negateDecimal(value) : value
  const party = masters.customers.get(one.customer) ?? ''
  const [debited, credited] = signOfDecimal(value) < 0 ? [BAD_DEBT, ALLOWANCE] : [ALLOWANCE, BAD_DEBT]
  return {
    description: remarkOf({ ...one, remark: one.text }),
    lines: [
      { account: debited, debit: amount, party },
      { account: credited, credit: amount, party },
    ],
  }
}

/** Positive when the customer owes more; pounds and cents. */
const worthOf = (one: PlannedJournal): string =>
  roundDecimal(multiplyDecimals(one.quantity, one.unitPrice), { scale: 2, rounding: 'half-up' })

/** Takes in the day's payments: each pays what is open of one invoice; nothing when nothing is open (rule S05). */
export async function payDay(work: Work, day: PlanDay): Promise<void> {
  const { desk, ids, masters, survey } = work
  const at = desk.instant(day.date, EVENING)
  for (const [n, some] of inChunks(day.payments, SET).entries()) {
    const doing = { day: day.date, time: EVENING, key: `${day.index} pay ${n}` }
    await desk.create('receivables.payment.receive', doing, async () => {
      const invoices = some.map((one) => survey.sold.get(one.sourceInvoice)?.invoice ?? '')
      const open = await openAmounts(work, invoices)
      return some.flatMap((one, place) => {
        const invoice = invoices[place] ?? ''
        const amount = open.get(invoice) ?? '0'
        if (compareDecimals(amount, '0') <= 0) return []
        return [
          {
            id: ids('payment', one.sourceInvoice, at),
            customer: masters.customers.get(one.customer) ?? '',
            amount,
            method: one.term === 'cash' ? 'cash' : 'transfer',
            reference: `Payment of ${one.sourceInvoice}, made up (S05)`,
            apply: [{ invoice, amount }],
          },
        ]
      })
    })
  }
}

/** What is open of these invoices and credit notes, in pounds, by id. */
export async function openAmounts({ desk }: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await desk.read(sql<{ id: string; open: string }>`select id, open::text from receivables.invoice
    where company_id = ${desk.companyId} and id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row.open]))
}
