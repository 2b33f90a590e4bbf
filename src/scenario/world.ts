// The world that every scenario starts in: two companies from the template, their partners, goods, prices and people.
import { hashPassword, insertAccount, insertGrant } from '#kernel/access'
import type { Command } from '#kernel/command'
import { type Context, SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { parseTemplate, readTemplateFiles, setUpCompany } from '../setup/index.ts'
import { layGoods } from './world/goods.ts'
import { layPartners } from './world/partners.ts'
import { layPast, PAST, setUpPast } from './world/past.ts'
import { layPrices } from './world/prices.ts'
import { layRelease, laySeats, laySite, nameAccounts } from './world/sites.ts'

/** Monday morning in New York, where ALPHA is; afternoon in Berlin, where BETA is. */
export const START = new Date('2026-03-02T15:00:00Z')

/** The password of everybody in the world of scenarios; it exists in copies that are thrown away. */
export const PASSWORD = 'thirteen quiet pallets wait'

/** `code` is what scenarios call it; its code in the database has a prefix. */
export type WorldCompany = { readonly code: string; readonly id: number }

export type World = {
  readonly companies: readonly WorldCompany[]
  /** Ids by the name that scenarios use: 'P1', 'C1', 'W1', 'W1/STOCK'. */
  readonly ids: Readonly<Record<string, string>>
}

/** How the world is laid: verbs by name, done by the program itself on the first day. */
export type Layer = {
  readonly kernel: Kernel
  readonly company: WorldCompany
  create(verb: string, input: readonly object[]): Promise<readonly string[]>
  act(verb: string, ids: readonly string[], input?: object, reason?: string): Promise<void>
}

/** Before the codes of the world's companies, so that they are nobody else's in a copy of a database in use. */
const PREFIX = 'SCN'

/** The companies that scenarios are played in; `choices` are their answers where the template lets a company choose. */
export const COMPANIES = [
  {
    code: 'ALPHA',
    name: 'Alpha Supply',
    currency: 'USD',
    timeZone: 'America/New_York',
    country: 'US',
    choices: {},
  },
  {
    code: 'BETA',
    name: 'Beta Handel',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    country: 'DE',
    choices: { 'rounding-method': 'line-half-up' },
  },
] as const

const WAREHOUSES = {
  ALPHA: [
    { code: 'W1', name: 'Main house', outbound: 'outbound-3-step', bins: ['A-01', 'A-02'] },
    { code: 'W2', name: 'Branch', outbound: 'outbound-1-step' },
  ],
  BETA: [{ code: 'W3', name: 'Berlin', outbound: 'outbound-1-step' }],
} as const

/** Scenarios of later months begin in the same world: two years are open. */
const OPEN = { openFrom: '2026-01', openMonths: 24 }

/**
 * Lays the world into a database that is migrated and holds nothing of these names, from the files of a release. A
 * database in use has that release already; any other gets it.
 */
export async function layWorld(
  kernel: Kernel,
  modules: readonly ModuleSpec[],
  files: Readonly<Record<string, string>> = readTemplateFiles(),
): Promise<World> {
  const template = { folder: '', ...parseTemplate(files) }
  const ids: Record<string, string> = {}
  const companies: WorldCompany[] = []
  for (const one of COMPANIES) {
    const { companyId, warehouses } = await setUpCompany(
      kernel,
      template,
      {
        ...one,
        code: `${PREFIX}-${one.code}`,
        ...OPEN,
        warehouses: WAREHOUSES[one.code],
      },
      { now: START },
    )
    companies.push({ code: one.code, id: companyId })
    Object.assign(ids, warehouses)
    if (one.code === 'ALPHA') Object.assign(ids, await periodsOf(kernel, companyId))
  }
  for (const company of companies) {
    const layer = layerOf(kernel, modules, company)
    if (company.code === 'ALPHA') await layGoods(layer, ids)
    await layPartners(layer, ids)
    await layPrices(layer, ids)
  }
  const past = await setUpPast(kernel, template, OPEN, START)
  await layPast(layerOf(kernel, modules, { code: PAST.code, id: past.companyId }))
  await layPeople(
    kernel,
    template.roles.roles.map((one) => one.role),
    companies,
  )
  for (const [at, company] of companies.entries()) {
    const layer = layerOf(kernel, modules, company)
    if (at === 0) await layRelease(layer, template.version, files)
    const one = COMPANIES[at]
    const area = template.taxes.areas.find((area) => area.country === one?.country)?.area ?? ''
    const choices = { ...one?.choices, 'base-currency': one?.currency, 'time-zone': one?.timeZone }
    await laySite(layer, ids, template, { taxArea: area, choices })
    await nameAccounts(layer, ids)
    if (at === 0) await laySeats(layer, emailOf)
  }
  return { companies, ids }
}

/** The months of a company by 'period/2026-10'. */
async function periodsOf(kernel: Kernel, companyId: number): Promise<Readonly<Record<string, string>>> {
  const rows = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.rows(sql<{ code: string; id: string }>`select code, id from ledger.period where company_id = ${companyId}`),
  )
  return Object.fromEntries(rows.map((row) => [`period/${row.code}`, row.id]))
}

function layerOf(kernel: Kernel, modules: readonly ModuleSpec[], company: WorldCompany): Layer {
  const commands = new Map<string, Command>(
    modules.flatMap((one) =>
      one.commands.map((command): [string, Command] => [`${command.verb.document.name}.${command.verb.verb}`, command]),
    ),
  )
  const commandOf = (verb: string) => {
    const found = commands.get(verb)
    if (!found) throw new Error(`the world of scenarios needs the verb ${verb}`)
    return found
  }
  const zone = COMPANIES.find((one) => one.code === company.code)?.timeZone ?? 'Etc/UTC'
  const context: Context = {
    principal: SYSTEM,
    companyId: company.id,
    channel: 'job',
    now: START,
    today: todayIn(zone, START),
  }
  return {
    kernel,
    company,
    create: async (verb, input) => (await commandOf(verb).run(kernel, context, { input })).ids,
    act: async (verb, ids, input = {}, reason) => {
      const said = reason === undefined ? context : { ...context, reason }
      await commandOf(verb).run(kernel, said, { ids, input })
    },
  }
}

/** How many people each role has: one who asks and one who decides. */
const EACH = 2

/** The sign-in of a role: 'credit-officer' or, for the second person, 'credit-officer 2'. */
export function emailOf(role: string): string {
  const [name, number = '1'] = role.split(' ')
  return `${name}.${number}@scenario.test`
}

/** Two accounts for each role of the template, in both companies, with one hash: hashing is what takes long. */
async function layPeople(kernel: Kernel, roles: readonly string[], companies: readonly WorldCompany[]): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  await transaction(kernel.pool, { companies: companies.map((one) => one.id) }, async (tx) => {
    for (const role of roles)
      for (let number = 1; number <= EACH; number++) {
        const name = `${role} ${number}`
        const id = await insertAccount(tx, { email: emailOf(name), name, kind: 'person', passwordHash }, START)
        if (!id) throw new Error(`${emailOf(name)} is there already`)
        for (const company of companies)
          await insertGrant(tx, {
            accountId: id,
            role,
            companyId: company.id,
            grantedBy: SYSTEM.id,
            reason: 'The world of scenarios',
          })
      }
  })
}
