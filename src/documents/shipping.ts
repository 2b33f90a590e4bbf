// The pick list for the walk through the bins, and the packing slip that lies in the parcel.
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { signOfDecimal } from '#kernel/decimal'
import { code128, fitsCode128 } from './barcode.ts'
import { day, quantity } from './locale.ts'
import type { ShipmentHead, ShipmentLine } from './read-shipment.ts'
import { cell, facts, headCell, letterhead, right, type Stationery, sheet, table } from './sheet.ts'

type Shipment = { readonly head: ShipmentHead; readonly lines: readonly ShipmentLine[] }

const barsOf = (number: string): string | undefined => (fitsCode128(number) ? code128(number) : undefined)
const cancelled = (on: Stationery, head: ShipmentHead) => (head.state === 'cancelled' ? on.say('cancelled') : undefined)

/** The pick list: bins in the order of the walk, a place to write on for each line. */
export function pickList(on: Stationery, { head, lines }: Shipment): TDocumentDefinitions {
  const { say, tongue } = on
  const pairs = [
    [say('order'), head.order_number],
    [say('warehouse'), `${head.warehouse} ${head.warehouse_name}`],
    [say('released'), day(head.released_on, tongue)],
    [say('requested'), day(head.requested_on, tongue)],
    [say('route'), head.route],
  ] as const
  const goods = lines.filter((line) => line.kind === 'stock')
  return sheet(on, {
    title: `${say('pick-list')} ${head.number}`,
    mark: cancelled(on, head),
    content: [
      ...letterhead(on, {
        title: say('pick-list'),
        number: head.number,
        to: { word: say('deliver'), place: head },
        told: facts(pairs),
        bars: barsOf(head.number),
      }),
      table(
        [62, 96, '*', 62, 48, 28, 52],
        [
          headCell(say('location')),
          headCell(say('item')),
          headCell(''),
          headCell(say('lot')),
          headCell(say('quantity'), { alignment: 'right' }),
          headCell(say('unit')),
          headCell(say('picked'), { alignment: 'right' }),
        ],
        goods.map((line) => [
          cell(line.location, { bold: true, fontSize: 10 }),
          cell(line.item),
          cell(line.name),
          cell(line.lot ?? ''),
          right(quantity(line.quantity, tongue), { bold: true, fontSize: 10 }),
          cell(line.unit),
          right(signOfDecimal(line.picked) > 0 ? quantity(line.picked, tongue) : '________'),
        ]),
      ),
    ],
  })
}

/** The packing slip: what is in the delivery and what follows. No prices: it is read by whoever opens the parcel. */
export function packingSlip(on: Stationery, { head, lines }: Shipment): TDocumentDefinitions {
  const { say, tongue } = on
  const kilos = head.weight_grams === null ? null : `${quantity(kilograms(head.weight_grams), tongue)} kg`
  const pairs = [
    [say('order'), head.order_number],
    [say('reference'), head.reference],
    [say('customer'), head.customer_code],
    [say('shipped'), day(head.shipped_on, tongue)],
    [say('carrier'), head.carrier],
    [say('tracking'), head.tracking],
    [say('parcels'), String(head.parcels)],
    [say('weight'), kilos],
  ] as const
  const inside = (line: ShipmentLine) => (head.state === 'released' ? line.quantity : line.picked)
  return sheet(on, {
    title: `${say('packing-slip')} ${head.number}`,
    mark: cancelled(on, head),
    content: [
      ...letterhead(on, {
        title: say('packing-slip'),
        number: head.number,
        to: { word: say('deliver'), place: head },
        told: facts(pairs),
        bars: barsOf(head.number),
      }),
      table(
        [96, '*', 62, 50, 66, 52, 28],
        [
          headCell(say('item')),
          headCell(''),
          headCell(say('lot')),
          headCell(say('ordered'), { alignment: 'right' }),
          headCell(say('delivered'), { alignment: 'right' }),
          headCell(say('outstanding'), { alignment: 'right' }),
          headCell(say('unit')),
        ],
        lines
          .filter((line) => signOfDecimal(inside(line)) > 0)
          .map((line) => [
            cell(line.item),
            cell(line.name),
            cell(line.lot ?? ''),
            right(quantity(line.ordered, tongue)),
            right(quantity(inside(line), tongue), { bold: true }),
            right(signOfDecimal(line.outstanding) > 0 ? quantity(line.outstanding, tongue) : '–'),
            cell(line.unit),
          ]),
      ),
      ...(head.note ? [cell(`${say('note')}: ${head.note}`, { margin: [0, 14, 0, 0] })] : []),
      cell(`${say('received')}: ______________________________`, { margin: [0, 30, 0, 0] }),
    ],
  })
}

/** Grams as an exact text of kilograms. */
function kilograms(grams: string): string {
  const whole = grams.replace(/\..*$/, '').padStart(4, '0')
  return `${whole.slice(0, -3)}.${whole.slice(-3)}`
}
