// A fleet to try the rollout on: twenty companies in four waves on three releases of the template, with drift, deviations
// that ran out and people with two hats planted among them.
import { insertAccount, insertGrant } from '#kernel/access'
import { type Context, SYSTEM } from '#kernel/context'
import { addDays, todayIn } from '#kernel/dates'
import { type By, sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { commandOf, type ModuleSpec } from '#kernel/module'
import { withVersion } from '../../rollout/template/version.ts'
import { planAndApply, readTemplate, readTemplateFiles, setUpCompany } from '../../setup/index.ts'
import { CONFLICTS, DEVIATIONS, DRIFT, RELEASES } from './planted.ts'

export const SITES = 20
const WAVE = 5
/** The release of each wave: the later ones follow an older one. */
const RELEASE_OF_WAVE = ['1.2.0', '1.2.0', '1.1.0', '1.0.0']
const DAY = 86_400_000

export type FleetNews = (news: { step: string; text: string; done: number; total: number }) => void

const codeOf = (at: number): string => `S${String(at + 1).padStart(2, '0')}`

type Yard = {
  readonly kernel: Kernel
  readonly modules: readonly ModuleSpec[]
  readonly now: Date
  readonly companies: Map<string, number>
}

/**
 * Builds the fleet in an empty database; `now` is the day of its last change. Companies are set up as any other, sites are
 * opened, planned, approved and applied by the verbs; only what is planted goes past them, as it does in life.
 */
export async function loadFleet(
  kernel: Kernel,
  modules: readonly ModuleSpec[],
  now: Date,
  onProgress: FleetNews = () => undefined,
): Promise<void> {
  const yard: Yard = { kernel, modules, now, companies: new Map() }
  const template = readTemplate()
  // Deviations were granted before today, so months before it are open too.
  const openFrom = addDays(todayIn('Etc/UTC', now), -120).slice(0, 7)
  for (let at = 0; at < SITES; at++) {
    onProgress({ step: 'fleet', text: 'Setting up the fleet', done: at, total: SITES })
    const code = codeOf(at)
    const company = {
      code,
      name: `Site ${code}`,
      currency: 'USD',
      country: 'US',
      timeZone: 'Etc/UTC',
      openFrom,
      openMonths: 6,
    }
    const { companyId } = await setUpCompany(kernel, template, company, { now })
    yard.companies.set(code, companyId)
  }
  await publish(yard)
  for (let at = 0; at < SITES; at++) await follow(yard, at)
  for (const one of DEVIATIONS) await deviate(yard, one)
  for (const { site, by, statement } of DRIFT) await past(yard, site, statement, by)
  for (const one of CONFLICTS) await wearTwoHats(yard, one)
  onProgress({ step: 'fleet', text: 'Setting up the fleet', done: SITES, total: SITES })
}

function context({ companies, now }: Yard, code: string, at = now): Context {
  const companyId = companies.get(code)
  if (companyId === undefined) throw new Error(`the fleet has no ${code}`)
  return { principal: SYSTEM, companyId, channel: 'job', now: at, today: todayIn('Etc/UTC', at) }
}

async function run(
  yard: Yard,
  permission: string,
  given: { context: Context; ids?: readonly string[]; input: unknown },
) {
  const { context: here, ...request } = given
  return await commandOf(yard.modules, permission).run(yard.kernel, here, request)
}

async function publish(yard: Yard): Promise<void> {
  let files = readTemplateFiles()
  const out = (notes: string) =>
    run(yard, 'rollout.release.publish', { context: context(yard, 'S01'), input: [{ files, notes }] })
  await out('The reference template')
  for (const { number, notes, file, from, to } of RELEASES) {
    const before = files[file] ?? ''
    if (!before.includes(from)) throw new Error(`${file} no longer says ${from}`)
    files = withVersion({ ...files, [file]: before.replace(from, to) }, number)
    await out(notes)
  }
}

async function follow(yard: Yard, at: number): Promise<void> {
  const code = codeOf(at)
  const wave = Math.floor(at / WAVE) + 1
  const here = context(yard, code)
  const opened = await run(yard, 'rollout.site.open', {
    context: here,
    input: [
      {
        code,
        name: `Site ${code}`,
        kind: 'company',
        scope: 'company',
        wave,
        owner: 'Rollout lead',
        taxArea: 'US-ALPHA',
        release: RELEASE_OF_WAVE[wave - 1],
      },
    ],
  })
  await planAndApply(yard.kernel, yard.modules, here, opened.ids[0])
}

/** Asked for and granted a hundred days ago, and done. */
async function deviate(yard: Yard, one: (typeof DEVIATIONS)[number]): Promise<void> {
  const then = new Date(yard.now.getTime() - 100 * DAY)
  const here = context(yard, one.site, then)
  const expiresOn = addDays(todayIn('Etc/UTC', yard.now), one.days)
  const asked = await run(yard, 'rollout.deviation.request', {
    context: here,
    input: [
      {
        ...{ site: one.site, kind: one.kind, objectKey: one.key, field: one.field, value: one.value, expiresOn },
        ...{
          scope: 'The site only',
          reason: 'The statutory chart names it so',
          risk: 'Reports of the group name it otherwise',
          owner: 'Finance',
        },
        compensatingControl: 'Mapped in the monthly report',
      },
    ],
  })
  await run(yard, 'rollout.deviation.approve', { context: here, ids: asked.ids, input: {} })
  await past(yard, one.site, one.statement, 'api')
}

/** Changes configuration past the verbs: as the application's role, which is all that a program has. */
async function past(
  { kernel, companies }: Yard,
  code: string,
  statement: string,
  way: 'sql' | 'api' | 'import' | 'job',
): Promise<void> {
  const companyId = companies.get(code) ?? 0
  const by: By | undefined = way === 'sql' ? undefined : { actor: SYSTEM.id, channel: way, verb: 'fleet.plant' }
  await transaction(kernel.pool, { companies: [companyId], ...(by ? { by } : {}) }, (tx) =>
    tx.run({ ...sql``, text: [statement] }),
  )
}

async function wearTwoHats({ kernel, companies, now }: Yard, one: (typeof CONFLICTS)[number]): Promise<void> {
  await transaction(kernel.pool, { companies: [] }, async (tx) => {
    const accountId = await insertAccount(tx, { email: one.email, name: one.name, kind: 'person' }, now)
    if (!accountId) throw new Error(`${one.email} is there already`)
    for (const role of one.roles) {
      await insertGrant(tx, {
        accountId,
        role,
        companyId: companies.get(one.site) ?? null,
        grantedBy: SYSTEM.id,
        reason: 'Before there were rules',
      })
    }
  })
}
