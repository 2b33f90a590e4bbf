// The demo enterprise as it stands in its files, read strictly.
import { join } from 'node:path'
import { readShape, type Template } from '../setup/index.ts'
import * as shape from './shapes.ts'

export type DemoFiles = ReturnType<typeof readDemo>
export type Story = DemoFiles['stories'][number]
export type Customer = DemoFiles['customers'][number]
export type Item = DemoFiles['items'][number]

/** Reads the folder `demo` of the template. Refuses with TEMPLATE_INVALID, naming file and place. */
export function readDemo(template: Template) {
  const folder = join(template.folder, 'demo')
  const enterprise = readShape(folder, 'enterprise.yaml', shape.enterprise)
  const { stories, periods } = readShape(folder, 'stories.yaml', shape.stories)
  return {
    companies: enterprise.companies,
    warehouses: enterprise.warehouses,
    rates: enterprise['exchange-rates'],
    users: readShape(folder, 'users.yaml', shape.users).users,
    suppliers: readShape(folder, 'suppliers.csv', shape.suppliers),
    customers: readShape(folder, 'customers.csv', shape.customers),
    shipTos: readShape(folder, 'ship-tos.csv', shape.shipTos),
    exemptions: readShape(folder, 'tax-exemptions.csv', shape.exemptions),
    duplicates: readShape(folder, 'planted-duplicates.yaml', shape.duplicates).pairs,
    items: readShape(folder, 'items.csv', shape.items),
    crossReferences: readShape(folder, 'cross-references.csv', shape.crossReferences),
    substitutes: readShape(folder, 'substitutes.csv', shape.substitutes),
    priceLists: readShape(folder, 'price-lists.csv', shape.priceLists),
    prices: readShape(folder, 'price-list-items.csv', shape.prices),
    breaks: readShape(folder, 'quantity-breaks.csv', shape.breaks),
    groupDiscounts: readShape(folder, 'group-discounts.csv', shape.groupDiscounts),
    contracts: readShape(folder, 'contracts.csv', shape.contracts),
    promotions: readShape(folder, 'promotions.csv', shape.promotions),
    stock: readShape(folder, 'opening-stock.csv', shape.stock),
    stories,
    periods,
  }
}

/** The companies of a cell such as 'ALPHA;BETA'. */
export const companiesIn = (cell: string): readonly string[] => cell.split(';').filter((code) => code !== '')
