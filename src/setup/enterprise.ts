// Setting up what every company of the enterprise shares: units, taxonomy, roles, and what no one may do together.
import { type Context, SYSTEM } from '#kernel/context'
import { sql, type Tx, transaction } from '#kernel/db'
import { document } from '#kernel/document'
import type { Kernel } from '#kernel/kernel'
import { audit } from '#kernel/record'
import { requireSound } from './check.ts'
import { firstOf } from './rows.ts'
import type { Template } from './template.ts'
import { writeRolePermissions, writeRoles, writeSeparations } from './write/access-tables.ts'
import { writeCategories, writeConversions, writeCurrencies, writeUnits } from './write/enterprise-tables.ts'
import { didWork, type Written } from './write/written.ts'

/** What the record of changed configuration says of a set-up. */
export const SET_UP = { actor: SYSTEM.id, channel: 'job', verb: 'setup.company.apply' }

/** What a set-up did: nothing when it is run again. */
export type SetUp = { readonly changed: boolean; readonly written: readonly Written[] }

export type EnterpriseOptions = {
  /** Every permission that the product has (permissionsOf, and those of the kernel); with it, roles are held against them. */
  readonly permissions?: readonly string[] | undefined
}

/**
 * Writes the enterprise's part of the template as the system, in one transaction. What is there stays, but for locked
 * blocks, which are brought back. Refuses TEMPLATE_UNSOUND before it writes anything. Safe to run again.
 */
export async function setUpEnterprise(
  kernel: Kernel,
  template: Template,
  options: EnterpriseOptions = {},
): Promise<SetUp> {
  requireSound(template, options)
  const written = await transaction(kernel.pool, { companies: [], by: SET_UP }, async (tx) => [
    await writeCurrencies(tx, currenciesOf(template)),
    await writeUnits(tx, template),
    await writeConversions(tx, template),
    await writeCategories(tx, template),
    await writeRoles(tx, template),
    await writeRolePermissions(tx, template),
    await writeSeparations(tx, template),
  ])
  kernel.separations.reload()
  return { changed: written.some(didWork), written: written.filter(didWork) }
}

/** The currencies that the template lets a company keep its books in. */
function currenciesOf(template: Template): readonly string[] {
  const allowed = template.company.settings.find((one) => one.key === 'base-currency')?.allowed
  return Array.isArray(allowed) ? allowed.map(String) : []
}

/** Months of audit and outbox that are opened ahead of `now`, so that nothing stops at the turn of a month. */
const MONTHS_AHEAD = 13

/**
 * Opens the partitions for a company's months and for what is written from now on, in a transaction of its own: it locks
 * the partitioned tables, which the rest of the set-up must not do for long.
 */
export async function openMonths(kernel: Kernel, from: string, count: number, now: Date): Promise<void> {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const [thisYear = 0, thisMonth = 1] = now.toISOString().slice(0, 7).split('-').map(Number)
  const days = new Set([
    ...Array.from({ length: count }, (_, at) => firstOf(year, month + at)),
    ...Array.from({ length: MONTHS_AHEAD + 2 }, (_, at) => firstOf(thisYear, thisMonth - 1 + at)),
  ])
  await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.run(sql`select kernel.open_month(day) from unnest(${[...days].sort()}::date[]) as day`),
  )
}

/** What the audit trail knows a set-up as; it is no document that anybody opens. */
const setUp = document('setup.company', {
  label: 'Set-up of a company',
  role: 'configuration',
  table: 'company.companies',
  numbered: 'code',
  fields: {},
  states: ['applied'],
  list: { columns: [], search: [], sort: 'code' },
  verbs: { apply: { from: null, to: 'applied' } },
})

type Applied = {
  readonly tx: Tx
  readonly template: Template
  readonly companyId: number
  readonly documentId: string
  readonly written: readonly Written[]
  readonly now: Date
  readonly today: string
}

/** One leaf in the audit trail, `setup.company.apply`, that names the template and what came of it. */
export async function recordSetUp({
  tx,
  template,
  companyId,
  documentId,
  written,
  now,
  today,
}: Applied): Promise<void> {
  const context: Context = { principal: SYSTEM, companyId, channel: 'job', now, today }
  const changes = {
    template: template.code,
    version: template.version,
    fingerprint: template.fingerprint,
    rows: Object.fromEntries(
      written.map((one) => [one.table, { added: one.added, changed: one.changed, removed: one.removed }]),
    ),
  }
  await audit(tx, context, setUp.verbs.apply, [{ id: documentId, from: null, to: 'applied', changes, input: null }])
}
