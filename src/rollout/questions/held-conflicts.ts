// Who holds both sides of a rule of separation in one company today, without a waiver: whatever way it was given to him.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { T } from '#kernel/schema'
import { overSites } from './reach.ts'

export const heldConflicts = computed('rollout.held-conflicts', {
  may: 'rollout.site.read',
  title: 'People who hold both sides of a separation rule in a company, without a waiver',
  parameters: T.object({}),
  columns: {
    company: f.code(),
    person: f.text(),
    email: f.text(),
    separation: f.code(),
    risk: f.text(),
    first: f.text({ label: 'One side, by the role' }),
    second: f.text({ label: 'Other side, by the role' }),
  },
  rows: ({ kernel, context }) =>
    overSites({ kernel, context }, (tx, ids) =>
      tx.rows(sql`
        with held as materialized (
          select a.id, a.name, a.email, c.id as company_id, c.code as company, p.permission, g.role
            from access.account a join access.role_grant g on g.account_id = a.id
            join access.directory() c on c.id = any(${ids}::int[]) and (g.company_id is null or g.company_id = c.id)
            join access.role_permission p on p.role = g.role
           where a.kind = 'person' and a.disabled_at is null and (a.ends_on is null or a.ends_on >= ${context.today}::date)
             and (g.starts_on is null or g.starts_on <= ${context.today}::date) and (g.ends_on is null or g.ends_on >= ${context.today}::date)
        ), side as (
          select s.separation, s.side, h.* from access.v_separation_side s join held h on h.permission = s.permission where s.checked = 'person'
        )
        select l.company, l.name as person, l.email, s.id as separation, s.risk,
               string_agg(distinct l.permission || ' (' || l.role || ')', ', ') as first, string_agg(distinct r.permission || ' (' || r.role || ')', ', ') as second
          from side l
          join side r on r.separation = l.separation and r.id = l.id and r.company_id = l.company_id and r.permission <> l.permission
          join access.separation s on s.id = l.separation
         where l.side = 'first' and r.side = 'second'
           and not exists (select from access.separation_waiver w where w.account_id = l.id and w.separation_id = s.id and w.expires_on >= ${context.today}::date
                 and (w.holds_in is null or w.holds_in = l.company_id))
         group by l.company, l.name, l.email, s.id, s.risk order by l.company, l.email, s.id`),
    ),
})
