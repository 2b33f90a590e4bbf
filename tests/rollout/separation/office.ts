// An office with the template's roles and rules: people with keys of their own, over real HTTP, and a clock that tests move.
import { insertAccount, insertGrant, insertKey } from '#kernel/access'
import { transaction } from '#kernel/db'
import { jobsOf, plan, runJob } from '#kernel/jobs'
import { type ModuleSpec, module } from '#kernel/module'
import { modules as registered } from '../../../src/modules/index.ts'
import { separationPart } from '../../../src/rollout/separation/part.ts'
import { readTemplate } from '../../../src/setup/template.ts'
import { writeRolePermissions, writeRoles, writeSeparations } from '../../../src/setup/write/access-tables.ts'
import { type Answer, type Client, clientOf } from '../../http/support/client.ts'
import { type Site, startSite } from '../../http/support/site.ts'

export type Person = { id: string; name: string; client: Client }

export type Office = {
  site: Site
  /** Somebody with these roles of the template; in ALPHA unless a company is named, null in every one. */
  hire(
    name: string,
    roles: readonly string[],
    where?: { companyId?: number | null; warehouseId?: string },
  ): Promise<Person>
  post(who: Person, verb: string, body: object, company?: string): Promise<Answer>
  get(who: Person, what: string, query?: Readonly<Record<string, string>>, company?: string): Promise<Answer>
  /** Moves the clock and does every job that is due then, as the worker would. */
  goTo(instant: string): Promise<void>
}

const product: readonly ModuleSpec[] = registered.some((one) => one.name === 'rollout')
  ? registered
  : [...registered, module('rollout', { needs: [], ...separationPart })]

/** The product with its reference template's roles, permissions and separation rules. */
export async function openOffice(): Promise<Office> {
  const site = await startSite(product)
  const { kernel, clock } = site
  const template = readTemplate()
  await transaction(kernel.pool, { companies: [0] }, async (tx) => {
    await writeRoles(tx, template)
    await writeRolePermissions(tx, template)
    await writeSeparations(tx, template)
  })
  kernel.separations.reload()
  const hire: Office['hire'] = async (name, roles, where = {}) => {
    const key = await transaction(kernel.pool, { companies: [] }, async (tx) => {
      const accountId = await insertAccount(tx, { email: `${name}@example.test`, name, kind: 'person' }, clock.now)
      if (!accountId) throw new Error(`${name} is there already`)
      for (const role of roles) {
        const companyId = where.companyId === undefined ? 1 : where.companyId
        const warehouseId = where.warehouseId ?? null
        await insertGrant(tx, { accountId, role, companyId, warehouseId, grantedBy: accountId, reason: 'hired' })
      }
      return { accountId, ...(await insertKey(tx, { accountId, name, expiresAt: null, now: clock.now })) }
    })
    return { id: key.accountId, name, client: clientOf(site.origin, { key: key.text }) }
  }
  const { tasks, schedules } = jobsOf(product.filter((one) => one.name === 'rollout'))
  return {
    site,
    hire,
    post: (who, verb, body, company = 'ALPHA') =>
      who.client.post(`/api/${verb.replaceAll('.', '/')}?company=${company}`, body),
    get: (who, what, query = {}, company = 'ALPHA') =>
      who.client(`/api/${what.replaceAll('.', '/')}?${new URLSearchParams({ company, ...query })}`),
    async goTo(instant) {
      clock.now = new Date(instant)
      await plan(kernel, schedules, clock.now)
      const failed: string[] = []
      const options = { kernel, tasks, clock: () => clock.now, holder: '01890a5d-ac96-774b-bcce-b302099a8099' }
      while (await runJob({ ...options, onFailed: (job) => void failed.push(`${job.task}: ${job.problem}`) })) {
        if (failed.length > 0) throw new Error(failed.join('; '))
      }
    },
  }
}

/** The code of a refusal, or '-' when it was done. */
export const code = (answer: Answer): string => (answer.status < 400 ? '-' : String(answer.body.code))
