// What must be true of orders at any moment, proved from their lines, reservations, holds and the credit accounts.
import { sql } from '#kernel/db'
import { invariant } from '#kernel/verify'

/** Where each order's tax is rounded by the line or by the document, totals follow from the lines to the cent. */
const totals = sql<Record<string, unknown>>`
  with line as (
    select l.company_id, l.order_id, o.tax_rounding, y.digits, l.tax_code, l.tax_rate,
           case when l.cancelled = 0 then l.net else round(l.net * (l.ordered - l.cancelled) / l.ordered, y.digits) end as net
      from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id join company.v_currency y on y.code = o.currency
  ), per_code as (
    select company_id, order_id, sum(net) as net,
           case when tax_rounding like 'line-%' then sum(tax.rounded(net * tax_rate, digits, tax_rounding)) else tax.rounded(sum(net * tax_rate), digits, tax_rounding) end as tax
      from line group by company_id, order_id, tax_code, tax_rate, tax_rounding, digits
  ), made as (select company_id, order_id, sum(net) as net, sum(tax) as tax from per_code group by company_id, order_id)
  select o.company_id, o.number, o.net, o.tax, o.total, m.net as net_of_lines, m.tax as tax_of_lines
    from made m join sales.orders o on o.company_id = m.company_id and o.id = m.order_id
   where o.net <> m.net or o.tax <> m.tax or o.total <> o.net + o.tax`

/** The charged price follows from the stored waterfall: its effects add up, and a price given by hand says why. */
const prices = sql<Record<string, unknown>>`
  select o.company_id, o.number, l.line, l.price, l.resolved_price, l.price_reason
    from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id
    cross join lateral (
      select sum((t ->> 'effect')::numeric) filter (where t ->> 'says' not in ('passed over', 'expired')) as found,
             (array_agg(t ->> 'price' order by n desc) filter (where t ->> 'step' in ('override', 'substitute')))[1]::numeric as given
        from jsonb_array_elements(l.price_trace) with ordinality as e (t, n)
    ) trace
   where l.price is distinct from coalesce(trace.given, trace.found) or l.price <> l.resolved_price and coalesce(l.price_reason, '') = ''
      or trace.found is not null and trace.found <> l.resolved_price`

const exposure = sql<Record<string, unknown>>`
  with owed as (
    select o.company_id, o.customer_id, sum(case when o.state = 'confirmed' then sales.open_worth(l) else 0 end) as open_orders, sum(sales.unbilled_worth(l)) as unbilled
      from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id group by o.company_id, o.customer_id
  )
  select a.company_id, a.code, a.open_orders, coalesce(w.open_orders, 0) as of_lines, a.unbilled, coalesce(w.unbilled, 0) as unbilled_of_lines
    from credit.v_account a left join owed w on w.company_id = a.company_id and w.customer_id = a.id
   where a.open_orders <> coalesce(w.open_orders, 0) or a.unbilled <> coalesce(w.unbilled, 0)`

const overLimit = sql<Record<string, unknown>>`
  select a.company_id, a.code, a.exposure, a.credit_limit, o.number from credit.v_account a
    join lateral (select x.number, x.id, x.confirmed_at from sales.orders x where x.company_id = a.company_id and x.customer_id = a.id and x.state = 'confirmed'
       order by x.confirmed_at desc, x.id desc limit 1) o on true
   where a.exposure > greatest(a.credit_limit, coalesce(a.next_limit, 0)) and a.exposure - a.open_orders <= greatest(a.credit_limit, coalesce(a.next_limit, 0))
     and not exists (select from credit.v_decision d where d.company_id = a.company_id and d.customer_id = a.id and d.outcome = 'released')
     and not exists (select from sales.v_account_touched k where k.company_id = a.company_id and k.account_id = a.id and k.at > o.confirmed_at)`

