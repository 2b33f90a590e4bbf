// What waits for the steward: both sides of each case beside each other, most alike first.

import { sql } from '#kernel/db'
import { f } from '#kernel/document'
import { query } from '#kernel/query'

/**
 * The legal identity (name, address, tax number) is the party's and shared by design; standing with another company
 * (terms, class, prices) is not shown, nor which company it is.
 */
export const queue = query('party.duplicate-queue', {
  may: 'party.duplicate.read',
  title: 'Suspected duplicates that wait for a decision',
  columns: {
    id: f.ref('party.duplicate'),
    score: f.quantity(),
    evidence: f.json(),
    channel: f.text(),
    note: f.text({ optional: true }),
    created_at: f.instant(),
    proposed_code: f.text(),
    proposed_name: f.text(),
    proposed_tax_id: f.text({ optional: true }),
    proposed_street: f.text({ optional: true }),
    proposed_postcode: f.text({ optional: true }),
    proposed_city: f.text({ optional: true }),
    proposed_country: f.text({ optional: true }),
    known_code: f.text(),
    known_name: f.text(),
    known_tax_id: f.text({ optional: true }),
    known_street: f.text({ optional: true }),
    known_postcode: f.text({ optional: true }),
    known_city: f.text({ optional: true }),
    known_country: f.text({ optional: true }),
    known_standing: f.text(),
  },
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
