// A desk at which scenarios of pricing and credit work: a shop, and verbs and questions by name.

import type pg from 'pg'
import type { Answer } from '#kernel/command'
import type { Context } from '#kernel/context'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { testDatabase } from '../../support/database.ts'
import { contextOf, person } from '../../support/world.ts'
import { layShop, type Shop } from './shop.ts'

export type Desk = {
  kernel: Kernel
  admin: pg.Client
  shop: Shop
  /** Runs a creating verb on the documents given. */
  create(verb: string, input: readonly unknown[], given?: Partial<Context>): Promise<Answer>
  /** Runs a verb on documents that exist. */
  use(verb: string, ids: readonly string[], input?: unknown, given?: Partial<Context>): Promise<Answer>
  /** Asks a question. */
  ask<Row>(question: string, parameters: unknown, given?: Partial<Context>): Promise<Row[]>
  /** The price of an item today, or on another day, as pricing.why finds it. */
  price(
    item: string,
    given?: { customer?: string; quantity?: string; day?: string; unit?: string },
  ): Promise<string | null>
}

export async function openDesk(module: ModuleSpec, others: readonly ModuleSpec[] = []): Promise<Desk> {
  const { kernel, admin } = await testDatabase()
  const shop = await layShop(admin)
  const all = [module, ...others]
  const command = (verb: string) => {
    const found = all.flatMap((one) => one.commands).find((one) => one.verb.may === verb)
    if (!found) throw new Error(`no verb ${verb}`)
    return found
  }
  const ask = async <Row>(question: string, parameters: unknown, given: Partial<Context> = {}) => {
    const found = all.flatMap((one) => one.queries).find((one) => one.name === question)
    if (!found) throw new Error(`no question ${question}`)
    return await found.ask<Row>(kernel, contextOf(given), parameters)
  }
  return {
    kernel,
    admin,
    shop,
    create: (verb, input, given = {}) => command(verb).run(kernel, contextOf(given), { input }),
    use: (verb, ids, input = {}, given = {}) => command(verb).run(kernel, contextOf(given), { ids, input }),
    ask,
    price: async (item, given = {}) => {
      const rows = await ask<{ price: string | null }>('pricing.why', { customer: 'C1', quantity: '1', item, ...given })
      return rows[0]?.price ?? null
    },
  }
}

/** A clerk of the order desk: asks for prices, sees credit, and changes neither. */
export const clerk = person('Clara', [
  'pricing.why',
  'pricing.condition.read',
  'credit.account.read',
  'credit.exposure',
  'sales.order.confirm',
])
