// What of the enterprise's configuration the items keep as it is.
import type { ConfigurationUse } from '#kernel/configuration'
import { sql } from '#kernel/db'

export const uses: readonly ConfigurationUse[] = [
  {
    kind: 'catalog.unit',
    fields: ['dimension', 'whole'],
    because: 'items are counted in it. Give the items another unit first, or leave the unit as it is',
    keys: sql`select distinct u.unit as key from catalog.item i
      cross join lateral (values (i.base_unit), (i.sales_unit), (i.purchase_unit), (i.price_unit), (i.pack_unit)) as u (unit)
      where u.unit is not null`,
  },
  {
    kind: 'catalog.category',
    fields: ['code'],
    because: 'items belong to it. Move them to another category first',
    keys: sql`select distinct c.code as key from catalog.item i join catalog.category c on c.id = i.category_id where i.state <> 'inactive'`,
  },
]
