// What a person or a file says of a condition, and which of it cannot be.
import { type Static, Type } from '@sinclair/typebox'
import { compareDecimals } from '#kernel/decimal'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { KINDS, METHODS } from './condition.ts'

/**
 * One condition. For whom: `customer` or `group` or nobody in particular; for what: `item` or `category` or everything.
 * `amount` is a price per `unit` (per base unit without it), a discount in percent, or what is added to cost in percent.
 * `minQuantity` is in base units. `from` and `until` are both included; absent is open. `step` lets discounts of one kind
 * follow each other. `combines` is for promotions: 'best-of' (the default for them) or 'with-all'.
 */
export const ConditionInput = T.object({
  id: T.optional(T.id()),
  kind: T.choice(KINDS),
  list: T.optional(T.ref('pricing.list')),
  customer: T.optional(T.ref('party.customer')),
  group: T.optional(T.code()),
  item: T.optional(T.ref('catalog.item')),
  category: T.optional(T.ref('catalog.category')),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  minQuantity: T.optional(T.quantity()),
  counts: T.optional(T.choice(['line', 'cumulative'] as const)),
  step: T.optional(T.integer(1, 9)),
  from: T.optional(T.date()),
  until: T.optional(T.date()),
  method: T.choice(METHODS),
  amount: T.price(),
  unit: T.optional(T.code()),
  combines: T.optional(T.choice(['with-all', 'best-of'] as const)),
  floorPercent: T.optional(T.percent()),
  note: T.optional(T.text(500)),
})

export type GivenCondition = Static<typeof ConditionInput>

/** Refuses a condition that contradicts itself. `at` is its place in the call, counted from 1. */
export function checkCondition(given: GivenCondition, at: number): void {
  checkSubject(given, at)
  checkObject(given, at)
  const { from, until, method, amount, floorPercent } = given
  if (from && until && until < from) refuse('CONDITION_DATES', { at, from, until })
  if (method.startsWith('discount') && compareDecimals(amount, '100') > 0) {
    refuse('CONDITION_AMOUNT', { at, problem: `a discount of ${amount} % is more than everything. Give 100 or less.` })
  }
  if (floorPercent !== undefined && compareDecimals(floorPercent, '100') >= 0) {
    refuse('CONDITION_AMOUNT', { at, problem: `a least margin of ${floorPercent} % has no price. Give less than 100.` })
  }
}

const NEEDS_CUSTOMER = new Set(['contract', 'customer', 'agreement'])

function checkSubject({ kind, customer, group, list, combines }: GivenCondition, at: number): void {
  const wrong = (problem: string) => refuse('CONDITION_SUBJECT', { at, problem })
  if (customer && group) wrong('name a customer or a group, not both.')
  if (NEEDS_CUSTOMER.has(kind) && !customer) wrong(`a ${kind} condition needs a customer.`)
  if ((kind === 'group' || kind === 'matrix') && !group) wrong(`a ${kind} condition needs a group of customers.`)
  if (kind === 'list' && (customer || group))
    wrong('a list is given to groups by pricing.list.assign; leave customer and group out.')
  if (kind === 'list' && !list) refuse('CONDITION_LIST', { at, problem: 'name the list that this price stands on.' })
  if (kind !== 'list' && list)
    refuse('CONDITION_LIST', { at, problem: `a ${kind} condition stands on no list. Leave the list out.` })
  if (combines === 'best-of' && kind !== 'promotion') wrong('only a promotion can be best-of. Leave it out.')
}

function checkObject({ kind, item, category, method, unit }: GivenCondition, at: number): void {
  const wrong = (problem: string) => refuse('CONDITION_OBJECT', { at, problem })
  if (item && category) wrong('name an item or a category, not both.')
  if (method === 'price' && !item && !category) wrong('a price needs an item or a category.')
  if (kind === 'matrix' && !item && !category) wrong('a matrix condition needs a category or an item.')
  if (unit && (!item || method !== 'price')) wrong('a unit goes with the price of an item. Leave it out.')
}
