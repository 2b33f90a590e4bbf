// A credit department for scenarios: a desk with accounts, an officer, a controller who agrees, and a sales person.
import { decide } from '#kernel/approvals'
import { transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import credit from '../../../src/modules/credit/module.ts'
import { ALPHA, contextOf, person } from '../../support/world.ts'
import { type Desk, openDesk } from '../pricing/desk.ts'

const ACCOUNT = [
  'open',
  'propose-limit',
  'change-limit',
  'change-class',
  'change-cover',
  'join-group',
  'hold',
  'unhold',
  'read',
]
const GROUP = ['create', 'change', 'propose-limit', 'change-limit', 'read']

/** Works credit; proposes limits and sets them when somebody else has agreed. */
export const officer = person(
  'Olga',
  [...ACCOUNT.map((verb) => `credit.account.${verb}`), ...GROUP.map((verb) => `credit.group.${verb}`)],
  {
    role: 'credit-officer',
  },
)
/** Agrees to limits. */
export const controller = person('Fatima', [], { role: 'finance-controller' })
/** Sells, and sees credit. */
export const seller = person(
  'Sam',
  ['sales.order.draft', 'sales.order.confirm', 'credit.account.read', 'party.customer.change'],
  { role: 'sales-manager' },
)

export type Department = Desk & {
  /** Runs a verb as the officer, with a reason. */
  work(verb: string, ids: readonly string[], input?: unknown): Promise<unknown>
  /** The controller decides what is pending for a document. */
  agree(documentId: string, decision?: 'approved' | 'rejected'): Promise<void>
  /** One account as it is in the table. */
  account(code: string): Promise<Record<string, unknown>>
}

/** Opens accounts for C1, C2, C3 with limit 0; a raise above `freeUpTo` needs the finance controller. */
export async function openDepartment(freeUpTo = '1000'): Promise<Department> {
  const desk = await openDesk(credit)
  const { C1, C2, C3 } = desk.shop.customers
  await desk.admin.query(
    `insert into kernel.approval_rule (company_id, id, kind, role, above) values ($1, $2, 'credit-limit', 'finance-controller', $3)`,
    [ALPHA, newId(), freeUpTo],
  )
  await desk.create('credit.account.open', [{ id: C1 }, { id: C2 }, { id: C3 }], { principal: officer })
  return {
    ...desk,
    work: (verb, ids, input = {}) => desk.use(verb, ids, input, { principal: officer, reason: 'reviewed' }),
    agree: async (documentId, decision = 'approved') => {
      const { rows } = await desk.admin.query(
        `select id from kernel.approval where document_id = $1 and state = 'pending'`,
        [documentId],
      )
      const context = contextOf({ principal: controller })
      await transaction(desk.kernel.pool, { companies: [ALPHA] }, (tx) => decide(tx, context, rows[0].id, decision))
    },
    account: async (code) => (await desk.admin.query('select * from credit.account where code = $1', [code])).rows[0],
  }
}
