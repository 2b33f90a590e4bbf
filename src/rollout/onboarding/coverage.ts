// The coverage of a site's mappings: what is mapped, what is not and how much hangs on it, what leads nowhere, and what becomes one.
import { type Sql, sql } from '#kernel/db'
import { f } from '#kernel/document'
import { type Query, query } from '#kernel/query'
import { T } from '#kernel/schema'
import type { Kinds } from '../configuration/live.ts'
import { type Criterion, criterion } from '../gate/criteria.ts'
import type { Row } from '../gate/measure.ts'
import { targetsOf } from './targets.ts'

/** Every code of the site with its fate: 'mapped' (approved, to what is in use), 'waiting', 'unmapped', 'retired' or 'missing'. */
const fates = (kinds: Kinds, companyId: number, site: Sql): Sql<{ kind: string; code: string; fate: string }> => sql`(
  select m.kind, m.source_code as code, m.uses, m.value, m.target,
         case when m.target is null then 'unmapped' when t.code is null then 'missing' when not t.live then 'retired' when m.state = 'approved' then 'mapped' else 'waiting' end as fate
    from rollout.code_mapping m left join (select x.kind, x.code, bool_or(x.live) as live from ${targetsOf(kinds, companyId)} x group by x.kind, x.code) t on t.kind = m.kind and t.code = m.target
   where m.company_id = ${companyId} and m.state <> 'withdrawn' and m.site_id = ${site})`

/** Percent of `part` in `whole`, exact to two places. */
const share = (part: Sql, whole: Sql): Sql => sql`trim_scale(round(100.0 * ${part} / nullif(${whole}, 0), 2))`

/**
 * One row a kind of codes. `percent` is the share of codes in use that are mapped; `unmapped_value` what the source uses the
 * others for, in its currency; `joined` lists targets that several codes become, which is allowed and worth a look.
 */
export const coverage = (kinds: Kinds): Query =>
  query('rollout.mapping-coverage', {
    may: 'rollout.code-mapping.read',
    title: 'Coverage of the mappings of an acquired entity, by kind of code',
    parameters: T.object({ site: T.text(60) }),
    columns: {
      kind: f.code(),
      codes: f.integer(),
      in_use: f.integer(),
      mapped: f.integer(),
      waiting: f.integer(),
      unmapped: f.integer(),
      unmapped_uses: f.integer(),
      unmapped_value: f.quantity(),
      percent: f.percent({ optional: true }),
      nowhere: f.json(),
      joined: f.json(),
    },
    build: ({ site }, { companyId }) => sql`
      with code as materialized (select * from ${fates(kinds, companyId, sql`(select s.id from rollout.site s where s.company_id = ${companyId} and (upper(s.code) = upper(${site}) or s.id::text = ${site}))`)} c),
      joined as (select kind, target, jsonb_agg(code order by code) as sources from code where target is not null group by kind, target having count(*) > 1)
      select c.kind, count(*)::int as codes, (count(*) filter (where c.uses > 0))::int as in_use, (count(*) filter (where c.fate = 'mapped'))::int as mapped, (count(*) filter (where c.fate = 'waiting'))::int as waiting,
             (count(*) filter (where c.fate not in ('mapped', 'waiting')))::int as unmapped, (coalesce(sum(c.uses) filter (where c.fate <> 'mapped'), 0))::int as unmapped_uses,
             trim_scale(coalesce(sum(c.value) filter (where c.fate <> 'mapped'), 0)) as unmapped_value,
             ${share(sql`count(*) filter (where c.uses > 0 and c.fate = 'mapped')`, sql`count(*) filter (where c.uses > 0)`)} as percent,
             coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'target', c.target, 'why', c.fate) order by c.code) filter (where c.fate in ('retired', 'missing')), '[]') as nowhere,
             coalesce((select jsonb_agg(jsonb_build_object('target', j.target, 'sources', j.sources) order by j.target) from joined j where j.kind = c.kind), '[]') as joined
        from code c group by c.kind order by c.kind`,
  })

/** Codes in use of which the mapping is approved and leads to something in use. Only an acquired entity must have any. */
export const codesMapped = (kinds: Kinds): Criterion =>
  criterion('codes-mapped', 'Codes of an acquired entity that are mapped', {
    unit: 'percent',
    compare: 'at-least',
    value: async (tx, { companyId, siteId }) => {
      const found = await tx.first(sql<Row>`
        with code as materialized (select * from ${fates(kinds, companyId, sql`${siteId}::uuid`)} c)
        select case when count(*) = 0 then (select '100' from rollout.site s where s.company_id = ${companyId} and s.id = ${siteId}::uuid and s.kind <> 'acquired')
                    else coalesce(${share(sql`count(*) filter (where c.uses > 0 and c.fate = 'mapped')`, sql`count(*) filter (where c.uses > 0)`)}, 100)::text end as value,
               jsonb_build_object('codes', count(*)::text, 'used', (count(*) filter (where c.uses > 0))::text, 'mapped', (count(*) filter (where c.fate = 'mapped'))::text) as numbers,
               coalesce(jsonb_agg(c.kind || ' ' || c.code order by c.kind, c.code) filter (where c.uses > 0 and c.fate <> 'mapped'), '[]') as records
          from code c`)
      return found ?? { value: null, numbers: {}, records: [] }
    },
  })
