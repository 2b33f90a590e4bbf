// Approving the map of a process: the owner of its area says that it is so.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { sits } from '../../governance/seat/sits.ts'
import { ownerOf } from './map.ts'
import { process } from './process.ts'

export const approve = command(process.verbs.approve, T.object({}), async ({ tx, context, companyId, set, actor }) => {
  const areas = await tx.rows(
    sql<{
      area: string
    }>`select distinct p.area from rollout.process p join ${set} s on s.id = p.id where p.company_id = ${companyId} order by p.area`,
  )
  for (const { area } of areas) await sits(tx, context, ownerOf(area))
  await tx.run(
    sql`update rollout.process p set approved_by = ${actor} from ${set} s where p.company_id = ${companyId} and p.id = s.id`,
  )
})
