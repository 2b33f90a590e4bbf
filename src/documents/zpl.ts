// The label of a parcel in ZPL, the language of label printers: 4 by 6 inches at 203 dots an inch.
import type { Parcel } from './label.ts'
import type { ShipmentHead } from './read-shipment.ts'
import { addressOf, plain, type Stationery } from './sheet.ts'
import { ssccText } from './sscc.ts'

/**
 * A text as the data of a field. Commands begin with ^ or ~, and _ leads a sign in hexadecimal (^FH): those three and the
 * backslash are written as numbers, so that no text can become a command. Cut to what fits on a line.
 */
const data = (text: string, most: number): string =>
  [...plain(text)]
    .slice(0, most)
    .join('')
    .replace(/[\^~_\\]/g, (sign) => `_${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

const field = (x: number, y: number, height: number, text: string, most = 44): string =>
  `^FO${x},${y}^A0N,${height},${height}^FH_^FD${data(text, most)}^FS`

function labelOf(on: Stationery, head: ShipmentHead, prefix: string, one: Parcel): string {
  const { say, issuer } = on
  const [name = '', ...rest] = addressOf(head, on)
  const lines = [
    '^XA^CI28^PW812^LL1218^LH0,0',
    field(40, 36, 22, say('from')),
    field(40, 62, 26, [issuer.name, ...(issuer.address ?? [])].join(', '), 60),
    '^FO40,104^GB732,2,2^FS',
    field(40, 122, 22, say('to')),
    field(40, 150, 48, name, 30),
    ...rest.slice(0, 4).map((line, at) => field(40, 210 + at * 44, 38, line, 38)),
    field(40, 396, 24, head.note, 60),
    '^FO40,436^GB732,2,2^FS',
    field(40, 454, 22, say('order')),
    field(40, 480, 32, head.order_number, 22),
    field(420, 454, 22, say('shipment')),
    field(420, 480, 32, head.number, 22),
    field(40, 534, 22, say('reference')),
    field(40, 560, 32, head.reference ?? '-', 22),
    field(420, 560, 32, say('parcel', one), 22),
    '^FO40,620^GB732,2,2^FS',
    // Subset C from the start, FNC1, then 00 and the number: a GS1-128. Four dots a module are 0.5 mm; 280 dots 35 mm.
    `^FO94,670^BY4^BCN,280,N,N,N,N^FD>;>800${one.code}^FS`,
    `^FO0,980^A0N,38,38^FB812,1,0,C^FH_^FD${data(ssccText(one.code, prefix), 60)}^FS`,
    '^XZ',
  ]
  return lines.join('\n')
}

/** The labels of all parcels, one after the other. */
export const labelZpl = (on: Stationery, head: ShipmentHead, prefix: string, parcels: readonly Parcel[]): string =>
  `${parcels.map((one) => labelOf(on, head, prefix, one)).join('\n')}\n`
