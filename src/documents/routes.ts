// The papers of documents by HTTP: read by whoever may read the document, written in a tongue and a size that one may choose.
import { type Tx, transaction } from '#kernel/db'
import { type Call, holder, type Route } from '#kernel/http'
import { T } from '#kernel/schema'
import { billPages } from './bill.ts'
import { readIssuer } from './company.ts'
import { labelPages, type Parcel } from './label.ts'
import { sizeOf, tongueOf } from './locale.ts'
import { makePdf } from './pdf.ts'
import { type BillKind, readBill } from './read-bill.ts'
import { readShipment, type ShipmentHead } from './read-shipment.ts'
import { refuse } from './refusals.ts'
import type { Stationery } from './sheet.ts'
import { packingSlip, pickList } from './shipping.ts'
import { sscc } from './sscc.ts'
import { wordsOf } from './words.ts'
import { labelZpl } from './zpl.ts'

const LANGUAGES = ['en', 'de', 'en-US', 'en-GB', 'en-CA', 'de-DE', 'de-AT', 'de-CH'] as const

/** Reads in one snapshot of the company. */
const read = <R>(call: Call, work: (tx: Tx) => Promise<R>): Promise<R> =>
  transaction(call.kernel.pool, { companies: [call.context().companyId] }, work, { snapshot: true })

async function stationery(tx: Tx, call: Call): Promise<Stationery> {
  const issuer = await readIssuer(tx, call.context().companyId)
  const { language, size } = call.query
  const tongue = tongueOf(typeof language === 'string' ? language : undefined, issuer.locale, issuer.country)
  return {
    issuer,
    tongue,
    say: wordsOf(tongue.language),
    size: size === 'A4' || size === 'LETTER' ? size : (issuer.size ?? sizeOf(issuer.country)),
  }
}

/** A file name of letters that every system takes. */
const fileName = (paper: string, number: string, type: string): string =>
  `${paper}-${number.replace(/[^A-Za-z0-9._-]+/g, '-')}.${type}`

function send(call: Call, bytes: Buffer | string, type: 'pdf' | 'zpl', name: string): unknown {
  return call.reply
    .type(type === 'pdf' ? 'application/pdf' : 'text/plain; charset=utf-8')
    .header('content-disposition', `${type === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`)
    .send(bytes)
}

function parcelsOf(on: Stationery, head: ShipmentHead): { prefix: string; parcels: readonly Parcel[] } {
  const prefix = on.issuer.gs1Prefix ?? refuse('PREFIX_MISSING', { company: on.issuer.code })
  const parcels = Array.from({ length: head.parcels }, (_, at) => ({
    code: sscc(prefix, head.number, at + 1),
    parcel: at + 1,
    parcels: head.parcels,
  }))
  return { prefix, parcels }
}

type Paper = 'pick-list' | 'packing-slip' | 'label'

async function shipmentPaper(call: Call, paper: Paper, type: 'pdf' | 'zpl'): Promise<unknown> {
  const { on, shipment } = await read(call, async (tx) => ({
    on: await stationery(tx, call),
    shipment: await readShipment(tx, call.context(), call.params.id ?? ''),
  }))
  const { head } = shipment
  const name = fileName(paper, head.number, type)
  const title = `${paper} ${head.number}`
  if (paper !== 'label')
    return send(
      call,
      await makePdf((paper === 'pick-list' ? pickList : packingSlip)(on, shipment), title, call.now),
      type,
      name,
    )
  if (head.state === 'cancelled')
    refuse('PAPER_NOT_YET', { number: head.number, state: head.state, paper: 'a label', when: 'for goods that leave' })
  const { prefix, parcels } = parcelsOf(on, head)
  if (type === 'zpl') return send(call, labelZpl(on, head, prefix, parcels), type, name)
  return send(call, await makePdf(labelPages(on, head, prefix, parcels), title, call.now), type, name)
}

async function billPaper(call: Call, kind: BillKind): Promise<unknown> {
  const { on, bill } = await read(call, async (tx) => ({
    on: await stationery(tx, call),
    bill: await readBill(tx, call.context(), kind, call.params.id ?? ''),
  }))
  const number = bill.head.number ?? 'draft'
  return send(
    call,
    await makePdf(billPages(on, kind, bill), `${kind} ${number}`, call.now),
    'pdf',
    fileName(kind, number, 'pdf'),
  )
}

const key = (entity: string) =>
  T.object({ id: { ...T.text(120), minLength: 1, description: 'The id or the number.', 'x-entity': entity } })

const query = T.object({
  language: T.optional({
    ...T.choice(LANGUAGES),
    description: "Else the company's setting papers.locale, else its country's.",
  }),
  size: T.optional({
    ...T.choice(['A4', 'LETTER']),
    description: "Else the company's setting papers.size, else its country's.",
  }),
})

const shipmentRoute = (paper: Paper, type: 'pdf' | 'zpl', summary: string): Route => ({
  method: 'GET',
  url: `/api/warehouse/shipment/:id/paper/${paper}.${type}`,
  operation: `warehouse.shipment.paper.${paper}-${type}`,
  tag: 'warehouse',
  summary,
  needs: holder('warehouse.shipment.read'),
  params: key('warehouse.shipment'),
  query,
  produces: type === 'pdf' ? 'application/pdf' : 'text/plain',
  handle: (call) => shipmentPaper(call, paper, type),
})

const billRoute = (kind: BillKind, summary: string): Route => ({
  method: 'GET',
  url: `/api/receivables/${kind}/:id/paper/${kind}.pdf`,
  operation: `receivables.${kind}.paper`,
  tag: 'receivables',
  summary,
  needs: holder(`receivables.${kind}.read`),
  params: key(`receivables.${kind}`),
  query,
  produces: 'application/pdf',
  handle: (call) => billPaper(call, kind),
})

/** The papers of the product. */
export const paperRoutes: readonly Route[] = [
  shipmentRoute('pick-list', 'pdf', 'The pick list of one shipment, in walking order'),
  shipmentRoute('packing-slip', 'pdf', 'The packing slip of one shipment'),
  shipmentRoute('label', 'pdf', 'The labels of its parcels with their SSCC'),
  shipmentRoute('label', 'zpl', 'The labels of its parcels for a label printer, in ZPL'),
  billRoute('invoice', 'One invoice as it is sent'),
  billRoute('credit-note', 'One credit note as it is sent'),
]
