// Steps for what comes back, and for what is credited: authorising, taking in, inspecting, crediting, agreeing, issuing.

import { sql } from '#kernel/db'
import { divideDecimals, multiplyDecimals } from '#kernel/decimal'
import { approveAll } from '../decide.ts'
import { type Act, madeBy, orderOf, reasonOf, type Scene } from './scene.ts'

/** The customer sends the first line of his order back, half of it or at least one. */
const authorise: Act = async (scene) => {
  const { desk, told, story, doing } = scene
  const [line] = await desk.read<{ id: string; shipped: string; num: string }>(
    doing.company,
    sql`select id, shipped::text, unit_num::text as num from sales.v_order_line
      where company_id = ${desk.company(doing.company).id} and order_id = ${orderOf(scene)}::uuid order by line limit 1`,
  )
  const half = divideDecimals(line?.shipped ?? '2', '2', { scale: 0, rounding: 'up' })
  const { ids } = await desk.create('returns.rma.authorise', doing, [
    {
      customer: told.customer?.code,
      warehouse: story.warehouse,
      reason: reasonOf(scene),
      note: story.why,
      lines: [{ orderLine: line?.id, quantity: half }],
    },
  ])
  told.made.set('returns.rma', ids[0] ?? '')
}

const receive: Act = async (scene) => {
  await scene.desk.act('returns.rma.receive', scene.doing, [madeBy(scene, 'returns.rma')])
}

/** Everything has one fate: the one of the story, else that of most goods. */
const inspect: Act = async (scene) => {
  const { desk, story, doing } = scene
  const lines = await desk.read<{ id: string; quantity: string }>(
    doing.company,
    sql`select id, quantity::text from returns.rma_line
      where company_id = ${desk.company(doing.company).id} and rma_id = ${madeBy(scene, 'returns.rma')}::uuid order by line`,
  )
  const fate = story.disposition ?? 'restock'
  const input = { lines: lines.map((one) => ({ line: one.id, [fate]: one.quantity })) }
  await desk.act('returns.rma.inspect', doing, [madeBy(scene, 'returns.rma')], input)
}

/** Asked for once, and once more when it is approved; a credit so small that nobody must approve it is done at once. */
const credit: Act = async ({ desk, told, doing, ...scene }) => {
  const id = madeBy({ desk, told, doing, ...scene }, 'returns.rma')
  const [known] = await desk.read<{ state: string }>(
    doing.company,
    sql`select state from returns.v_rma where company_id = ${desk.company(doing.company).id} and id = ${id}::uuid`,
  )
  // A load that goes on after it was stopped finds it done, and looks up the note that it left.
  if (known?.state !== 'credited') await desk.act('returns.rma.credit', doing, [id])
  const [note] = await desk.read<{ id: string }>(
    doing.company,
    sql`select id from receivables.credit_note where company_id = ${desk.company(doing.company).id} and rma_id = ${id}::uuid and state <> 'cancelled'`,
  )
  told.made.set('receivables.credit-note', note?.id ?? '')
}

/** A price claim: so many percent of each line's price is given back, the goods stay with the customer. */
const draft: Act = async (scene) => {
  const { desk, told, story, doing } = scene
  const lines = await desk.read<{ id: string; quantity: string; net: string }>(
    doing.company,
    sql`select id, quantity::text, net::text from receivables.invoice_line
      where company_id = ${desk.company(doing.company).id} and invoice_id = ${madeBy(scene, 'receivables.invoice')}::uuid order by line`,
  )
  const claim = (one: { quantity: string; net: string }) =>
    divideDecimals(multiplyDecimals(one.net, story['credit-percent'] ?? '0'), multiplyDecimals(one.quantity, '100'), {
      scale: 4,
      rounding: 'half-up',
    })
  const { ids } = await desk.create('receivables.credit-note.draft', { ...doing, reason: story.why }, [
    {
      invoice: madeBy(scene, 'receivables.invoice'),
      lines: lines.map((one) => ({ line: one.id, quantity: one.quantity, price: claim(one) })),
    },
  ])
  told.made.set('receivables.credit-note', ids[0] ?? '')
}

const agree: Act = async (scene) => {
  await approveAll(scene.desk, scene.doing, 'credit-note', [madeBy(scene, 'receivables.credit-note')])
}

const issue: Act = async (scene) => {
  await scene.desk.act('receivables.credit-note.issue', scene.doing, [madeBy(scene, 'receivables.credit-note')])
}

export const RETURNS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'returns.rma.authorise': authorise,
  'returns.rma.receive': receive,
  'returns.rma.inspect': inspect,
  'returns.rma.credit': credit,
  'receivables.credit-note.draft': draft,
  'approval.decide': agree,
  'receivables.credit-note.issue': issue,
}
