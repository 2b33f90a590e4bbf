// What the demo's customers pay: lists, quantity breaks, discounts of groups, contracts and promotions.
import { negateDecimal } from '#kernel/decimal'
import type { Template } from '../../setup/index.ts'
import type { Desk } from '../desk.ts'
import { companiesIn, type DemoFiles } from '../files.ts'
import { MASTERS_DAY } from './parties.ts'

const KEEPER = 'dmitri'

/** A condition as the verb takes it, with its days still relative. */
type Condition = Readonly<Record<string, string | undefined>> & { from?: string; until?: string }

export async function loadPrices(desk: Desk, template: Template, files: DemoFiles): Promise<void> {
  for (const company of ['ALPHA', 'BETA']) {
    const { currency } = desk.company(company)
    const doing = (key: string) => ({ company, by: KEEPER, day: MASTERS_DAY, key: `${key} ${company}` })
    const lists = files.priceLists.filter((one) => one.company === company)
    await desk.create(
      'pricing.list.create',
      doing('price lists'),
      lists.map((one) => ({
        code: one.code,
        name: one.name,
        currency,
        groups: [one.price_group],
        byDefault: one.price_group === 'standard',
      })),
    )
    const conditions = [
      ...listPrices(files, company),
      ...contracts(files, company),
      ...breaks(template, files, company),
      ...groupDiscounts(template, files, company),
      ...promotions(template, files, company),
    ]
    const day = (relative: string | undefined) => (relative ? desk.date(company, Number(relative)) : undefined)
    await desk.create('pricing.change.load', doing('conditions'), [
      {
        note: 'Opening prices',
        conditions: conditions.map(({ from, until, ...rest }) =>
          given({ ...rest, currency, from: day(from), until: day(until) }),
        ),
      },
    ])
  }
}

const given = (fields: Readonly<Record<string, string | undefined>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))

function listPrices(files: DemoFiles, company: string): readonly Condition[] {
  const own = new Map(files.priceLists.filter((one) => one.company === company).map((one) => [one.code, one]))
  return files.prices.flatMap((one) => {
    const list = own.get(one.list)
    if (!list) return []
    return [
      { kind: 'list', list: one.list, item: one.item, method: 'price', amount: one.price, from: list.valid_from_days },
    ]
  })
}

const contracts = (files: DemoFiles, company: string): readonly Condition[] =>
  files.contracts
    .filter((one) => one.company === company)
    .map((one) => ({
      kind: 'contract',
      customer: one.customer,
      item: one.item,
      method: 'price',
      amount: one.price,
      from: one.valid_from_days,
      until: one.valid_to_days,
      note: `${one.contract}: ${one.reason}`,
    }))

/** Files give what comes off as a negative percent. */
const off = (percent: string): string => negateDecimal(percent)

const breaks = (template: Template, files: DemoFiles, company: string): readonly Condition[] =>
  files.breaks
    .filter((one) => companiesIn(one.companies).includes(company))
    .flatMap((one) =>
      objectsOf(template, one).map((object) => ({
        kind: 'break',
        ...object,
        method: 'discount-on-base',
        amount: off(one.percent),
        minQuantity: one.from_quantity,
      })),
    )

const groupDiscounts = (template: Template, files: DemoFiles, company: string): readonly Condition[] =>
  files.groupDiscounts
    .filter((one) => companiesIn(one.companies).includes(company))
    .flatMap((one) =>
      objectsOf(template, one).map((object) => ({
        kind: 'matrix',
        group: one.price_group,
        ...object,
        method: 'discount-on-base',
        amount: off(one.percent),
      })),
    )

const promotions = (template: Template, files: DemoFiles, company: string): readonly Condition[] =>
  files.promotions
    .filter((one) => companiesIn(one.companies).includes(company))
    .flatMap((one) =>
      objectsOf(template, one).map((object) => ({
        kind: 'promotion',
        ...object,
        method: 'discount-on-base',
        amount: off(one.percent),
        from: one.valid_from_days,
        until: one.valid_to_days,
        note: `${one.code}: ${one.name}`,
      })),
    )

/** An item, or a family with every family below it: a condition speaks for the category that an item hangs on itself. */
function objectsOf(
  template: Template,
  one: { family: string; item?: string },
): readonly { item?: string; category?: string }[] {
  if (one.item) return [{ item: one.item }]
  const below = template.taxonomy.filter((family) => family.parent === one.family).map((family) => family.code)
  return [{ category: one.family }, ...below.flatMap((family) => objectsOf(template, { family }))]
}
