// Exchange rates, exemption certificates and the periods that are closed in the end.

import { addMonths } from '#kernel/dates'
import { sql } from '#kernel/db'
import { divideDecimals } from '#kernel/decimal'
import type { Template } from '../../setup/index.ts'
import type { Desk } from '../desk.ts'
import { companiesIn, type DemoFiles } from '../files.ts'
import { MASTERS_DAY } from './parties.ts'

const ACCOUNTANTS: Readonly<Record<string, string>> = { ALPHA: 'kira', BETA: 'viktor' }
const STEWARD = 'maya'
const FINANCE = 'leo'

/** Rates as they were published: each on its day, those from before the masters together with them. */
export async function loadRates(desk: Desk, files: DemoFiles): Promise<void> {
  for (const [company, by] of Object.entries(ACCOUNTANTS)) {
    const { currency } = desk.company(company)
    for (const one of files.rates) {
      const [other, rate] =
        one.to === currency
          ? [one.from, one.rate]
          : [one.to, divideDecimals('1', one.rate, { scale: 6, rounding: 'half-up' })]
      const doing = { company, by, day: Math.max(one.day, MASTERS_DAY), key: `rate ${company} ${one.day}` }
      const validOn = desk.date(company, one.day)
      await desk.create('company.currency-rate.record', doing, [
        { currency: other, validOn, rate, source: 'Central bank' },
      ])
    }
  }
}

export async function loadExemptions(desk: Desk, template: Template, files: DemoFiles): Promise<void> {
  for (const { code: company } of files.companies) {
    const { taxArea } = desk.company(company)
    const code = template.taxes['fiscal-positions'].find((one) => one.area === taxArea && one.when.certificate)?.taxes
      .standard
    const own = files.exemptions.filter(
      (one) =>
        one.area === taxArea &&
        companiesIn(files.customers.find((each) => each.code === one.customer)?.companies ?? '').includes(company),
    )
    if (own.length === 0) continue
    const input = own.map((one) => ({
      customer: one.customer,
      certificate: one.certificate,
      from: desk.date(company, Number(one.valid_from_days)),
      until: desk.date(company, Number(one.valid_to_days)),
      code,
    }))
    await desk.create(
      'tax.exemption.record',
      { company, by: STEWARD, day: MASTERS_DAY, key: `exemptions ${company}` },
      input,
    )
  }
}

/** Closes the months that the demo says are closed: hard, then soft; nobody posts into them after the stories. */
export async function closePeriods(desk: Desk, { periods }: DemoFiles, companies: readonly string[]): Promise<void> {
  for (const company of companies) {
    const month = (back: number) => addMonths(desk.date(company, 0), back).slice(0, 7)
    const before = (back: number, from: string) =>
      desk.read<{ id: string }>(
        company,
        sql`select id from ledger.v_period where company_id = ${desk.company(company).id} and code < ${month(back)} and code >= ${from} order by code`,
      )
    const doing = (key: string) => ({
      company,
      by: FINANCE,
      day: 0,
      reason: 'Month reported',
      key: `${key} ${company}`,
    })
    const hard = await before(periods['hard-locked-before'], '')
    if (hard.length > 0)
      await desk.act(
        'ledger.period.lock',
        doing('periods locked'),
        hard.map((one) => one.id),
      )
    const soft = await before(periods['soft-locked-before'], month(periods['hard-locked-before']))
    if (soft.length > 0)
      await desk.act(
        'ledger.period.close-soft',
        doing('periods closed'),
        soft.map((one) => one.id),
      )
  }
}
