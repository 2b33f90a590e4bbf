// The releases of the template with what each brings and how many sites follow it.
import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { computed } from '#kernel/query'
import { overSites } from './reach.ts'

export const releases = computed('rollout.releases', {
  may: 'rollout.release.read',
  title: 'The releases of the template, the newest first, with their notes and the sites that follow them',
  columns: {
    id: f.ref('rollout.release'),
    number: f.code(),
    template: f.code(),
    state: f.text(),
    notes: f.text(),
    released_at: f.instant(),
    released_by: f.text({ optional: true }),
    previous: f.code({ optional: true }),
    hash: f.text(),
    sites: f.json({ label: 'Sites that follow it' }),
  },
  rows: (call) =>
    overSites(call, (tx, ids) =>
      tx.rows(sql`
    select r.id, r.number, r.template, r.state, r.notes, r.created_at as released_at, a.name as released_by, b.number as previous, encode(r.hash, 'hex') as hash,
           (select coalesce(jsonb_agg(s.code order by s.code), '[]') from rollout.site s where s.release_id = r.id and s.company_id = any(${ids}::int[])) as sites
      from rollout.release r left join rollout.release b on b.id = r.previous_id left join access.account a on a.id = r.released_by
     order by r.created_at desc, r.id desc limit 500`),
    ),
})
