// Signing the register of a site: everything is classified with evidence, is the scope from now on, and serves the sites to come.
import { createHash } from 'node:crypto'
import { creation } from '#kernel/command'
import { errorCode, relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { decides } from '../../governance/seat/sits.ts'
import { type Site, siteOf } from '../../governance/site.ts'
import { refuse } from '../refusals.ts'
import { register } from './register.ts'

type Row = {
  number: string
  topic: string
  title: string
  answer: string
  evidence: string
  tried: unknown
  repeatability: number
  decided_by: string
  state: string
}

const PRECEDENT = {
  id: 'uuid',
  topic: 'text',
  answer: 'text',
  title: 'text',
  rationale: 'text',
  tried: 'jsonb',
  repeatability: 'int',
  requirement_number: 'text',
  decided_by: 'uuid',
} as const

/** Refuses REGISTER_OPEN while anything is not classified, REGISTER_SIGNED when it is signed already, and who does not sit where it is decided. */
export const sign = creation(
  register.verbs.sign,
  T.object({ id: T.optional(T.id()), site: T.ref('rollout.site') }),
  async (call) => {
    const { tx, context, companyId, ids, input, numbers, now, actor } = call
    const by = await decides(tx, context, 'fit-gap')
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      const rows =
        await tx.rows(sql<Row>`select number, topic, title, answer, evidence, tried, coalesce(repeatability, 3) as repeatability, decided_by, state from rollout.requirement
      where company_id = ${companyId} and site_id = ${site.id} and state <> 'dropped' order by number for no key update`)
      const open = rows.filter((row) => row.state !== 'classified').length
      if (rows.length === 0 || open > 0) refuse('REGISTER_OPEN', { open, all: rows.length, site: site.code })
      const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
      try {
        await tx.run(sql`insert into rollout.register (company_id, id, number, state, site_id, requirements, hash, signed_by, signed_at, seat, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'signed', ${site.id}, ${rows.length}, ${hash}, ${actor}, ${now}, ${by.seat}, ${now}, ${now})`)
      } catch (error) {
        if (errorCode(error) === '23505') refuse('REGISTER_SIGNED', { site: site.code })
        throw error
      }
      await tx.run(
        sql`update rollout.requirement set in_baseline = true where company_id = ${companyId} and site_id = ${site.id} and state = 'classified'`,
      )
      await publish(call, site, rows)
    }
  },
)

/** Hands the answers on to the sites to come; a later signature of the same site takes their place. */
async function publish(
  { tx, now }: Pick<Parameters<Parameters<typeof creation>[2]>[0], 'tx' | 'now'>,
  site: Site,
  rows: readonly Row[],
): Promise<void> {
  await tx.run(sql`insert into rollout.precedent (id, topic, answer, title, rationale, tried, repeatability, site_code, requirement_number, decided_by, signed_at)
    select r.id, r.topic, r.answer, r.title, r.rationale, r.tried, r.repeatability, ${site.code}, r.requirement_number, r.decided_by, ${now}
      from ${relation(
        PRECEDENT,
        rows.map((row) => ({ ...row, id: newId(), rationale: row.evidence, requirement_number: row.number })),
      )} r
    on conflict (site_code, topic) do update set answer = excluded.answer, title = excluded.title, rationale = excluded.rationale, tried = excluded.tried,
      repeatability = excluded.repeatability, requirement_number = excluded.requirement_number, decided_by = excluded.decided_by, signed_at = excluded.signed_at`)
}
