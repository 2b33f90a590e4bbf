// Correcting the door of a delivery address, and what a driver should know there.
import type { Hooks, Told } from '../../../src/rollout/extension/load/hooks.ts'
import type { Tag } from './tag.ts'

export const move = ({ verb, sql, T }: Hooks, tag: Tag): Told =>
  verb(
    tag.verbs.move,
    T.object({ door: T.text(40), note: T.optional(T.text(200)) }),
    async ({ tx, companyId, set, input }) => {
      await tx.run(sql`update x_door_tags.tag t set door = ${input.door}, note = coalesce(${input.note ?? null}, t.note)
        from ${set} s where t.company_id = ${companyId} and t.id = s.id`)
      return undefined
    },
  )
