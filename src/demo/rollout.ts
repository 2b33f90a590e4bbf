// The demo enterprise on its template: the release is out, its sites follow it, and their first plans found nothing to do.
import { sql } from '#kernel/db'
import { readTemplateFiles, type Template } from '../setup/index.ts'
import type { Desk } from './desk.ts'
import type { DemoFiles } from './files.ts'
import { MASTERS_DAY } from './masters/parties.ts'

const LEAD = 'wiebke'
const AUTHORITY = 'yara'

/** The system as somebody at a desk: it lets out the release that came with the product. */
export const PUBLISHER = 'system'

type Site = {
  readonly company: string
  readonly code: string
  readonly name: string
  readonly kind: 'company' | 'acquired' | 'warehouse'
  readonly scope: 'enterprise' | 'company' | 'place'
  readonly place?: string
  readonly wave: number
  readonly owner: string
  readonly choices: Readonly<Record<string, unknown>>
}

/** The enterprise's own part first, governed from the first company, then the companies wave by wave, and last their warehouses. */
function sitesOf(files: DemoFiles): readonly Site[] {
  const owner = (role: string, company: string) =>
    files.users.find((one) => one.role === role && one.companies.includes(company))?.name ?? ''
  const companies = files.companies.map(
    (one, at): Site => ({
      ...{ company: one.code, code: one.code, name: one.name, scope: 'company', wave: at + 1, choices: one.choices },
      kind: one.acquired ? 'acquired' : 'company',
      owner: owner('sales-manager', one.code),
    }),
  )
  const [first] = companies
  if (!first) return []
  const group = {
    code: 'GROUP',
    name: 'What every company shares',
    wave: 0,
    owner: owner('data-steward', first.company),
  }
  const wave = companies.length + 1
  const warehouses = files.warehouses.flatMap((one): readonly Site[] => {
    const { site: code, company, code: place, name, outbound, 'handling-hours': hours, 'cut-off': cutOff } = one
    if (code === undefined) return []
    const choices = { outbound, 'handling-hours': hours, 'cut-off': cutOff }
    const above = { company, kind: 'warehouse', scope: 'place', place } as const
    return [{ ...above, code, name, wave, owner: owner('warehouse-supervisor', company), choices }]
  })
  return [{ ...first, ...group, scope: 'enterprise' }, ...companies, ...warehouses]
}

/** Publishes the release and brings every site under it; `template` is what the companies were set up from. */
export async function loadRollout(desk: Desk, template: Template, files: DemoFiles): Promise<void> {
  const [first] = files.companies
  if (!first) return
  const day = MASTERS_DAY
  await desk.create('rollout.release.publish', { company: first.code, by: PUBLISHER, day, key: 'release' }, [
    { files: readTemplateFiles(template.folder), notes: 'The reference template, as it comes with the product' },
  ])
  for (const site of sitesOf(files)) await bringUnder(desk, template.version, site)
}

async function bringUnder(desk: Desk, release: string, { company, ...site }: Site): Promise<void> {
  const doing = (what: string, by = LEAD) => ({ company, by, day: MASTERS_DAY, key: `site ${site.code} ${what}` })
  const opened = await desk.create('rollout.site.open', doing('opened'), [
    { ...site, release, taxArea: desk.company(company).taxArea },
  ])
  const made = await desk.create('rollout.plan.make', doing('planned'), [{ site: opened.ids[0] }])
  const [plan] = await desk.read(
    company,
    sql<{ hash: string }>`select encode(hash, 'hex') as hash from rollout.plan where id = ${made.ids[0]}`,
  )
  await desk.act('rollout.plan.approve', doing('approved', AUTHORITY), made.ids, { hash: plan?.hash })
  await desk.act('rollout.plan.apply', doing('applied'), made.ids)
}
