// What must hold of parties whatever happened.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'PARTY-1',
    'data steward',
    'Nobody stands above himself',
    sql`with recursive above as (
        select id as start, parent_id, 1 as height from party.party where parent_id is not null
        union all
        select a.start, p.parent_id, a.height + 1 from above a join party.party p on p.id = a.parent_id
         where p.parent_id is not null and a.parent_id <> a.start and a.height < 100
      ) select start as party from above where parent_id = start`,
  ),
  invariant(
    'PARTY-2',
    'data steward',
    'Whoever may buy or deliver is a party that is active',
    sql`select c.company_id, c.code, p.state from (
        select company_id, id, code, state from party.customer union all select company_id, id, code, state from party.supplier
      ) c join party.party p on p.id = c.id where c.state = 'active' and p.state <> 'active'`,
  ),
  invariant(
    'PARTY-3',
    'data steward',
    'What a customer takes from above is equal to it',
    sql`select c.company_id, c.code, u.code as above from party.customer c
        join party.party p on p.id = c.id
        join party.customer u on u.company_id = c.company_id and u.id = p.parent_id
       where ('term' = any(c.inherits) and c.term <> u.term) or ('currency' = any(c.inherits) and c.currency <> u.currency)
          or ('tax_position' = any(c.inherits) and c.tax_position <> u.tax_position)
          or ('group_code' = any(c.inherits) and c.group_code is distinct from u.group_code)
          or ('class' = any(c.inherits) and c.class <> u.class)
          or ('invoice_policy' = any(c.inherits) and c.invoice_policy <> u.invoice_policy)
          or ('backorder_rule' = any(c.inherits) and c.backorder_rule is distinct from u.backorder_rule)`,
  ),
]
