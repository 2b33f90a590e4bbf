// The receivables desk's steps: invoices, money, and what is taken off an invoice.

import { sql } from '#kernel/db'
import { divideDecimals, multiplyDecimals, subtractDecimals } from '#kernel/decimal'
import { type Act, madeBy, orderOf, type Scene } from './scene.ts'

const issue: Act = async (scene) => {
  const { ids } = await scene.desk.create('receivables.invoice.issue', scene.doing, [{ order: orderOf(scene) }])
  scene.told.made.set('receivables.invoice', ids[0] ?? '')
}

type Billed = { total: string; discount_percent: string }

/** What the invoice came to; it never changes, so a load that goes on after a stop reckons the same. */
async function billed(scene: Scene): Promise<Billed> {
  const { desk, doing } = scene
  const [row] = await desk.read<Billed>(
    doing.company,
    sql`select total::text, discount_percent::text from receivables.invoice
      where company_id = ${desk.company(doing.company).id} and id = ${madeBy(scene, 'receivables.invoice')}::uuid`,
  )
  return row ?? { total: '0', discount_percent: '0' }
}

const cents = { scale: 2, rounding: 'half-up' } as const
const percentOf = (amount: string, percent: string): string =>
  divideDecimals(multiplyDecimals(amount, percent), '100', cents)

/** What the customer sends: all of it, a part, less the discount for early payment, or less what his bank kept. */
async function sent(scene: Scene): Promise<string> {
  const { story } = scene
  if (story.amount !== undefined) return story.amount
  if (story.deposit) return await ordered(scene)
  const { total, discount_percent: percent } = await billed(scene)
  if (story['settlement-discount']) return subtractDecimals(total, percentOf(total, percent))
  if (story['short-by']) return subtractDecimals(total, story['short-by'])
  return story['pay-percent'] ? percentOf(total, story['pay-percent']) : total
}

async function ordered(scene: Scene): Promise<string> {
  const { desk, doing } = scene
  const [row] = await desk.read<{ total: string }>(
    doing.company,
    sql`select total::text from sales.v_order where company_id = ${desk.company(doing.company).id} and id = ${orderOf(scene)}::uuid`,
  )
  return row?.total ?? '0'
}

const receive: Act = async (scene) => {
  const { desk, told, story, doing } = scene
  const { ids } = await desk.create('receivables.payment.receive', doing, [
    {
      customer: told.customer?.code,
      amount: await sent(scene),
      ...(story.deposit ? { kind: 'deposit', order: orderOf(scene) } : {}),
      // Nobody knows yet what a payment without a reference pays.
      ...(story.amount === undefined ? { reference: `Transfer ${told.name}` } : {}),
    },
  ])
  told.made.set('receivables.payment', ids[0] ?? '')
}

const apply: Act = async (scene) => {
  const { story } = scene
  const invoice = madeBy(scene, 'receivables.invoice')
  const { total, discount_percent: percent } = await billed(scene)
  const part = {
    invoice,
    ...(story['settlement-discount'] ? { discount: percentOf(total, percent) } : {}),
    ...(story['short-by'] ? { writeOff: story['short-by'] } : {}),
  }
  await scene.desk.act('receivables.payment.apply', scene.doing, [madeBy(scene, 'receivables.payment')], {
    apply: [part],
  })
}

export const RECEIVABLES: Readonly<Record<string, Act>> = {
  'receivables.invoice.issue': issue,
  'receivables.payment.receive': receive,
  'receivables.payment.apply': apply,
}
