// The names behind a condition's subject and object, for people.
import { sql } from '#kernel/db'

/** Columns `list`, `subject` and `object` for pricing.condition c. */
export const NAMES = sql`
  (select l.code from pricing.list l where l.company_id = c.company_id and l.id = c.list_id) as list,
  coalesce((select v.code from party.v_customer v where v.company_id = c.company_id and v.id = c.subject_id),
    c.group_code, 'anyone') as subject,
  coalesce((select i.code from catalog.v_item i where i.id = c.object_id), (select g.code from catalog.v_category g where g.id = c.object_id), 'anything') as object`
