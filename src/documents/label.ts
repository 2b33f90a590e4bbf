// The label of a parcel as a PDF of 4 by 6 inches: from, to, what it belongs to, and the SSCC in bars after GS1's measures.
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { gs1Sscc } from './barcode.ts'
import type { ShipmentHead } from './read-shipment.ts'
import { addressOf, cell, right, type Stationery } from './sheet.ts'
import { ssccText } from './sscc.ts'

const INCH = 72
const MARGIN = 16

// A GS1-128 of an SSCC has 156 modules. GS1 asks for 0.495 to 0.94 mm each on a parcel, and 32 mm of height: these are
// 0.55 mm, which leaves more than the ten modules of quiet on each side.
const BARS = { width: 243, height: 93 }

export type Parcel = { readonly code: string; readonly parcel: number; readonly parcels: number }

/** A line over the label; each place needs one of its own. */
const rule = (): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: 4 * INCH - 2 * MARGIN, y2: 0, lineWidth: 0.7 }],
  margin: [0, 6, 0, 6],
})

function labelOf(on: Stationery, head: ShipmentHead, prefix: string, one: Parcel, first: boolean): Content[] {
  const { say, issuer } = on
  const [name = '', ...rest] = addressOf(head, on)
  const small = { fontSize: 7.5 }
  return [
    {
      ...(first ? {} : { pageBreak: 'before' as const }),
      stack: [
        cell(say('from'), { ...small, bold: true }),
        cell([issuer.name, ...(issuer.address ?? [])].join(', '), { fontSize: 8 }),
      ],
    },
    rule(),
    {
      stack: [
        cell(say('to'), { ...small, bold: true }),
        cell(name, { fontSize: 15, bold: true }),
        ...rest.map((line) => cell(line, { fontSize: 12.5 })),
        ...(head.note ? [cell(head.note, { fontSize: 8, margin: [0, 3, 0, 0] })] : []),
      ],
    },
    rule(),
    {
      columns: [
        { stack: [cell(say('order'), small), cell(head.order_number, { bold: true, fontSize: 10 })] },
        { stack: [cell(say('shipment'), small), cell(head.number, { bold: true, fontSize: 10 })] },
      ],
    },
    {
      margin: [0, 4, 0, 0],
      columns: [
        { stack: [cell(say('reference'), small), cell(head.reference ?? '–', { fontSize: 10 })] },
        { stack: [right(say('parcel', one), { fontSize: 11, bold: true, margin: [0, 6, 0, 0] })] },
      ],
    },
    rule(),
    { svg: gs1Sscc(one.code), width: BARS.width, height: BARS.height, alignment: 'center', margin: [0, 4, 0, 6] },
    cell(ssccText(one.code, prefix), { alignment: 'center', fontSize: 11, bold: true }),
  ]
}

/** One page for each parcel. */
export function labelPages(
  on: Stationery,
  head: ShipmentHead,
  prefix: string,
  parcels: readonly Parcel[],
): TDocumentDefinitions {
  return {
    pageSize: { width: 4 * INCH, height: 6 * INCH },
    pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN],
    content: parcels.flatMap((one, at) => labelOf(on, head, prefix, one, at === 0)),
  }
}
