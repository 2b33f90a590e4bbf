// What must be true of credit at any time. That the running sums equal the documents is proved by the modules above.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'CRD-I1',
    'credit',
    'Open orders, unbilled shipments and unapplied cash of a customer are never negative',
    sql`select company_id, code, open_orders, unbilled, unapplied from credit.account where open_orders < 0 or unbilled < 0 or unapplied < 0`,
  ),
  invariant(
    'CRD-I2',
    'credit',
    'Accounts that share a limit are kept in one currency',
    sql`select a.company_id, a.code, a.currency, g.code as "group", g.currency as group_currency from credit.account a
      join credit.group_limit g on g.company_id = a.company_id and g.id = a.group_id where a.currency is distinct from g.currency`,
  ),
  invariant(
    'CRD-I3',
    'credit',
    'Every hold has a known cause and says why, since when and by whom',
    sql`select a.company_id, a.code, h.key as cause from credit.account a cross join lateral jsonb_each(a.holds) h
      where h.key not in ('manual', 'overdue', 'broken-promise', 'insurance', 'returned-payment')
         or not h.value ?& array['reason', 'since', 'by'] or (h.value ->> 'since') is null`,
  ),
  invariant(
    'CRD-I4',
    'credit',
    'A release of an order says up to what amount and until when, and gives a reason',
    sql`select company_id, id, order_id from credit.decision
      where outcome = 'released' and order_id is not null and (up_to is null or up_to <= 0 or expires_at is null or expires_at <= at or coalesce(reason, '') = '')`,
  ),
]
