// A story as it will be told: one document each, on its day, with its lines; worked out from the files alone.
import { addDecimals, compareDecimals, divideDecimals, multiplyDecimals, subtractDecimals } from '#kernel/decimal'
import { type Customer, companiesIn, type DemoFiles, type Item, type Story } from './files.ts'

/** A line as the order takes it: `quantity` in `unit`. */
export type Line = { readonly item: string; readonly quantity: string; readonly unit: string }

/** One document of a story. The ids come as its steps are done. */
export type Told = {
  readonly story: Story
  /** Which of the story's documents it is, from 0. */
  readonly at: number
  readonly name: string
  /** Day of the story's first step, relative to the day of loading. */
  readonly day: number
  readonly customer: Customer | undefined
  readonly lines: readonly Line[]
  readonly orders: string[]
  readonly made: Map<string, string>
}

/**
 * Every document of every story. Lines are chosen from items that the warehouse holds, never more than it holds, so that
 * what is to be shipped can be; what is worth something in a story is reckoned at the list price.
 */
export function tellings(files: DemoFiles): readonly Told[] {
  const shelves = shelvesOf(files)
  return files.stories.flatMap((story) =>
    Array.from({ length: story.count }, (_, at): Told => {
      const customer = files.customers.find((one) => one.code === story.customers?.[at])
      return {
        story,
        at,
        name: story.count === 1 ? story.id : `${story.id} ${at + 1}`,
        day: spread(story.day, at, story.count),
        customer,
        lines: linesOf(files, shelves, story, at, customer),
        orders: [],
        made: new Map(),
      }
    }),
  )
}

/** The n-th of so many points, evenly over a span of days, both ends among them. */
export function spread([from, to]: readonly [number, number], at: number, count: number): number {
  return count === 1 ? from : from + Math.trunc(((to - from) * at) / (count - 1))
}

/** A number from 0 to `below` - 1 that the text decides, the same on every machine (FNV-1a, 32 bits). */
export function decided(text: string, below: number): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash % below
}

type Shelves = Map<string, string>

/** What each warehouse holds of each item on the day of opening, without lots that have expired by the day of loading. */
function shelvesOf(files: DemoFiles): Shelves {
  const shelves: Shelves = new Map()
  for (const one of files.stock) {
    if (one.expiry_days !== '' && Number(one.expiry_days) <= 0) continue
    const key = `${one.warehouse} ${one.item}`
    shelves.set(key, addDecimals(shelves.get(key) ?? '0', one.quantity))
  }
  return shelves
}

function linesOf(
  files: DemoFiles,
  shelves: Shelves,
  story: Story,
  at: number,
  customer: Customer | undefined,
): readonly Line[] {
  const { lines } = story
  if (!lines) return []
  if (lines.items) {
    return lines.items.map((code) => {
      const item = files.items.find((one) => one.code === code)
      const quantity = String(lines.quantity ?? 1)
      take(shelves, story, code, quantity)
      return { item: code, quantity, unit: item?.base_unit ?? '' }
    })
  }
  const name = `${story.id} ${at}`
  const items = candidates(files, story, customer)
  const [least = 1, most = least] = [lines.from, lines.to]
  const wanted = least + decided(name, most - least + 1)
  const target = divideDecimals(worthOf(story, customer, name), String(wanted), { scale: 2, rounding: 'down' })
  const chosen: Line[] = []
  for (let step = 0; step < items.length && chosen.length < wanted; step++) {
    const item = items[(decided(story.id, items.length) + at * most + step) % items.length]
    const line = item && lineOf(files, shelves, story, item, customer, target)
    if (line) chosen.push(line)
  }
  return chosen
}

function candidates(files: DemoFiles, story: Story, customer: Customer | undefined): readonly Item[] {
  const { families = [], class: itemClass, contract } = story.lines ?? {}
  const agreed = new Set(
    files.contracts
      .filter(
        (one) =>
          one.customer === customer?.code &&
          Number(one.valid_from_days) <= story.day[0] &&
          Number(one.valid_to_days) >= 0,
      )
      .map((one) => one.item),
  )
  return files.items.filter(
    (one) =>
      companiesIn(one.companies).includes(story.company) &&
      (contract
        ? agreed.has(one.code)
        : families.some((family) => one.family.startsWith(family) || one.code.startsWith(family))) &&
      (itemClass === undefined || one.class === itemClass),
  )
}

/** Net value to aim at, at list prices: what the story says, else a few hundred; far enough below the credit limit. */
function worthOf(story: Story, customer: Customer | undefined, name: string): string {
  const limit = customer?.credit_limit ?? '0'
  if (story.worth === 'over-limit') return multiplyDecimals(limit, '1.3')
  const [least, most] = story.worth ?? ['150.00', '900.00']
  // Discounts take up to a fifth off, so the aim keeps away from both ends.
  const low = multiplyDecimals(least, '1.3')
  const high = multiplyDecimals(most, '0.9')
  const span = subtractDecimals(high, low)
  const aim = addDecimals(low, multiplyDecimals(span, `0.${decided(name, 60) + 10}`))
  const room = multiplyDecimals(limit, '0.4')
  return story.worth === undefined && compareDecimals(limit, '0') > 0 && compareDecimals(aim, room) > 0 ? room : aim
}

function lineOf(
  files: DemoFiles,
  shelves: Shelves,
  story: Story,
  item: Item,
  customer: Customer | undefined,
  target: string,
): Line | undefined {
  const price = listPrice(files, story.company, item.code, customer)
  if (price === undefined) return undefined
  const perUnit = multiplyDecimals(price, item.sales_factor)
  const wanted = divideDecimals(target, perUnit, { scale: 0, rounding: 'up' })
  const held = shelves.get(`${story.warehouse} ${item.code}`) ?? '0'
  // A held order reserves nothing, so it may want more than there is.
  const most = story.hold
    ? wanted
    : divideDecimals(held, multiplyDecimals(item.sales_factor, '3'), { scale: 0, rounding: 'down' })
  const units = compareDecimals(wanted, most) > 0 ? most : wanted
  if (compareDecimals(units, '0') <= 0 || (item.tracking === 'serial' && compareDecimals(units, '3') > 0))
    return undefined
  if (!story.hold) take(shelves, story, item.code, multiplyDecimals(units, item.sales_factor))
  return { item: item.code, quantity: units, unit: item.sales_unit }
}

function take(shelves: Shelves, story: Story, item: string, quantity: string): void {
  const key = `${story.warehouse} ${item}`
  const left = subtractDecimals(shelves.get(key) ?? '0', quantity)
  shelves.set(key, compareDecimals(left, '0') < 0 ? '0' : left)
}

function listPrice(
  files: DemoFiles,
  company: string,
  item: string,
  customer: Customer | undefined,
): string | undefined {
  const lists = files.priceLists.filter((one) => one.company === company)
  const own = lists.find((one) => one.price_group === customer?.price_group)?.code
  const standard = lists.find((one) => one.price_group === 'standard')?.code
  const on = (list: string | undefined) => files.prices.find((one) => one.list === list && one.item === item)?.price
  return on(own) ?? on(standard)
}
