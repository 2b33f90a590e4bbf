// The live database before a run and after it: whether acceptance, which only reads it, has left it as it was.
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { Tools } from '../rollout/tools.ts'
import { hashOf, liveOf, ROUNDING } from '../rollout/uat/judged.ts'
import { type Figures, figuresOf } from '../scenario/index.ts'
import type { StoredRun } from './stored.ts'

export type Look = { readonly figures: Figures; readonly hash: string; readonly others: string }

/** The live database: its figures, the hash of the site's configuration, and how much anything but acceptance has written. */
export async function lookAt(kernel: Kernel, tools: Tools, companyId: number, run: StoredRun): Promise<Look> {
  const kinds = new Set([...run.configuration, ...run.differences].map((one) => one.kind))
  kinds.delete(ROUNDING.kind)
  const [figures, live, others] = await Promise.all([
    figuresOf(kernel),
    transaction(kernel.pool, { companies: [companyId] }, (tx) => liveOf(tx, tools, [...kinds], companyId)),
    transaction(kernel.pool, { companies: [] }, async (tx) => {
      await tx.rows(
        sql`select set_config('tw.companies', coalesce((select string_agg(c::text, ',') from kernel.every_company() c), ''), true)`,
      )
      return await tx.first(
        sql<{
          count: string
        }>`select count(*)::text as count from kernel.audit where document not like 'rollout.uat-%'`,
      )
    }),
  ])
  return { figures, hash: hashOf(live), others: others?.count ?? '' }
}

/** Whether the live database is as it was; null when others have worked on it, so that nobody can tell by its figures. */
export function compared(before: Look, after: Look): boolean | null {
  if (before.others !== after.others) return null
  const plain = ({ audited: _, position: __, ...rest }: Figures) => JSON.stringify(rest)
  return plain(before.figures) === plain(after.figures) && before.hash === after.hash
}
