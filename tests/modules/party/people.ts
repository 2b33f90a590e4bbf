// What the tests of party share: verbs by name, a steward, and a customer to begin with.
import type { Answer, Command } from '#kernel/command'
import type { Context } from '#kernel/context'
import party from '../../../src/modules/party/module.ts'
import type { TestDatabase } from '../../support/database.ts'
import { contextOf } from '../../support/world.ts'

export const verb = (name: string): Command => {
  const found = party.commands.find((one) => one.verb.may === `party.${name}`)
  if (!found) throw new Error(`no verb party.${name}`)
  return found
}

export const at = (db: TestDatabase) => ({
  create: (name: string, input: unknown, given: Partial<Context> = {}): Promise<Answer> =>
    verb(name).run(db.kernel, contextOf(given), { input }),
  use: (
    name: string,
    ids: string | readonly string[],
    input: unknown = {},
    given: Partial<Context> = {},
  ): Promise<Answer> =>
    verb(name).run(db.kernel, contextOf({ reason: 'Because', ...given }), { ids: [ids].flat(), input }),
  one: async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows[0],
  all: async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows,
})

export type Asked = {
  code: string
  id: string
  held: boolean
  resembles: { score: string; evidence: string[]; who: string | null; held: boolean }[]
}
export const customersOf = (answer: Answer) => (answer.result as { customers: Asked[] }).customers