const reservations = sql<Record<string, unknown>>`
  select r.company_id, o.number, l.line, o.state, r.reserved, l.ordered, l.shipped, l.cancelled
    from (select v.company_id, v.source_line, sum(v.quantity) as reserved, sum(v.quantity) filter (where p.kind = 'stock') as in_stock
            from inventory.v_reservation v join inventory.v_location p on p.company_id = v.company_id and p.id = v.location_id
           where v.source = 'sales.order' group by v.company_id, v.source_line) r
    left join sales.order_line l on l.company_id = r.company_id and l.id = r.source_line
    left join sales.orders o on o.company_id = l.company_id and o.id = l.order_id
   where l.id is null or not (o.state = 'confirmed' or o.state = 'on_hold' and o.confirmed_at is not null and r.in_stock is null)`

const derivedState = sql<Record<string, unknown>>`
  select o.company_id, o.number, o.state, d.breach from sales.orders o
    cross join lateral (
      select count(*) as lines, coalesce(sum(l.ordered - l.shipped - l.cancelled), 0) as open, coalesce(sum(l.shipped), 0) as shipped
        from sales.order_line l where l.company_id = o.company_id and l.order_id = o.id
    ) n
    cross join lateral (select exists (select from sales.hold h where h.company_id = o.company_id and h.order_id = o.id and h.released_at is null and h.voided_at is null) as held) h
    cross join lateral (select case
      when o.state in ('draft', 'quoted') and n.shipped > 0 then 'nothing of it can have shipped'
      when o.state in ('draft', 'quoted') and o.confirmed_at is not null then 'it was confirmed before'
      when o.state = 'confirmed' and (o.confirmed_at is null or n.lines = 0) then 'nobody confirmed it, or there is nothing on it'
      when o.state in ('closed', 'cancelled') and n.open > 0 then 'something is still open'
      when o.state = 'cancelled' and n.shipped > 0 then 'something of it shipped'
      when o.state = 'on_hold' and not h.held then 'nothing holds it'
      when o.state <> 'on_hold' and h.held then 'a hold is open'
    end as breach) d where d.breach is not null`

export const invariants = [
  invariant('I08', 'sales', 'Every reservation of an order has a live demand', reservations),
  invariant(
    'I09',
    'sales',
    'Nothing is reserved or shipped beyond what is wanted',
    sql`
    select o.company_id, o.number, l.line, l.ordered, l.shipped, l.cancelled, r.reserved from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id
      left join (select company_id, source_line, sum(quantity) as reserved from inventory.v_reservation where source = 'sales.order' group by company_id, source_line) r
        on r.company_id = l.company_id and r.source_line = l.id
     where l.shipped + l.cancelled + coalesce(r.reserved, 0) > l.ordered`,
  ),
  invariant(
    'S01',
    'sales',
    'The quantities of every order line agree with each other and with its unit',
    sql`
    select o.company_id, o.number, l.line, l.quantity, l.ordered, l.shipped, l.cancelled, l.invoiced, l.returned, l.credited
      from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id
     where l.quantity * l.unit_num <> l.ordered * l.unit_den or least(l.shipped, l.cancelled, l.invoiced, l.returned, l.credited) < 0
        or l.returned > l.shipped or l.credited > l.invoiced or l.invoiced > l.ordered - l.cancelled and l.invoiced > l.shipped`,
  ),
  invariant('S02', 'sales', 'An order comes to what its lines come to, by its own rounding', totals),
  invariant('I37', 'sales', 'The state of an order follows from its lines and holds', derivedState),
  invariant('I43', 'sales', 'Every price is explained by its waterfall', prices),
  invariant('I44', 'sales', 'No confirmed order takes a customer over the limit without a decision', overLimit),
  invariant(
    'S03',
    'sales',
    'Open orders and unbilled shipments of every customer are the sums over the order lines',
    exposure,
  ),
  invariant(
    'S04',
    'sales',
    'The promise of every line is the last one that was given',
    sql`
    select o.company_id, o.number, l.line, l.promise, r.promise as last_given from sales.order_line l join sales.orders o on o.company_id = l.company_id and o.id = l.order_id
      left join lateral (select p.promise from sales.promise p where p.company_id = l.company_id and p.order_line_id = l.id order by p.at desc, p.position desc limit 1) r on true
     where l.promise is distinct from r.promise and l.shipped + l.cancelled < l.ordered`,
  ),
]
