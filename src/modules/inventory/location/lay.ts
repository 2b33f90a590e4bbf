// Every warehouse has a place for stock, for packing, for the truck and for what is in doubt; every company the places beyond.
import type { Call } from '#kernel/command'
import { sql } from '#kernel/db'

/**
 * Lays the places of warehouses that lack them (STOCK, PACK, DOCK, QUARANTINE) and, once for the company, the places
 * where goods come from and go to. Safe to run twice; what exists stays as it is. `warehouses` are ids; none means all.
 */
export async function layLocations(
  call: Pick<Call<unknown>, 'tx' | 'companyId'>,
  warehouses?: readonly string[],
): Promise<void> {
  const { tx, companyId } = call
  await tx.run(sql`insert into inventory.location (company_id, id, warehouse_id, code, name, kind)
    select ${companyId}::int, gen_random_uuid(), w.id, p.code, p.name, p.kind
      from company.v_warehouse w cross join (values ('STOCK', 'Stock', 'stock'), ('PACK', 'Packing', 'pack'), ('DOCK', 'Dock', 'dock'), ('QUARANTINE', 'Quarantine', 'quarantine')) as p (code, name, kind)
     where w.company_id = ${companyId} and (${warehouses ?? null}::uuid[] is null or w.id = any(${warehouses ?? null}::uuid[]))
       and not exists (select from inventory.location l where l.company_id = w.company_id and l.warehouse_id = w.id and l.kind = p.kind)
    union all
    select ${companyId}::int, gen_random_uuid(), null, p.code, p.name, p.kind
      from (values ('SUPPLIER', 'Suppliers', 'supplier'), ('CUSTOMER', 'Customers', 'customer'), ('ADJUSTMENT', 'Adjustments', 'adjustment'),
             ('SCRAP', 'Scrap', 'scrap'), ('TRANSIT', 'In transit', 'transit'), ('OPENING', 'Opening balances', 'opening')) as p (code, name, kind)
     where not exists (select from inventory.location l where l.company_id = ${companyId} and l.warehouse_id is null and l.kind = p.kind)
    on conflict do nothing`)
}
