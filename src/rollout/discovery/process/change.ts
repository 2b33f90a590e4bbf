// Changing the map of a process; its owner has to approve it anew.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { mapped } from './map.ts'
import { process } from './process.ts'

const { variant: _variant, name: _name, area: _area, ...rest } = mapped

/** What is not given stays; area, name and variant say which process it is and do not change. */
export const ChangeInput = T.object({
  volume: T.optional(rest.volume),
  owner: T.optional(rest.owner),
  system: T.optional(rest.system),
  stance: T.optional(rest.stance),
  steps: rest.steps,
})

export const change = command(process.verbs.change, ChangeInput, async ({ tx, companyId, set, input }) => {
  await tx.run(sql`update rollout.process p set volume = coalesce(${input.volume ?? null}::int, p.volume), owner = coalesce(${input.owner ?? null}, p.owner),
      system = coalesce(${input.system ?? null}, p.system), stance = coalesce(${input.stance ?? null}, p.stance),
      steps = coalesce(${input.steps ? JSON.stringify(input.steps) : null}::jsonb, p.steps), approved_by = null
    from ${set} s where p.company_id = ${companyId} and p.id = s.id`)
})
