// Which tax a line bears: place of delivery, customer, goods and certificate decide, and the basis is kept.
import type { BusinessDate } from '#kernel/dates'
import { type Sql, sql } from '#kernel/db'

/** A line to be taxed. Without a delivery address the customer's own position counts. */
export type Taxable = { line: string; customer_id: string; ship_to_id: string | null; item_id: string }

/** The tax of a line: `tax_rate` is a fraction (0.19), `tax_account` the account it is posted to. */
export type Taxed = {
  line: string
  tax_code: string | null
  tax_rate: string | null
  tax_account: string | null
  basis: Record<string, unknown>
}

/**
 * The tax of every line of `demand` on the day, as a relation to compose into the caller's own statement. A
 * certificate of the customer that is valid on the day decides; else the rule for the position of the delivery
 * address, or of the customer where the address has none, and the item's tax class. Where no rule fits, or the code
 * has no rate on the day, `tax_code` is NULL: refuse with TAX_MISSING and show `basis`. The basis says jurisdiction,
 * position and where it came from, class, certificate, rule and day, and belongs on the document (ACC-02).
 */
export function taxed(companyId: number, today: BusinessDate | Sql, demand: Sql<Taxable>): Sql<Taxed> {
  const day = sql`(${today})::date`
  // Kept whole, so that a caller's plan made for few lines does not look every line up again for each of them.
  return sql<Taxed>`with taxed as materialized (select d.line,
      case when r.rate is not null then chosen.code end as tax_code,
      r.rate as tax_rate,
      case when r.rate is not null then t.account end as tax_account,
      jsonb_build_object(
        'day', ${day}, 'company_country', o.country, 'delivery_country', s.country,
        'position', chosen.position, 'position_from', case when s.tax_position is null then 'customer' else 'delivery address' end,
        'tax_class', i.tax_class, 'rule', u.code, 'exemption', e.id, 'certificate', e.certificate,
        'code', chosen.code, 'kind', t.kind, 'rate', r.rate::text) as basis
    from ${demand} d
    join company.v_company o on o.id = ${companyId}
    join party.v_customer c on c.company_id = ${companyId} and c.id = d.customer_id
    join catalog.v_item i on i.id = d.item_id
    left join party.v_ship_to s on s.company_id = ${companyId} and s.id = d.ship_to_id
    left join tax.exemption e on e.company_id = ${companyId} and e.customer_id = d.customer_id and e.valid @> ${day} and e.state = 'active'
    left join tax.rule u on u.company_id = ${companyId} and u.position = coalesce(s.tax_position, c.tax_position) and u.tax_class = i.tax_class and u.state = 'active'
    cross join lateral (select coalesce(e.code, u.code) as code, coalesce(s.tax_position, c.tax_position) as position) chosen
    left join tax.code t on t.company_id = ${companyId} and t.code = chosen.code
    left join tax.rate r on r.company_id = ${companyId} and r.code = chosen.code and r.valid @> ${day} and r.state = 'active') select * from taxed`
}
