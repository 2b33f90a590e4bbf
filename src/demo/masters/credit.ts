// Credit of the demo's customers: accounts, risk classes, and limits that the officer proposed and finance agreed to.
import { compareDecimals, divideDecimals, multiplyDecimals } from '#kernel/decimal'
import type { Template } from '../../setup/index.ts'
import { approveAll } from '../decide.ts'
import type { Desk } from '../desk.ts'
import { type Customer, companiesIn, type DemoFiles } from '../files.ts'
import { MASTERS_DAY, type PartyIds } from './parties.ts'

const OFFICER = 'erin'
const FINANCE = 'leo'

export async function loadCredit(desk: Desk, template: Template, files: DemoFiles, parties: PartyIds): Promise<void> {
  const blocked = new Set(files.duplicates.filter((one) => one.expect === 'blocked').map((one) => one.customer))
  for (const { code: company } of files.companies) {
    const customers = files.customers.filter(
      (one) => companiesIn(one.companies).includes(company) && !blocked.has(one.code),
    )
    const doing = (key: string, by = OFFICER) => ({
      company,
      by,
      day: MASTERS_DAY,
      // Reviews are read by people: the reason says what was looked at.
      reason: 'Opening review of the customer',
      key: `${key} ${company}`,
    })
    const idOf = (one: Customer) => parties.get(one.code) ?? ''
    await desk.create(
      'credit.account.open',
      doing('accounts'),
      customers.map((one) => ({ id: idOf(one) })),
    )
    for (const [riskClass, members] of groupedBy(customers, (one) => one.risk_class)) {
      await desk.act('credit.account.change-class', doing(`class ${riskClass}`), members.map(idOf), { riskClass })
    }
    const limits = groupedBy(customers, (one) => limitOf(template, files, one, desk.company(company).currency))
    for (const [limit, members] of limits) {
      if (compareDecimals(limit, '0') === 0) continue
      const ids = members.map(idOf)
      await desk.act('credit.account.propose-limit', doing(`limit ${limit} proposed`), ids, { limit })
      await approveAll(desk, doing(`limit ${limit} agreed`, FINANCE), 'credit-limit', ids)
      await desk.act('credit.account.change-limit', doing(`limit ${limit} set`), ids, { limit })
    }
  }
}

/** The limit in the company's currency, no more than the risk class allows. */
function limitOf(template: Template, files: DemoFiles, one: Customer, currency: string): string {
  const limit = limitIn(files, one, currency)
  const most = template.credit['risk-classes'].find((each) => each.class === one.risk_class)?.['limit-max'][currency]
  return most !== undefined && compareDecimals(limit, most) > 0 ? most : limit
}

function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

/** A limit in the company's currency: one that was agreed in another is worth what the last rate says, without its cents. */
function limitIn(files: DemoFiles, one: Customer, currency: string): string {
  const rate = files.rates.at(-1)?.rate ?? '1'
  const whole = { scale: 0, rounding: 'down' } as const
  if (one.credit_currency === currency) return one.credit_limit
  return currency === 'USD'
    ? multiplyDecimals(one.credit_limit, rate, whole)
    : divideDecimals(one.credit_limit, rate, whole)
}
