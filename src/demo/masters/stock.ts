// Opening stock of the demo: one opening receipt a warehouse, with bins, lots and serial numbers.
import { sql } from '#kernel/db'
import type { Desk } from '../desk.ts'
import type { DemoFiles } from '../files.ts'

/** After the masters, before the first story. */
export const OPENING_DAY = -190

/** Who counted the goods in: the supervisor of each warehouse. */
const COUNTED_BY: Readonly<Record<string, string>> = { W1: 'hugo', W2: 'hugo', W3: 'stefan' }

export async function loadStock(desk: Desk, files: DemoFiles): Promise<void> {
  for (const { code, company } of files.warehouses) {
    const own = files.stock.filter((one) => one.warehouse === code)
    const places = await placesOf(desk, company, code)
    const lines = own.map((one) => ({
      item: one.item,
      quantity: one.quantity,
      unitCost: one.cost,
      ...(one.lot || one.serial ? { lot: one.lot || one.serial } : {}),
      ...(one.expiry_days === '' ? {} : { expiresOn: desk.date(company, Number(one.expiry_days)) }),
      ...(one.location === '' ? {} : { location: places.get(one.location) }),
    }))
    const doing = { company, by: COUNTED_BY[code] ?? '', day: OPENING_DAY, key: `opening stock ${code}` }
    await desk.create('warehouse.receipt.receive', doing, [
      { warehouse: code, kind: 'opening', reference: 'Opening stock', lines },
    ])
  }
}

async function placesOf(desk: Desk, company: string, warehouse: string): Promise<ReadonlyMap<string, string>> {
  const { id, warehouses } = desk.company(company)
  const rows = await desk.read<{ code: string; id: string }>(
    company,
    sql`select code, id from inventory.v_location where company_id = ${id} and warehouse_id = ${warehouses[warehouse]}::uuid`,
  )
  return new Map(rows.map((one) => [one.code, one.id]))
}
