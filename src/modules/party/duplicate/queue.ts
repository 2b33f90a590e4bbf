// What waits for the steward: both sides of each case beside each other, most alike first.
import { sql } from '#kernel/db'
import { query } from '#kernel/query'

/**
 * The legal identity (name, address, tax number) is the party's and shared by design; standing with another company
 * (terms, class, prices) is not shown, nor which company it is.
 */
export const queue = query('party.duplicate-queue', {
  may: 'party.duplicate.read',
  title: 'Suspected duplicates that wait for a decision',
  build: (_, { companyId }) => sql`
    select d.id, d.score, d.evidence, d.channel, d.note, d.created_at, d.code as proposed_code, p.name as proposed_name, p.tax_id as proposed_tax_id,
        p.street as proposed_street, p.postcode as proposed_postcode, p.city as proposed_city, p.country as proposed_country,
        coalesce(c.code, v.code) as known_code, o.name as known_name, o.tax_id as known_tax_id, o.street as known_street,
        o.postcode as known_postcode, o.city as known_city, o.country as known_country,
        case when c.id is not null then c.state when v.id is not null then v.state else 'of another company' end as known_standing
      from party.duplicate d
      join party.party p on p.id = d.proposed_id
      join party.party o on o.id = d.resembles_id
      left join party.customer c on c.company_id = d.company_id and c.id = o.id
      left join party.supplier v on v.company_id = d.company_id and v.id = o.id
     where d.company_id = ${companyId} and d.state = 'open'
     order by d.score desc, d.created_at, d.id`,
})
