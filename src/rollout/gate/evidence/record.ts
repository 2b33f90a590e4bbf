// Recording what was measured, for somebody else to sign.
import { Type } from '@sinclair/typebox'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { policy, seatFor } from '../../governance/policy.ts'
import { siteOf } from '../../governance/site.ts'
import { refuse } from '../refusals.ts'
import { evidence } from './evidence.ts'

/**
 * `value` is in the unit of the kind; `subject` is what it is about: the process or the domain of data whose owner signs, or a
 * requirement's number. `fileHash` is the SHA-256 of the file that shows it, hexadecimal.
 */
export const RecordInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  kind: T.code(),
  subject: T.optional(T.code()),
  value: T.signedQuantity(),
  measuredOn: T.optional(T.date()),
  fileName: T.optional(T.text(200)),
  fileHash: T.optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
  note: T.text(2000),
})

/** The rule of a kind of evidence. Refuses EVIDENCE_KIND. */
export const evidenceRule = (kind: string) =>
  policy().evidence.find((one) => one.kind === kind) ??
  refuse('EVIDENCE_KIND', {
    kind,
    known: policy()
      .evidence.map((one) => one.kind)
      .join(', '),
  })

export const record = creation(
  evidence.verbs.record,
  RecordInput,
  async ({ tx, companyId, ids, input, numbers, now, today, actor }) => {
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      seatFor(evidenceRule(one.kind).signs, one.subject)
      const day = one.measuredOn ?? today
      if (day > today) refuse('EVIDENCE_LATER', { day })
      if ((one.fileName === undefined) !== (one.fileHash === undefined)) refuse('EVIDENCE_FILE')
      await tx.run(sql`insert into rollout.evidence (company_id, id, number, state, site_id, kind, subject, value, measured_on, file_name, file_hash, note, recorded_by, created_at, updated_at)
      values (${companyId}, ${ids[at]}, ${numbers[at]}, 'recorded', ${site.id}, ${one.kind}, ${one.subject ?? null}, ${one.value}, ${day}, ${one.fileName ?? null},
        ${one.fileHash ?? null}, ${one.note}, ${actor}, ${now}, ${now})`)
    }
  },
)
