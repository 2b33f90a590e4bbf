// Creating tax codes.
import { plainly } from '#company'
import { creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { code, KINDS } from './code.ts'

/** `account` is the account of the ledger that the tax is posted to. */
export const CodeInput = T.object({
  id: T.optional(T.id()),
  code: T.code(),
  name: T.text(120),
  kind: T.optional(T.choice(KINDS)),
  account: T.optional(T.code()),
})

export const create = creation(code.verbs.create, CodeInput, async ({ tx, companyId, ids, input, now }) => {
  const given = input.map((one, at) => ({
    id: ids[at],
    code: one.code,
    name: one.name,
    kind: one.kind ?? 'standard',
    account: one.account ?? '2200',
  }))
  await plainly(
    'tax code',
    tx.run(sql`insert into tax.code (company_id, id, code, name, kind, account, created_at, updated_at)
    select ${companyId}, g.*, ${now}, ${now} from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (id uuid, code text, name text, kind text, account text)`),
  )
})
