// What differs at a site without anybody having approved it, with who changed it, when, and by which way.
import type { ConfigurationKind } from '#kernel/configuration'
import { name, sql, type Tx } from '#kernel/db'
import { normaliseDecimal } from '#kernel/decimal'
import { columnOf, fieldOf, isExact } from '../configuration/live.ts'
import { same } from '../configuration/object.ts'
import { computePlan, readSite } from '../plan/compute.ts'
import type { Drift } from '../plan/plan-types.ts'
import type { Tools } from '../tools.ts'

/** `at` in UTC; `how` is the channel and the verb, or the database login of whoever wrote past the program. */
export type Attributed = Drift & {
  readonly label: string
  readonly who: string | null
  readonly at: string | null
  readonly how: string | null
}

type Change = {
  readonly relation: string
  readonly before: Record<string, unknown> | null
  readonly after: Record<string, unknown> | null
  readonly who: string | null
  readonly at: string
  readonly how: string
}

/** The newest changes that are looked at for who made them; older ones are long known. */
const LOOK_BACK = 5_000

/** The drift of a site as it stands in this transaction. Refuses SITE_NOT_HERE. */
export async function driftOf(
  tx: Tx,
  tools: Tools,
  given: { companyId: number; siteId: string; today: string },
): Promise<readonly Attributed[]> {
  const { companyId, siteId, today } = given
  const site = await readSite(tx, companyId, siteId)
  const { plan } = await computePlan(tx, tools, { companyId, site, today })
  if (plan.drift.length === 0) return []
  const kinds = [...new Set(plan.drift.map((one) => one.kind))].flatMap((one) => tools.kinds.get(one) ?? [])
  const changes = await changesOf(tx, kinds, companyId)
  const codes = await referredCodes(tx, tools, kinds)
  return plan.drift.map((one) => {
    const kind = tools.kinds.get(one.kind)
    const made = kind ? changes.find((change) => touches(kind, codes, change, one)) : undefined
    return {
      ...one,
      label: kind?.label ?? one.kind,
      who: made?.who ?? null,
      at: made?.at ?? null,
      how: made?.how ?? null,
    }
  })
}

/** Changes outside of plans, newest first. */
function changesOf(tx: Tx, kinds: readonly ConfigurationKind[], companyId: number): Promise<Change[]> {
  const relations = kinds.flatMap((one) => [one.table, ...Object.values(one.lists).map((list) => list.table)])
  return tx.rows(sql<Change>`select c.relation, c.before, c.after, coalesce(a.name, case when c.by is null then c.session_role else 'the program itself' end) as who,
      to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
      coalesce((c.by ->> 'channel') || ', ' || (c.by ->> 'verb'), 'SQL as ' || c.session_role) as how
    from rollout.configuration_change c left join access.account a on a.id = (c.by ->> 'actor')::uuid
    where c.company_id in (0, ${companyId}) and c.relation = any(${relations}::text[]) and c.by ->> 'verb' is distinct from 'rollout.plan.apply'
    order by c.id desc limit ${LOOK_BACK}`)
}

type Codes = ReadonlyMap<string, string>

/** Codes by id, of what keys refer to. */
async function referredCodes(tx: Tx, tools: Tools, kinds: readonly ConfigurationKind[]): Promise<Codes> {
  const of = new Set(kinds.flatMap((kind) => kind.key.flatMap((at) => fieldOf(kind, at).of ?? [])))
  const found: [string, string][] = []
  for (const referred of of) {
    const kind = tools.kinds.get(referred)
    if (!kind) continue
    const rows = await tx.rows(
      sql<{
        id: string
        code: string
      }>`select t.id::text as id, t.${name(columnOf(kind, kind.key[0] ?? ''))} as code from ${name(kind.table)} t`,
    )
    found.push(...rows.map((row): [string, string] => [row.id, row.code]))
  }
  return new Map(found)
}

function touches(kind: ConfigurationKind, codes: Codes, change: Change, drift: Drift): boolean {
  const { before, after } = change
  const list = Object.entries(kind.lists).find(([, one]) => one.table === change.relation)
  if (list)
    return (drift.field === list[0] || drift.field === null) && (after ?? before)?.[list[1].parent] === drift.key
  if (change.relation !== kind.table) return false
  if (kind.member) return !same(memberOf(kind, before, drift.key), memberOf(kind, after, drift.key))
  if (keyOf(kind, codes, after ?? before ?? {}) !== drift.key) return false
  if (drift.field === null || !before || !after) return true
  const column = columnOf(kind, drift.field)
  return !same(before[column], after[column])
}

const memberOf = (kind: ConfigurationKind, row: Record<string, unknown> | null, key: string): unknown => {
  const members = row?.[kind.member ?? '']
  return typeof members === 'object' && members !== null ? ((members as Record<string, unknown>)[key] ?? null) : null
}

function keyOf(kind: ConfigurationKind, codes: Codes, row: Record<string, unknown>): string {
  return kind.key
    .map((at) => {
      const field = fieldOf(kind, at)
      const value = row[field.column ?? at]
      if (value === null || value === undefined) return ''
      if (field.kind === 'ref') return codes.get(String(value)) ?? ''
      return isExact(field) ? normaliseDecimal(String(value)) : String(value)
    })
    .join('/')
}
