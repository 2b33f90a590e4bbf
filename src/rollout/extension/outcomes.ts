// What came of the tests of extensions, newest first: with which version of the product and which template they ran (EXT-04).
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'
import { extension } from './extension.ts'

export const outcomes = query('rollout.extension-outcomes', {
  may: 'rollout.extension.read',
  title: 'What came of the tests of extensions, newest first',
  parameters: T.object({ extension: T.optional(T.idOf(extension.name)) }),
  columns: {
    code: f.code(),
    core: f.code(),
    release: f.code(),
    template_hash: f.text(),
    code_hash: f.text(),
    verdict: f.choice(['passed', 'failed']),
    played: f.integer(),
    failed: f.json(),
    at: f.instant(),
  },
  build: ({ extension: id }, { companyId }) => sql`
    select x.code, o.core, o.release, encode(o.template_hash, 'hex') as template_hash, o.code_hash, o.verdict, jsonb_array_length(o.scenarios) as played,
           jsonb_path_query_array(o.scenarios, '$[*] ? (@.ok == false)') as failed, o.at
      from rollout.extension_outcome o join rollout.extension x on x.company_id = o.company_id and x.id = o.extension_id
     where o.company_id = ${companyId} and (${id ?? null}::uuid is null or o.extension_id = ${id ?? null}::uuid) order by o.at desc, o.id desc limit 500`,
})
