// A site from the template in one go: its company set up, opened as a site, its first plan made, approved and applied by the system.
import { type Context, SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { commandOf, type ModuleSpec } from '#kernel/module'
import type { Wanted } from '../rollout/new-site/build.ts'
import { checkCompany, setUpCompany } from './company.ts'
import { parseTemplate } from './template.ts'

/** Months that are open for posting at first: this one and a year. */
const OPEN_MONTHS = 13

/** `notes`: what the release says of itself, when it is not out yet and is published with this. */
export type WantedSite = Wanted & { readonly notes?: string }

/** Makes a plan for a site, approves and applies it, as the system; its number and hash. `site` is an id. */
export async function planAndApply(
  kernel: Kernel,
  modules: readonly ModuleSpec[],
  context: Context,
  site: string | undefined,
): Promise<{ plan: string; hash: string }> {
  const of = (verb: string) => commandOf(modules, `rollout.plan.${verb}`)
  const { ids, numbers, result } = await of('make').run(kernel, context, { input: [{ site }] })
  const { hash } = result as { hash: string }
  await of('approve').run(kernel, context, { ids, input: { hash } })
  await of('apply').run(kernel, context, { ids, input: {} })
  return { plan: numbers?.[0] ?? '', hash }
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
  const run = (verb: string, input: object) => commandOf(modules, verb).run(kernel, context, { input: [input] })
  const { site, published } = await transaction(kernel.pool, { companies: [companyId] }, async (tx) => ({
    site: await tx.first(
      sql<{ id: string }>`select id from rollout.site where company_id = ${companyId} and scope = 'company'`,
    ),
    published: await tx.first(sql`select from rollout.release where number = ${template.version}`),
  }))
  if (!published)
    await run('rollout.release.publish', { files: wanted.files, notes: wanted.notes ?? 'With its first site' })
  const opened = site ? [site.id] : (await run('rollout.site.open', openingOf(wanted, template))).ids
  return { companyId, ...(await planAndApply(kernel, modules, context, opened[0])) }
}

/** Whether the release has rules for such a site; writes nothing. Refuses as `checkCompany` does. */
export function checkSite(wanted: WantedSite): void {
  checkCompany({ folder: '', ...parseTemplate(wanted.files) }, wanted)
}

function openingOf(wanted: WantedSite, { taxes, version }: ReturnType<typeof parseTemplate>) {
  const { code, name, wave, owner, country, currency, timeZone } = wanted
  return {
    ...{ code, name, kind: 'company', scope: 'company', wave, owner, release: version },
    taxArea: taxes.areas.find((one) => one.country === country)?.area ?? '',
    choices: { 'base-currency': currency, 'time-zone': timeZone },
  }
}
