// Listing the codes of an acquired entity, with how often they are used, and saying what each becomes.
import { command, creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { sitesOf } from '../governance/site.ts'
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

const COLUMNS = {
  id: 'uuid',
  site: 'uuid',
  kind: 'text',
  code: 'text',
  name: 'text',
  uses: 'int',
  value: 'numeric',
  target: 'text',
} as const

/** Refuses CODE_KIND_UNKNOWN, NO_SUCH_SITE and CODE_LISTED. */
export const propose = creation(
  codeMapping.verbs.propose,
  ProposeInput,
  async ({ tx, companyId, ids, input, now, actor }) => {
    for (const kind of new Set(input.map((one) => one.kind))) codeMapOf(kind)
    const sites = await sitesOf(
      tx,
      companyId,
      input.map((one) => one.site),
    )
    const rows = input.map((one, at) => ({
      ...{ id: ids[at] ?? '', site: sites[at]?.id ?? '', kind: one.kind, code: one.sourceCode.trim() },
      ...{ name: one.sourceName ?? null, uses: String(one.uses ?? 0), value: one.value ?? '0' },
      target: one.target ?? null,
    }))
    const added = await tx.rows(sql<{
      id: string
    }>`insert into rollout.code_mapping (company_id, id, state, site_id, kind, source_code, source_name, uses, value, target, proposed_by, created_at, updated_at)
      select ${companyId}, r.id, 'proposed', r.site, r.kind, r.code, r.name, r.uses, r.value, r.target, ${actor}, ${now}, ${now} from ${relation(COLUMNS, rows)} r
      on conflict do nothing returning id`)
    const kept = new Set(added.map((one) => one.id))
    const twice = rows.find((one) => !kept.has(one.id))
    if (twice) refuse('CODE_LISTED', { kind: twice.kind, code: twice.code })
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
