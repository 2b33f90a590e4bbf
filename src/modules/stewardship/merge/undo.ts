// Undoing a merge: exactly what came over goes back, with what has grown from it since; the one that stayed keeps his own (MDM-03).
import { dropCrossReferences } from '#catalog'
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { type Repointed, repoint } from '#kernel/repoint'
import { T } from '#kernel/schema'
import { type Kind, lockStandings, renameAddresses, takeBack } from '#party'
import { refuse } from '../refusals.ts'
import { entanglement } from './entangled.ts'
import { moveExposureOf } from './exposure.ts'
import { grown } from './grown.ts'
import { COPIED } from './make.ts'
import { merge } from './merge.ts'
import { PLACES } from './places.ts'

export type Made = {
  id: string
  number: string
  kind: Kind
  from_id: string
  from_code: string
  from_state: string
  into_id: string
  until: string
  late: boolean
  later: string | null
}

/** Refuses UNDO_TOO_LATE, UNDO_LATER_MERGE, and UNDO_ENTANGLED when something of the one now rests on something of the other. */
export const undo = command(merge.verbs.undo, T.object({}), async (call) => {
  const { tx, companyId } = call
  // The latest first, so that several are undone in the order in which they can be.
  const made =
    await tx.rows(sql<Made>`select m.id, m.number, m.kind, m.from_id, m.from_code, m.from_state, m.into_id, m.undo_until::text as until,
        m.undo_until < ${call.today}::date as late,
        (select n.number from stewardship.merge n where n.company_id = m.company_id and n.kind = m.kind and n.from_id = m.into_id and n.state = 'merged'
           and n.id not in (select id from ${call.set} x) limit 1) as later
      from ${call.set} s join stewardship.merge m on m.company_id = ${companyId} and m.id = s.id order by m.created_at desc, m.id desc`)
  for (const one of made) {
    if (one.late) refuse('UNDO_TOO_LATE', one)
    if (one.later) refuse('UNDO_LATER_MERGE', { code: one.from_code, later: one.later, number: one.number })
    await goBack(call, one)
  }
})

async function goBack(call: Call<unknown>, made: Made): Promise<void> {
  const { tx, companyId } = call
  const way = { from: made.into_id, to: made.from_id }
  const standings = await lockStandings(call, made.kind, [made.from_id, made.into_id])
  const kept = await tx.rows(sql<
    Repointed & { code: string | null }
  >`select place, id, before ->> 'code' as code from stewardship.moved
     where company_id = ${companyId} and merge_id = ${made.id}::uuid`)
  const back = [...kept, ...(made.kind === 'customer' ? await grown(call, made, kept) : [])]
  if (made.kind === 'customer') {
    const knot = await entanglement(call, made, back)
    if (knot) refuse('UNDO_ENTANGLED', { number: made.number, ...knot })
  }
  const done = await repoint(tx, companyId, PLACES[made.kind], way, back)
  await renameAddresses(call, new Map(kept.flatMap(({ id, code }) => (code === null ? [] : [[id, code]]))))
  await dropCrossReferences(
    tx,
    kept.filter((one) => one.place === COPIED).map((one) => one.id),
    made.into_id,
  )
  if (made.kind === 'customer') {
    const of = (place: string) => done.filter((one) => one.place === place).map((one) => one.id)
    await moveExposureOf(call, {
      ...way,
      orders: of('sales.orders.customer_id'),
      documents: [...of('receivables.invoice.customer_id'), ...of('receivables.payment.customer_id')],
    })
  }
  const from = standings.find((one) => one.id === made.from_id)
  if (from) await takeBack(call, made.kind, from, made.from_state)
}
