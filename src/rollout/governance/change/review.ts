// Looking back at a released change: what came of it.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { changeRequest } from './change-request.ts'

export const review = command(
  changeRequest.verbs.review,
  T.object({ outcome: T.text(2000) }),
  async ({ tx, companyId, set, input }) => {
    await tx.run(
      sql`update rollout.change_request c set outcome = ${input.outcome} from ${set} s where c.company_id = ${companyId} and c.id = s.id`,
    )
  },
)
