// Listing the codes of an acquired entity, with how often they are used, and saying what each becomes.
import { command, creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { siteOf } from '../governance/site.ts'
import { codeMapping } from './code-mapping.ts'
import { refuse } from './refusals.ts'
import { codeMapOf } from './targets.ts'

/** `uses` counts how often the source uses the code, `value` for how much in the source's own currency; without `target` it waits. */
export const ProposeInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  kind: T.code(),
  sourceCode: T.text(80),
  sourceName: T.optional(T.text(200)),
  uses: T.optional(T.integer(0, 2_000_000_000)),
  value: T.optional(T.money()),
  target: T.optional(T.code()),
})

export const propose = creation(
  codeMapping.verbs.propose,
  ProposeInput,
  async ({ tx, companyId, ids, input, now, actor }) => {
    const sites = new Map<string, string>()
    for (const ref of new Set(input.map((one) => one.site))) sites.set(ref, (await siteOf(tx, companyId, ref)).id)
    for (const [at, one] of input.entries()) {
      codeMapOf(one.kind)
      try {
        await tx.run(sql`insert into rollout.code_mapping (company_id, id, state, site_id, kind, source_code, source_name, uses, value, target, proposed_by, created_at, updated_at)
        values (${companyId}, ${ids[at]}, 'proposed', ${sites.get(one.site)}, ${one.kind}, ${one.sourceCode.trim()}, ${one.sourceName ?? null}, ${one.uses ?? 0}, ${one.value ?? '0'},
          ${one.target ?? null}, ${actor}, ${now}, ${now})`)
      } catch (error) {
        if (errorCode(error) === '23505') refuse('CODE_LISTED', { kind: one.kind, code: one.sourceCode })
        throw error
      }
    }
  },
)

/** Saying anew what codes become; their data owner has to approve it again. */
export const change = command(
  codeMapping.verbs.change,
  T.object({ target: T.code() }),
  async ({ tx, companyId, set, input, actor }) => {
    await tx.run(sql`update rollout.code_mapping m set state = 'proposed', target = ${input.target}, proposed_by = ${actor}, approved_by = null, seat = null
      from ${set} s where m.company_id = ${companyId} and m.id = s.id`)
  },
)

/** Taking a code off the list, because the entity does not use it. */
export const withdraw = command(codeMapping.verbs.withdraw, T.object({}), async () => undefined)
