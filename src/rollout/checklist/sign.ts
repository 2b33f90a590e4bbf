// Ticking what no measure can: by the seat that answers for it, with what shows it; and letting the design authority leave one out.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { seatRule } from '../governance/policy.ts'
import { decides, sits } from '../governance/seat/sits.ts'
import { checklistItem } from './checklist.ts'
import { refuse } from './refusals.ts'

type Item = { item: string; seat: string; criterion: string | null }

const itemsOf = ({ tx, companyId, set }: Call<unknown>): Promise<Item[]> =>
  tx.rows(
    sql<Item>`select i.item, i.seat, i.criterion from rollout.checklist_item i join ${set} s on s.id = i.id where i.company_id = ${companyId} order by i.item`,
  )

/** Refuses ITEM_CHECKED for what a measure tells, and NOT_YOUR_SEAT. */
export const sign = command(checklistItem.verbs.sign, T.object({ evidence: T.text(2000) }), async (call) => {
  const { tx, context, companyId, set, input, actor, now } = call
  for (const { item, seat, criterion } of await itemsOf(call)) {
    if (criterion !== null) refuse('ITEM_CHECKED', { item, criterion })
    await sits(tx, context, seatRule(seat))
  }
  await tx.run(sql`update rollout.checklist_item i set evidence = ${input.evidence}, signed_by = ${actor}, signed_at = ${now}
    from ${set} s where i.company_id = ${companyId} and i.id = s.id`)
})

/** An exception of the rollout, so that its seat decides; the reason stays in the history. */
export const waive = command(checklistItem.verbs.waive, T.object({}), async ({ tx, context }) => {
  await decides(tx, context, 'rollout-exception')
})

/** Taking a tick back, by the seat of the item. */
export const reopen = command(checklistItem.verbs.reopen, T.object({}), async (call) => {
  const { tx, context, companyId, set } = call
  for (const { seat } of await itemsOf(call)) await sits(tx, context, seatRule(seat))
  await tx.run(sql`update rollout.checklist_item i set evidence = null, signed_by = null, signed_at = null
    from ${set} s where i.company_id = ${companyId} and i.id = s.id`)
})
