// Changing a customer: who he is, where he stands, how he is served. Who he is is compared again.
import { Type } from '@sinclair/typebox'
import { command } from '#kernel/command'
import { type Sql, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { columnsOf, INHERITABLE, moveUnder, passDown } from '../hierarchy.ts'
import { changedIdentity, changeIdentity, checkEmail, touchesIdentity } from '../identity.ts'
import { compareWithKnown, likenessOf } from '../likeness.ts'
import { CLASSES, customer, INVOICE_POLICIES } from './customer.ts'
import { resolveCustomers } from './resolve.ts'

/**
 * What is not given stays; an empty text clears what may be empty (group, parent, billTo, backorderRule and the fields
 * of the identity). The identity belongs to the party and so to every company that deals with it.
 */
export const ChangeInput = T.object({
  ...changedIdentity,
  parent: T.optional(T.text(60)),
  inherits: T.optional(Type.Array(T.choice(INHERITABLE), { maxItems: INHERITABLE.length, uniqueItems: true })),
  group: T.optional(T.text(40)),
  class: T.optional(T.choice(CLASSES)),
  taxPosition: T.optional(T.code()),
  billTo: T.optional(T.text(60)),
  invoicePolicy: T.optional(T.choice(INVOICE_POLICIES)),
  backorderRule: T.optional(T.text(40)),
  minRemainingLifeDays: T.optional(T.integer(0, 3650)),
  consentsToSubstitutes: T.optional(T.boolean()),
  purchaseOrderRequired: T.optional(T.boolean()),
  note: T.optional(T.text(2000)),
})

const cleared = (given: string | undefined, column: Sql): Sql => sql`nullif(coalesce(${given ?? null}, ${column}), '')`

export const change = command(customer.verbs.change, ChangeInput, async (call) => {
  const { tx, companyId, input, ids, set, now, rows, context } = call
  checkEmail(rows[0]?.number ?? '', input.email)
  const found = await resolveCustomers(
    tx,
    companyId,
    [input.parent, input.billTo].filter((ref) => ref !== undefined).filter((ref) => ref !== ''),
  )
  const billTo = input.billTo ? found.get(input.billTo)?.id : input.billTo
  await tx.run(sql`update party.customer c set
      name = coalesce(${input.name ?? null}, c.name),
      group_code = ${cleared(input.group, sql`c.group_code`)},
      class = coalesce(${input.class ?? null}, c.class),
      tax_position = coalesce(${input.taxPosition ?? null}, c.tax_position),
      bill_to = ${cleared(billTo, sql`c.bill_to::text`)}::uuid,
      invoice_policy = coalesce(${input.invoicePolicy ?? null}, c.invoice_policy),
      backorder_rule = ${cleared(input.backorderRule, sql`c.backorder_rule`)},
      min_remaining_life_days = coalesce(${input.minRemainingLifeDays ?? null}::int, c.min_remaining_life_days),
      consents_to_substitutes = coalesce(${input.consentsToSubstitutes ?? null}::boolean, c.consents_to_substitutes),
      purchase_order_required = coalesce(${input.purchaseOrderRequired ?? null}::boolean, c.purchase_order_required),
      inherits = coalesce(${input.inherits ? columnsOf(input.inherits) : null}::text[], c.inherits),
      note = coalesce(${input.note ?? null}, c.note)
    from ${set} s where c.company_id = ${companyId} and c.id = s.id`)
  if (input.parent !== undefined) {
    await moveUnder(tx, set, input.parent === '' ? null : (found.get(input.parent)?.id ?? null), now)
  }
  await passDown(tx, companyId, set, now)
  const states = new Map(rows.map((row) => [row.id, row.state]))
  if (!touchesIdentity(input)) {
    return { states }
  }
  await changeIdentity(tx, set, now, input)
  const alike = await compareWithKnown(tx, { companyId, channel: context.channel, now, ids })
  return { states, result: { customers: likenessOf(ids, alike) } }
})
