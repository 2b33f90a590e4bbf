// The codes that an acquired entity's codes may become: those of the configuration, live or retired, read by its descriptions.
import { join, name, type Sql, sql } from '#kernel/db'
import { columnOf, isLive, type Kinds, scope } from '../configuration/live.ts'
import { type CodeMap, policy } from '../governance/policy.ts'
import { refuse } from './refusals.ts'

/** The rule of a kind of codes. Refuses CODE_KIND_UNKNOWN. */
export const codeMapOf = (kind: string): CodeMap =>
  policy()['code-maps'].find((one) => one.kind === kind) ??
  refuse('CODE_KIND_UNKNOWN', {
    kind,
    known: policy()
      ['code-maps'].map((one) => one.kind)
      .join(', '),
  })

export type Target = { kind: string; code: string; live: boolean }

/** Every code that stands in the configuration of a company, as a relation `(kind, code, live)`. */
export function targetsOf(kinds: Kinds, companyId: number): Sql<Target> {
  const parts = policy()['code-maps'].flatMap(({ kind, of }) => {
    const found = kinds.get(of)
    const [key] = found?.key ?? []
    if (!found || key === undefined) return []
    return [
      sql`select ${kind}::text as kind, t.${name(columnOf(found, key))}::text as code, ${isLive(found)} as live from ${name(found.table)} t where ${scope(found, companyId)}`,
    ]
  })
  return sql<Target>`(${join(parts, ' union all ')})`
}
