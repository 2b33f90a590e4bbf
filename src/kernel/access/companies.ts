// The companies of the enterprise as the door sees them: which there are, and what day it is in each.

import type { Principal } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { type Sql, sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'

export type Company = {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
}

/** The active companies, by code. */
export async function readCompanies(kernel: Kernel): Promise<readonly Company[]> {
  const statement: Sql<Company> = sql`select id, code, name, currency, time_zone as "timeZone" from access.directory()`
  return await transaction(kernel.pool, { companies: [] }, (tx) => tx.rows(statement))
}

/** The companies in which the principal holds anything at all. */
export function companiesOf(principal: Principal, companies: readonly Company[]): readonly Company[] {
  const ids = new Set<number>()
  for (const grants of principal.permissions.values()) {
    for (const grant of grants) {
      if (grant.companyId === null) return companies
      ids.add(grant.companyId)
    }
  }
  return companies.filter((company) => ids.has(company.id))
}

const MINUTE = 60_000
const days = new Map<string, { minute: number; date: string }>()

/** The business date in a time zone. Midnight falls on a whole minute everywhere, so a minute's answer is kept. */
export function businessDate(timeZone: string, now: Date): string {
  const minute = Math.floor(now.getTime() / MINUTE)
  const kept = days.get(timeZone)
  if (kept?.minute === minute) return kept.date
  const date = todayIn(timeZone, now)
  days.set(timeZone, { minute, date })
  return date
}
