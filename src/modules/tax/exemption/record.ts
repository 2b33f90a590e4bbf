// Recording certificates with their days; on every other day the customer is taxed like anybody (ACC-02).
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { resolveCustomers } from '#party'
import { requireCodes } from '../code/known-codes.ts'
import { rangeOf } from '../days.ts'
import { refuse } from '../refusals.ts'
import { exemption } from './exemption.ts'

/** Valid from `from` until `until`, both included; without an end until it is withdrawn. */
export const ExemptionInput = T.object({
  id: T.optional(T.id()),
  customer: T.ref('party.customer'),
  certificate: T.code(),
  from: T.date(),
  until: T.optional(T.date()),
  code: T.code(),
})

export const record = creation(exemption.verbs.record, ExemptionInput, async ({ tx, companyId, ids, input, now }) => {
  const [customers] = await Promise.all([
    resolveCustomers(
      tx,
      companyId,
      input.map((one) => one.customer),
    ),
    requireCodes(
      tx,
      companyId,
      input.map((one) => one.code),
    ),
  ])
  const given = JSON.stringify(
    input.map((one, at) => ({
      id: ids[at],
      customer_id: customers.get(one.customer)?.id,
      certificate: one.certificate,
      valid: rangeOf(`Certificate ${one.certificate}`, one.from, one.until),
      code: one.code,
    })),
  )
  const rows = sql`select * from jsonb_to_recordset(${given}::jsonb) as g (id uuid, customer_id uuid, certificate text, valid daterange, code text)`
  const clash = await tx.first(sql<{ customer: string; certificate: string }>`select c.code as customer, e.certificate
    from tax.exemption e join ${rows} g on g.customer_id = e.customer_id and g.valid && e.valid
    join party.v_customer c on c.company_id = e.company_id and c.id = e.customer_id
    where e.company_id = ${companyId} and e.state = 'active' limit 1`)
  if (clash) {
    refuse('EXEMPTION_OVERLAPS', clash)
  }
  try {
    await tx.run(sql`insert into tax.exemption (company_id, id, customer_id, certificate, valid, code, created_at, updated_at)
      select ${companyId}, g.*, ${now}, ${now} from ${rows} g`)
  } catch (error) {
    // Two of one call overlap, or somebody else was faster.
    if (errorCode(error) === '23P01') {
      refuse('EXEMPTION_OVERLAPS', {
        customer: input.map((one) => one.customer).join(', '),
        certificate: input.map((one) => one.certificate).join(', '),
      })
    }
    throw error
  }
})
