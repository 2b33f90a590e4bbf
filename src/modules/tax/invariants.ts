// What must hold of taxes whatever happened.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

export const invariants = [
  invariant(
    'TAX-1',
    'finance controller',
    'Every rule and certificate in force leads to a code in force that has a rate',
    sql`select named.company_id, named.code, named.by from (
          select company_id, code, 'rule ' || position || ' ' || tax_class as by from tax.rule where state = 'active'
          union all
          select company_id, code, 'certificate ' || certificate from tax.exemption where state = 'active'
        ) named
        left join tax.code c on c.company_id = named.company_id and c.code = named.code and c.state = 'active'
       where c.code is null
          or not exists (select from tax.rate r where r.company_id = named.company_id and r.code = named.code and r.state = 'active')`,
  ),
]
