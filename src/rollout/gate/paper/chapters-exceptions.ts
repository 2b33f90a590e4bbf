// The chapter about exceptions: what the system does, who handles it within how long, as the release of the site says (BLU-03).
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'
import { sql } from '#kernel/db'
import { type Chapter, chapter } from './chapter.ts'
import type { About } from './content.ts'

const shape = Type.Object({
  exceptions: Type.Array(
    Type.Object({
      process: Type.String(),
      title: Type.String(),
      system: Type.String(),
      'handled-by': Type.String(),
      'within-hours': Type.Integer(),
      by: Type.Array(Type.String()),
      scenarios: Type.Array(Type.String()),
    }),
  ),
})

/** The exceptions of the release that the site follows, by process. A release from before they were described has none. */
export async function exceptionsOf({ tx, companyId, site }: About): Promise<Chapter> {
  const found = await tx.first(sql<{
    text: string | null
  }>`select r.files ->> 'exceptions.yaml' as text from rollout.site s
    join rollout.release r on r.id = s.release_id where s.company_id = ${companyId} and s.id = ${site.id}`)
  const said: unknown = parse(found?.text ?? 'exceptions: []')
  const lines = Value.Check(shape, said) ? said.exceptions : []
  return chapter(
    'exceptions',
    'Exceptions and how they are handled',
    ['Process', 'Exception', 'The system', 'Handled by', 'Within hours', 'By', 'Walked in'],
    [...lines]
      .sort((a, b) => (a.process < b.process ? -1 : a.process > b.process ? 1 : 0))
      .map((one) => [
        ...[one.process, one.title, one.system, one['handled-by'], String(one['within-hours']), one.by.join(', ')],
        one.scenarios.join(', ') || 'nobody has walked it yet',
      ]),
  )
}
