// What must be true of prices at any time.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'PRC-I1',
    'pricing',
    'No two active conditions answer the same question on the same day',
    sql`select a.company_id, a.number, b.number as other from pricing.condition a
      join pricing.condition b on b.company_id = a.company_id and b.slot = a.slot and b.id > a.id and b.state = 'active' and b.valid && a.valid
     where a.state = 'active'`,
  ),
  invariant(
    'PRC-I2',
    'pricing',
    'A price on a list is in the currency of the list',
    sql`select c.company_id, c.number, c.currency, l.currency as list_currency from pricing.condition c
      join pricing.list l on l.company_id = c.company_id and l.id = c.list_id where c.currency <> l.currency`,
  ),
  invariant(
    'PRC-I3',
    'pricing',
    'Every kind of condition has the rank of the declared precedence',
    sql`select company_id, number, kind, rank from pricing.condition
      where rank <> case kind when 'contract' then 10 when 'customer' then 20 when 'group' then 30 when 'agreement' then 40
        when 'promotion' then 50 when 'break' then 60 when 'matrix' then 70 else 80 end`,
  ),
  invariant(
    'PRC-I4',
    'pricing',
    'An applied change made as many conditions as it says, and one taken back has none left standing',
    sql`select h.company_id, h.number, h.state, h.conditions, n.made, n.standing from pricing.change h
      cross join lateral (select count(*) as made, count(*) filter (where c.state = 'active') as standing
        from pricing.condition c where c.company_id = h.company_id and c.change_id = h.id) n
     where n.made <> h.conditions or (h.state = 'rolled-back' and n.standing > 0)`,
  ),
]
