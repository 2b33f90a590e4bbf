// Approving a change: by the seat that its class or its matter names, and never by who asked for it.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { sits } from '../seat/sits.ts'
import { changeRequest } from './change-request.ts'
import { approverOf } from './request.ts'

type Asked = { class: string; matter: string; area: string | null; requested_by: string; number: string }

/** Refuses unless who acts sits on the seat that decides on this change; says by which seat. */
export async function seatOn(
  { tx, context, companyId }: Call<unknown>,
  id: string,
): Promise<{ asked: Asked; seat: string }> {
  const asked = await tx.first(
    sql<Asked>`select class, matter, area, requested_by, number from rollout.change_request where company_id = ${companyId} and id = ${id}`,
  )
  if (!asked) throw new Error(`change request ${id} was locked and is gone`)
  const by = await sits(tx, context, approverOf({ ...asked, area: asked.area ?? undefined }))
  return { asked, seat: by.seat }
}

export const approve = command(changeRequest.verbs.approve, T.object({}), async (call) => {
  for (const id of call.ids) {
    const { asked, seat } = await seatOn(call, id)
    if (asked.requested_by === call.actor && call.context.principal.kind !== 'system')
      refuse('OWN_CHANGE', { number: asked.number })
    await call.tx.run(
      sql`update rollout.change_request set approved_by = ${call.actor}, seat = ${seat} where company_id = ${call.companyId} and id = ${id}`,
    )
  }
})
