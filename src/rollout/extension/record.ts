// Keeping what came of an extension's tests, as the machine that played them: with which product, which template, which code (EXT-04).
import { Type } from '@sinclair/typebox'
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'
import { coreVersion } from './outcome.ts'
import { refuse } from './refusals.ts'

const sha = () => Type.String({ pattern: '^[0-9a-f]{64}$' })

/** `templateHash` and `codeHash` are SHA-256, hexadecimal; `scenarios` are all that were played, each with its failure when it had one. */
export const RecordInput = T.object({
  release: T.code(),
  templateHash: sha(),
  codeHash: sha(),
  scenarios: T.list(T.object({ id: T.code(), ok: T.boolean(), failure: T.optional(T.text(20_000)) }), 1000),
})

/** It passed when every scenario did, and every test that the register names was played. Refuses EXTENSION_BY_MACHINE to people. */
export const record = command(extension.verbs.record, RecordInput, async (call) => {
  const { tx, context, companyId, set, input, now, actor, rows } = call
  if (context.principal.kind === 'person') refuse('EXTENSION_BY_MACHINE')
  const named = await tx.rows(
    sql<{
      id: string
      tests: readonly string[]
    }>`select x.id, x.tests from rollout.extension x join ${set} s on s.id = x.id where x.company_id = ${companyId}`,
  )
  const played = new Set(input.scenarios.map((one) => one.id))
  for (const { id, tests } of named) {
    const passed = input.scenarios.every((one) => one.ok) && tests.every((one) => played.has(one))
    await tx.run(sql`insert into rollout.extension_outcome (company_id, id, extension_id, core, release, template_hash, code_hash, verdict, scenarios, recorded_by, at)
      values (${companyId}, ${newId()}, ${id}, ${coreVersion()}, ${input.release}, ${Buffer.from(input.templateHash, 'hex')}, ${input.codeHash},
        ${passed ? 'passed' : 'failed'}, ${JSON.stringify(input.scenarios)}::jsonb, ${actor}, ${now})`)
  }
  return { states: new Map(rows.map((row) => [row.id, row.state])) }
})
