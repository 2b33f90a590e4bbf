// Steps beside the trade: adjustments, putting away, entries by hand, and stopping a customer's credit.
import { sql } from '#kernel/db'
import type { DemoFiles } from '../files.ts'
import { type Act, madeBy, reasonOf } from './scene.ts'

const adjust: Act = async (scene) => {
  const { desk, files, told, story, doing } = scene
  const { ids } = await desk.create('inventory.adjustment.draft', doing, [
    {
      warehouse: story.warehouse,
      reason: reasonOf(scene),
      remark: story.why,
      lines: told.lines.map((line) => ({
        item: line.item,
        quantity: line.quantity,
        location: binOf(files, story.warehouse, line.item),
      })),
    },
  ])
  told.made.set('inventory.adjustment', ids[0] ?? '')
}

/** The bin in which an item lay on the day of opening. */
const binOf = (files: DemoFiles, warehouse: string | undefined, item: string): string | undefined =>
  files.stock.find((one) => one.warehouse === warehouse && one.item === item)?.location

/** What was received goes from the floor to its bin. */
const putAway: Act = async ({ desk, files, told, story, doing }) => {
  const lines = told.lines.map((line) => ({
    item: line.item,
    quantity: line.quantity,
    from: 'STOCK',
    to: binOf(files, story.warehouse, line.item),
  }))
  await desk.create('inventory.move.record', doing, [{ warehouse: story.warehouse, reason: 'Put away', lines }])
}

const sendOff: Act = async ({ desk, told, story, doing }) => {
  const lines = told.lines.map(({ item, quantity }) => ({ item, quantity }))
  const { ids } = await desk.create('inventory.transfer.draft', doing, [
    { from: story.warehouse, to: story['to-warehouse'], note: story.why, lines },
  ])
  told.made.set('inventory.transfer', ids[0] ?? '')
}

/** Stops the credit of the story's customer. */
const stopCredit: Act = async ({ desk, told, story, doing }) => {
  const [customer] = await desk.read<{ id: string }>(
    doing.company,
    sql`select id from party.v_customer where company_id = ${desk.company(doing.company).id} and code = ${told.customer?.code}`,
  )
  await desk.act('credit.account.hold', { ...doing, reason: story.why }, [customer?.id ?? ''])
}

const plain =
  (verb: string): Act =>
  async (scene) => {
    await scene.desk.act(verb, scene.doing, [madeBy(scene, verb.slice(0, verb.lastIndexOf('.')))])
  }

const entry: Act = async ({ desk, told, story, doing }) => {
  const lines = (story.entry ?? []).map(({ debit, credit, amount }) =>
    debit === undefined ? { account: credit, credit: amount } : { account: debit, debit: amount },
  )
  const { ids } = await desk.create('ledger.entry.draft', doing, [{ description: story.why, lines }])
  told.made.set('ledger.entry', ids[0] ?? '')
}

export const STOCK: Readonly<Record<string, Act>> = {
  'inventory.adjustment.draft': adjust,
  'inventory.adjustment.submit': plain('inventory.adjustment.submit'),
  'inventory.adjustment.approve': plain('inventory.adjustment.approve'),
  'inventory.adjustment.post': plain('inventory.adjustment.post'),
  'inventory.move.record': putAway,
  'inventory.transfer.draft': sendOff,
  'inventory.transfer.ship': plain('inventory.transfer.ship'),
  'ledger.entry.draft': entry,
  'credit.account.hold': stopCredit,
}
