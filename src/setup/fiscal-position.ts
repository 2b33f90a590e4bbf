// Which fiscal position a delivery has: the first in the template whose conditions all hold.
import type { Template } from './template.ts'

/** The facts of a delivery. `country` is where it goes; `taxId` a checked VAT number of the customer. */
export type Delivery = { readonly country: string; readonly taxId?: string | null }

/**
 * The position in a tax area, such as 'domestic' or 'export', or undefined when none fits. A certificate is not looked at:
 * it belongs to a day, and the tax of a line looks at it itself.
 */
export function positionOf(template: Template, area: string, delivery: Delivery): string | undefined {
  const home = template.taxes.areas.find((one) => one.area === area)?.country
  const fits = template.taxes['fiscal-positions'].find(
    ({ area: its, when }) =>
      its === area &&
      when.certificate === undefined &&
      (when['tax-id'] === undefined || isUnionNumber(template, delivery.taxId, home)) &&
      goesTo(template, when['ship-to-country'], delivery.country, home),
  )
  return fits?.position
}

const members = (template: Template, union: string): readonly string[] =>
  template.taxes.unions.find((one) => one.union === union)?.members ?? []

function goesTo(template: Template, wanted: string | undefined, country: string, home: string | undefined): boolean {
  switch (wanted) {
    case undefined:
      return true
    case 'EU-other':
      return country !== home && members(template, 'EU').includes(country)
    case 'third-country':
      return country !== home && !members(template, 'EU').includes(country)
    default:
      return wanted.startsWith('not-') ? country !== wanted.slice(4) : country === wanted
  }
}

/** A VAT number of another member state begins with that state's code; Greece writes EL (Directive 2006/112/EC, article 215). */
function isUnionNumber(template: Template, taxId: string | null | undefined, home: string | undefined): boolean {
  const prefix = taxId?.slice(0, 2).toUpperCase().replace('EL', 'GR') ?? ''
  return prefix !== home && members(template, 'EU').includes(prefix)
}
