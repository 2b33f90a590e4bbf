// Why a line costs what it costs, why its order stands still, and why its promise is that day.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'
import { T } from '#kernel/schema'

/** One row for each answer: `about` is price, hold, credit, promise or reservation; the newest of each first. */
export const why = query('sales.why', {
  may: 'sales.order.read',
  title: 'Why this line is as it is',
  see: { margin: 'sales.order.see-margin' },
  parameters: T.object({ line: T.idOf('sales.order-line') }),
  columns: {
    about: f.text(),
    says: f.text(),
    detail: f.json({ optional: true }),
    at: f.instant({ optional: true }),
    margin: f.json({ optional: true }),
  },
  build: (p, { companyId }) => sql`with line as materialized (
      select l.*, o.number from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id where l.company_id = ${companyId} and l.id = ${p.line}
    ), answer as (
      select 'price' as about, 1 as rank, 'Price ' || trim_scale(price) || coalesce(' by hand: ' || price_reason, ' by the rules') || case when price <> resolved_price then ' instead of ' || trim_scale(resolved_price) else '' end as says,
             price_trace as detail, null::timestamptz as at, null::jsonb as margin from line
      union all
      select 'hold', 2, h.kind || ': ' || h.reason || case when h.released_at is not null then ' (released: ' || coalesce(h.release_reason, '') || ')'
               when h.voided_at is not null then ' (no longer: ' || coalesce(h.release_reason, 'the order changed') || ')' else ' (open, ' || h.owner_role || ' decides)' end, case when h.kind not in ('price', 'margin') then h.detail end, h.raised_at,
             case when h.kind in ('price', 'margin') then h.detail end
        from line n join sales.hold h on h.company_id = n.company_id and h.order_id = n.order_id
      union all
      select 'credit', 3, d.checkpoint || ': ' || d.outcome || coalesce(', ' || d.reason, ''), d.exposure, d.at, null from line n join credit.v_decision d on d.company_id = n.company_id and d.order_id = n.order_id
      union all
      select 'promise', 4, case when r.promise is null then 'No promise' else 'Promise ' || r.promise end || ': ' || r.reason, r.terms, r.at, null
        from line n join sales.promise r on r.company_id = n.company_id and r.order_line_id = n.id
      union all
      select 'reservation', 5, trim_scale(v.quantity) || ' reserved at ' || p.code || ' (' || v.reason || ')',
             jsonb_build_object('location', p.code, 'lot', v.lot_id, 'freed by', 'shipping it, changing or cancelling the order, or taking it back by hand'), v.created_at, null
        from line n join inventory.v_reservation v on v.company_id = n.company_id and v.source_line = n.id join inventory.v_location p on p.company_id = v.company_id and p.id = v.location_id
    )
    select about, says, detail, at, margin from answer order by rank, at desc nulls last`,
})
