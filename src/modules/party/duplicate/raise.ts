// Telling the steward that two customers or suppliers may be one, when a person sees what no comparison saw.

import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { duplicate } from './duplicate.ts'

/** `proposed` is the one that would be given up, `resembles` the one that would stay; both by id or code. */
export const RaiseInput = T.object({
  id: T.optional(T.id()),
  proposed: T.ref('party.customer'),
  resembles: T.ref('party.customer'),
  note: T.optional(T.text(500)),
})

type Known = { ref: string; id: string; code: string }

export const raise = creation(
  duplicate.verbs.raise,
  RaiseInput,
  async ({ tx, companyId, ids, input, now, context }) => {
    const refs = [...new Set(input.flatMap((one) => [one.proposed, one.resembles]))]
    const known = await tx.rows(sql<Known>`select a.ref, p.id, p.code from unnest(${refs}::text[]) as a (ref)
    cross join lateral (
      select id, code, 1 as rank from party.customer where company_id = ${companyId} and (code_key = upper(a.ref) or id::text = a.ref)
      union all
      select id, code, 2 from party.supplier where company_id = ${companyId} and (code_key = upper(a.ref) or id::text = a.ref)
      order by rank limit 1
    ) p`)
    const byRef = new Map(known.map((one) => [one.ref, one]))
    const find = (ref: string): Known =>
      byRef.get(ref) ?? refuseKernel('UNKNOWN_CODE', { entity: 'customer or supplier', code: ref })
    const cases = input.map((one, at) => {
      const [proposed, resembles] = [find(one.proposed), find(one.resembles)]
      if (proposed.id === resembles.id) {
        refuse('DUPLICATE_ITSELF', { code: proposed.code })
      }
      return {
        id: ids[at],
        proposed_id: proposed.id,
        resembles_id: resembles.id,
        code: proposed.code,
        note: one.note ?? '',
      }
    })
    await plainly(
      'open case',
      tx.run(sql`insert into party.duplicate (company_id, id, proposed_id, resembles_id, score, evidence, channel, code, note, created_at, updated_at)
    select ${companyId}, g.id, g.proposed_id, g.resembles_id, 1, '{"a person": true}', ${context.channel}, g.code, g.note, ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as g (id uuid, proposed_id uuid, resembles_id uuid, code text, note text)`),
    )
  },
)
