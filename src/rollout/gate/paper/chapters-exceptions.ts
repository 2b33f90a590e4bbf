// The chapters that the release of a site says itself: exceptions with who handles them (BLU-03), and what must be withstood (BLU-02).
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { sql } from '#kernel/db'
import { readYaml } from '#kernel/yaml'
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

const targets = Type.Object({
  targets: Type.Array(
    Type.Object({
      kind: Type.String(),
      says: Type.String(),
      'at-most': Type.String(),
      unit: Type.String(),
      scenario: Type.Optional(Type.String()),
      'proven-by': Type.Object({ file: Type.String(), title: Type.String() }),
    }),
  ),
})

/** What a file of the release that the site follows says; nothing when the release has no such file. */
async function saidIn({ tx, companyId, site }: About, file: string): Promise<unknown> {
  const found = await tx.first(sql<{ text: string | null }>`select r.files ->> ${file}::text as text from rollout.site s
    join rollout.release r on r.id = s.release_id where s.company_id = ${companyId} and s.id = ${site.id}`)
  return readYaml(found?.text ?? '')
}

/** The quality targets of the release that the site follows, each with the test that proves it. */
export async function targetsOf(about: About): Promise<Chapter> {
  const said = await saidIn(about, 'quality-targets.yaml')
  const lines = Value.Check(targets, said) ? said.targets : []
  return chapter(
    'quality-targets',
    'What it must withstand',
    ['Kind', 'Target', 'At most', 'Unit', 'Proved by'],
    [...lines]
      .sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
      .map((one) => [
        ...[one.kind, one.says, one['at-most'], one.unit],
        one.scenario ?? `${one['proven-by'].file}: ${one['proven-by'].title}`,
      ]),
  )
}

/** The exceptions of the release that the site follows, by process. A release from before they were described has none. */
export async function exceptionsOf(about: About): Promise<Chapter> {
  const said = await saidIn(about, 'exceptions.yaml')
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
