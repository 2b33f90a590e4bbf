// A stage for the scenarios of finance: a shop with shipped goods, a few words to act with, and refusals as codes.
import { expect } from 'vitest'
import type { Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import { Refusal } from '#kernel/refusal'
import { testDatabase } from '../../support/database.ts'
import { contextOf } from '../../support/world.ts'
import { booksOf } from '../ledger/books.ts'
import { invoiced, layShop, lineOf, type Shop, shipped } from './shop.ts'

type Answer = { id: string; ids: readonly string[]; result: unknown }

export type Story = {
  shop: Shop
  /** Creates one document. */
  create(verb: Command, input: object, context?: Partial<Context>): Promise<Answer>
  /** Uses a verb on one document. */
  act(verb: Command, id: string, input?: object, context?: Partial<Context>): Promise<Answer>
  /** The code with which somebody is refused, or '-'. */
  refusal(work: Promise<unknown>): Promise<string>
  /** The entries of a document, as 'Dr1300 110 Cr2150 110'. */
  books(id: string, event?: string): Promise<string>
  /** One value of one row. */
  see(sql: string, ...values: unknown[]): Promise<unknown>
  shipped: (customer: 'C1' | 'C3', quantity: string) => Promise<string>
  invoiced: (customer: 'C1' | 'C3', quantity: string) => Promise<{ order: string; invoice: string }>
  orderLine: (order: string) => Promise<string>
}

/** Opens a database of its own and lays the shop. */
export async function story(): Promise<Story> {
  const { kernel, admin } = await testDatabase()
  const shop = await layShop(kernel, admin)
  const in_ = (given: Partial<Context> = {}) => contextOf({ reason: 'as agreed', ...given })
  const answer = (given: { ids: readonly string[]; result?: unknown }): Answer => ({
    id: given.ids[0] ?? '',
    ids: given.ids,
    result: given.result,
  })
  return {
    shop,
    create: async (verb, input, context) => answer(await verb.run(kernel, in_(context), { input: [input] })),
    act: async (verb, id, input = {}, context = {}) =>
      answer(await verb.run(kernel, in_(context), { ids: [id], input })),
    refusal: async (work) => {
      try {
        await work
        return '-'
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
        return error instanceof Refusal ? error.code : ''
      }
    },
    books: (id, event) => booksOf(admin, id, event),
    see: async (sql, ...values) => Object.values((await admin.query(sql, values)).rows[0] ?? {})[0],
    shipped: (customer, quantity) => shipped(shop, customer, quantity),
    invoiced: (customer, quantity) => invoiced(shop, customer, quantity),
    orderLine: async (order) => (await lineOf(admin, order)).id,
  }
}
