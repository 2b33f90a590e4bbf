// Keeping a profile with its site: the score is reckoned here from the counts, and goes to the data owner as evidence to sign.
import { Type } from '@sinclair/typebox'
import { command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { evidence } from '../../gate/evidence/evidence.ts'
import { siteOf } from '../../governance/site.ts'
import { refuse } from '../refusals.ts'
import { sourceObject } from './object.ts'
import { type Figures, scoreOf } from './score.ts'
import { sourceProfile } from './source-profile.ts'

const count = T.integer(0, 2_000_000_000)
const column = Type.String({ minLength: 1, maxLength: 120 })

/** Counts only; whoever sends rows is not understood. */
const Counts = T.object({
  rows: T.integer(1, 2_000_000_000),
  broken: count,
  duplicates: count,
  required: Type.Array(column, { maxItems: 200 }),
  columns: Type.Array(T.object({ column, filled: count, empty: count }), { maxItems: 1000 }),
  numbers: Type.Array(T.object({ column, cells: count, unreadable: count, outliers: count }), { maxItems: 200 }),
  codes: Type.Array(
    T.object({
      ...{ column, kind: T.code(), cells: count, known: count, mapped: count, unknown: count, spellings: count },
      examples: Type.Array(Type.String({ maxLength: 80 }), { maxItems: 50 }),
    }),
    { maxItems: 50 },
  ),
})

export const TakeInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  object: T.code(),
  fileName: T.text(200),
  fileHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  figures: Counts,
})

/** Refuses PROFILE_COUNTS for counts that no file can have. */
function checkCounts(object: string, figures: Figures): void {
  const wrong = (problem: string) => refuse('PROFILE_COUNTS', { object, problem })
  const rule = sourceObject(object)
  if (figures.required.join() !== rule.required.join()) wrong('other columns are required')
  if (figures.duplicates >= figures.rows) wrong('every row is a second one')
  for (const one of figures.columns)
    if (one.filled + one.empty > figures.rows) wrong(`${one.column} has more cells than there are rows`)
  for (const one of figures.numbers)
    if (one.unreadable + one.outliers > one.cells || one.cells > figures.rows)
      wrong(`${one.column} has more faults than cells`)
  for (const one of figures.codes)
    if (one.known + one.mapped + one.unknown !== one.cells || one.cells > figures.rows)
      wrong(`the codes of ${one.column} do not add up`)
}

/** Refuses OBJECT_UNKNOWN, NO_SUCH_SITE and PROFILE_COUNTS. Answers the score of each object. */
export const take = creation(
  sourceProfile.verbs.take,
  TakeInput,
  async ({ tx, context, kernel, companyId, ids, input, numbers, now, today, actor }) => {
    const scores: { object: string; score: string }[] = []
    for (const [at, one] of input.entries()) {
      const site = await siteOf(tx, companyId, one.site)
      checkCounts(one.object, one.figures)
      const { score, parts } = scoreOf(one.figures)
      const [evidenceNumber = ''] = await kernel.numbers.take(context, evidence.number ?? '', 1)
      const evidenceId = newId()
      const note = `Profile ${numbers[at]}: ${one.figures.rows} rows, ${one.figures.duplicates} of them a second time`
      await tx.run(sql`insert into rollout.evidence (company_id, id, number, state, site_id, kind, subject, value, measured_on, file_name, file_hash, note, recorded_by, created_at, updated_at)
        values (${companyId}, ${evidenceId}, ${evidenceNumber}, 'recorded', ${site.id}, 'data-profile', ${sourceObject(one.object).area}, ${score}, ${today}, ${one.fileName}, ${one.fileHash}, ${note}, ${actor}, ${now}, ${now})`)
      await audit(tx, context, evidence.verbs.record, [
        { id: evidenceId, from: null, to: 'recorded', changes: { profile: numbers[at], score }, input: undefined },
      ])
      await tx.run(sql`insert into rollout.source_profile (company_id, id, number, state, site_id, object, file_name, file_hash, rows_read, duplicates, score, parts, figures, evidence_id, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'taken', ${site.id}, ${one.object}, ${one.fileName}, ${one.fileHash}, ${one.figures.rows}, ${one.figures.duplicates}, ${score},
          ${JSON.stringify(parts)}::jsonb, ${JSON.stringify(one.figures)}::jsonb, ${evidenceId}, ${now}, ${now})`)
      scores.push({ object: one.object, score })
    }
    return { result: { scores } }
  },
  Type.Object({ scores: Type.Array(Type.Object({ object: Type.String(), score: Type.String() })) }),
)

/** Taking a profile back, because it was of the wrong file; its evidence is withdrawn by itself. */
export const withdraw = command(sourceProfile.verbs.withdraw, T.object({}), async () => undefined)
