// The widest scope: what seals, relays and proves looks at every company, closed ones too, and at the enterprise (0).
import { sql } from '#kernel/db'

/** Lets the rest of the transaction see every company; the list is of the same snapshot as what is then read. */
export const EVERY_COMPANY = sql`select set_config('tw.companies', (select string_agg(c::text, ',') from kernel.every_company() c), true)`
