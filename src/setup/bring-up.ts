// A site from the template in one go: its company set up, opened as a site, its first plan made, approved and applied by the system.
import { SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { commandOf, type ModuleSpec } from '#kernel/module'
import { setUpCompany } from './company.ts'
import { parseTemplate } from './template.ts'

/** Months that are open for posting at first: this one and a year. */
const OPEN_MONTHS = 13

/** `currency` by ISO 4217, `country` by ISO 3166-1 alpha-2, `timeZone` an IANA name; `files` are the template's, by name. */
export type WantedSite = {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly country: string
  readonly timeZone: string
  readonly wave: number
  readonly owner: string
  readonly files: Readonly<Record<string, string>>
  /** What the release says of itself, when it is not out yet and is published with this. */
  readonly notes?: string
}

/**
 * Brings a site up and gives its company, its plan and the hash of that. Done again after it was broken off, it goes on
 * where it was. Refuses what setting up a company, opening a site and applying a plan refuse.
 */
export async function bringUpSite(
  kernel: Kernel,
  modules: readonly ModuleSpec[],
  wanted: WantedSite,
  now: Date,
): Promise<{ companyId: number; plan: string; hash: string }> {
  const template = { folder: '', ...parseTemplate(wanted.files) }
  const { code, name, currency, country, timeZone } = wanted
  const today = todayIn(timeZone, now)
  const company = { code, name, currency, country, timeZone, openFrom: today.slice(0, 7), openMonths: OPEN_MONTHS }
  const { companyId } = await setUpCompany(kernel, template, company, { now })
  const context = { principal: SYSTEM, companyId, channel: 'inside' as const, now, today }
  const run = (verb: string, given: { ids?: readonly string[]; input: unknown }) =>
    commandOf(modules, verb).run(kernel, context, given)
  const { site, published } = await transaction(kernel.pool, { companies: [companyId] }, async (tx) => ({
    site: await tx.first(sql<{ id: string }>`select id from rollout.site where company_id = ${companyId}`),
    published: await tx.first(sql`select from rollout.release where number = ${template.version}`),
  }))
  if (!published)
    await run('rollout.release.publish', {
      input: [{ files: wanted.files, notes: wanted.notes ?? 'With its first site' }],
    })
  const opened = site ? [site.id] : (await run('rollout.site.open', { input: [openingOf(wanted, template)] })).ids
  const plan = await run('rollout.plan.make', { input: [{ site: opened[0] }] })
  const { hash } = plan.result as { hash: string }
  await run('rollout.plan.approve', { ids: plan.ids, input: { hash } })
  await run('rollout.plan.apply', { ids: plan.ids, input: {} })
  return { companyId, plan: plan.numbers?.[0] ?? '', hash }
}

function openingOf(wanted: WantedSite, { taxes, version }: ReturnType<typeof parseTemplate>) {
  const { code, name, wave, owner, country, currency, timeZone } = wanted
  return {
    ...{ code, name, kind: 'company', scope: 'company', wave, owner, release: version },
    taxArea: taxes.areas.find((one) => one.country === country)?.area ?? '',
    choices: { 'base-currency': currency, 'time-zone': timeZone },
  }
}
