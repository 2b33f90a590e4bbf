// The papers of a real shop: what they say is read back from the PDF, and their bars by a reader that others made.
import { mkdirSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkDigit, sscc } from '../../src/documents/sscc.ts'
import { demoSite } from '../http/support/demo-site.ts'
import { readBars, readPdf, readZpl } from './readers.ts'

const site = await demoSite()
const [first, second] = site.companies
const CANARY = `<script>alert(1)</script> ]]> ^XA~JR \${7*7} {{7*7}} "><img src=x>`
const ALPHA_PAPERS = {
  address: ['12 Dock Road', 'Norfolk, VA 23510'],
  bank: ['IBAN US00 1234'],
  taxId: 'US-99',
  gs1Prefix: '4012345',
}

/** Long words are broken over lines on paper. */
const flat = (pages: readonly string[]) => pages.join('').replace(/\s+/g, '')

let key = ''
let other = ''
const fetchPaper = async (path: string, given = key) =>
  await fetch(site.origin + path, { headers: { authorization: `Bearer ${given}` } })
const pdfOf = async (path: string, draw = true) => {
  const answer = await fetchPaper(path)
  expect([answer.status, answer.headers.get('content-type')], path).toEqual([200, 'application/pdf'])
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (process.env.TRADEWRIGHT_TEST_PAPERS) {
    mkdirSync(process.env.TRADEWRIGHT_TEST_PAPERS, { recursive: true })
    writeFileSync(`${process.env.TRADEWRIGHT_TEST_PAPERS}/${path.replace(/\W+/g, '-').slice(-60)}.pdf`, bytes)
  }
  return await readPdf(bytes, draw)
}
const value = async <T>(text: string, parameters: unknown[] = []): Promise<T> =>
  Object.values((await site.admin.query(text, parameters)).rows[0] ?? { none: undefined })[0] as T
const papers = (given: object) =>
  site.admin.query(
    `update company.company set settings = settings || jsonb_build_object('papers', $2::jsonb) where id = $1`,
    [first?.id, JSON.stringify(given)],
  )

beforeAll(async () => {
  key = (await site.machine(first?.id ?? 0)).key
  other = (await site.machine(second?.id ?? 0)).key
  await papers(ALPHA_PAPERS)
})

const shipmentIn = (state: string) =>
  value<string>(`select number from warehouse.shipment where company_id = $1 and state = $2 order by number limit 1`, [
    first?.id,
    state,
  ])
const bill = (kind: string) =>
  value<string>(
    `select i.number from receivables.invoice i where i.company_id = $1 and i.kind = $2 and i.state = 'issued' order by (select count(*) from receivables.invoice_line l where l.invoice_id = i.id) desc, i.number limit 1`,
    [first?.id, kind],
  )

describe('SSCC', () => {
  test('the check digit is that of the examples of GS1', () => {
    // GS1 General Specifications 7.9.1 works it out for the SSCC 376104250021234569.
    expect(checkDigit('37610425002123456')).toBe('9')
    // A GTIN-13 from the same rule.
    expect(checkDigit('629104150021')).toBe('3')
  })

  test('every parcel of every shipment has another number, and the same one each time', () => {
    const codes = new Set<string>()
    for (let shipment = 1; shipment <= 50; shipment++)
      for (let parcel = 1; parcel <= 40; parcel++)
        codes.add(sscc('4012345', `SH-2026-${String(shipment).padStart(6, '0')}`, parcel))
    expect(codes.size).toBe(2_000)
    for (const code of codes) expect([code.length, checkDigit(code.slice(0, 17))]).toEqual([18, code.slice(17)])
    expect(sscc('4012345', 'SH-2026-000123', 2)).toBe(sscc('4012345', 'SH-2026-000123', 2))
    expect(sscc('4012345', 'SH-2027-000123', 2)).not.toBe(sscc('4012345', 'SH-2026-000123', 2))
  })

  test('a prefix that leaves too few digits is refused', () => {
    expect(sscc('4012345678', 'SH-2026-000123', 1)).toHaveLength(18)
    expect(() => sscc('4012345678', 'SH-2026-000123', 2)).toThrowError(
      expect.objectContaining({ code: 'SSCC_USED_UP' }),
    )
  })
})

describe('of a shipment', () => {
  test('the pick list names every line with its bin in walking order, and its bars are the number', async () => {
    const number = await shipmentIn('released')
    const lines = await site.admin.query<{ location: string; item: string }>(
      `select l.code as location, i.code as item from warehouse.shipment h join warehouse.shipment_line n on n.shipment_id = h.id join inventory.location l on l.id = n.from_id
       join catalog.item i on i.id = n.item_id and i.kind = 'stock' where h.company_id = $1 and h.number = $2 order by l.pick_sequence, l.code, n.line`,
      [first?.id, number],
    )
    const { pages, pictures, sizes } = await pdfOf(`/api/warehouse/shipment/${number}/paper/pick-list.pdf?size=A4`)
    expect(lines.rows.length).toBeGreaterThan(0)
    for (const part of [
      'Pick list',
      number,
      '12 Dock Road',
      ...lines.rows.flatMap((line) => [line.location, line.item]),
    ])
      expect(flat(pages)).toContain(part.replace(/\s/g, ''))
    const at = lines.rows.map((line) => flat(pages).indexOf(line.location))
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(sizes[0]?.map(Math.round)).toEqual([595, 842])
    expect(await readBars(pictures[0] ?? new Uint8Array())).toContainEqual({
      format: 'Code128',
      text: number,
      gs1: false,
    })
  })

  test('the packing slip says what is inside and no price, in German when that is asked for', async () => {
    const number = await shipmentIn('shipped')
    const { pages, sizes } = await pdfOf(
      `/api/warehouse/shipment/${number}/paper/packing-slip.pdf?language=de&size=LETTER`,
      false,
    )
    const text = pages.join('\n')
    for (const part of ['Lieferschein', number, 'Folgt noch', 'Seite 1 von 1']) expect(text).toContain(part)
    expect(text).not.toMatch(/USD|Preis/)
    expect(sizes[0]?.map(Math.round)).toEqual([612, 792])
  })

  test('each parcel has a label whose GS1-128 an independent reader reads, as PDF and as ZPL alike', async () => {
    const number = await shipmentIn('shipped')
    await site.admin.query('update warehouse.shipment set parcels = 3 where company_id = $1 and number = $2', [
      first?.id,
      number,
    ])
    const { pages, pictures } = await pdfOf(`/api/warehouse/shipment/${number}/paper/label.pdf`)
    const zpl = await (await fetchPaper(`/api/warehouse/shipment/${number}/paper/label.zpl`)).text()
    const drawn = await readZpl(zpl)
    expect([pages.length, drawn.length]).toEqual([3, 3])
    for (const parcel of [1, 2, 3]) {
      const code = `00${sscc('4012345', number, parcel)}`
      expect(pages[parcel - 1]).toContain(`Parcel ${parcel} of 3`)
      expect(await readBars(pictures[parcel - 1] ?? new Uint8Array())).toEqual([
        { format: 'Code128', text: code, gs1: true },
      ])
      expect(await readBars(drawn[parcel - 1] ?? new Uint8Array())).toEqual([
        { format: 'Code128', text: code, gs1: true },
      ])
    }
  })
})

describe('a bill', () => {
  test('the invoice has every line, the tax of each rate, and sums as the books have them', async () => {
    const number = await bill('invoice')
    const text = (await pdfOf(`/api/receivables/invoice/${number}/paper/invoice.pdf?language=en-US`, false)).pages.join(
      '\n',
    )
    const rows = await site.admin.query<{ part: string }>(
      `select to_char(v, 'FM999,999,990.00') as part from receivables.invoice i cross join lateral (
         select i.net as v union all select i.total union all select amount from receivables.tax_line t where t.invoice_id = i.id union all select net from receivables.invoice_line l where l.invoice_id = i.id) x
       where i.company_id = $1 and i.number = $2`,
      [first?.id, number],
    )
    expect(rows.rows.length).toBeGreaterThan(3)
    for (const part of ['Invoice', number, 'IBAN US00 1234', ...rows.rows.map((row) => row.part)])
      expect(text).toContain(part)
  })

  test('a credit note says what it corrects', async () => {
    const number = await bill('credit-note')
    const text = (
      await pdfOf(`/api/receivables/credit-note/${number}/paper/credit-note.pdf?language=de`, false)
    ).pages.join('\n')
    for (const part of ['Gutschrift', number, 'Zu Rechnung']) expect(text).toContain(part)
    expect((await fetchPaper(`/api/receivables/invoice/${number}/paper/invoice.pdf`)).status).toBe(404)
  })

  test('over several pages the sum is carried from each to the next', async () => {
    const number = await bill('invoice')
    await site.admin.query('begin')
    await site.admin.query(
      `insert into receivables.invoice_line (company_id, id, invoice_id, line, item_id, description, kind, quantity, unit, price, net, tax_code, tax_rate)
       select l.company_id, gen_random_uuid(), l.invoice_id, 1000 + g, l.item_id, 'Line ' || g, l.kind, 1, l.unit, 10.01, 10.01, l.tax_code, l.tax_rate
         from receivables.invoice i join receivables.invoice_line l on l.invoice_id = i.id and l.line = 1 cross join generate_series(1, 90) g where i.company_id = $1 and i.number = $2`,
      [first?.id, number],
    )
    await site.admin.query('commit')
    const { pages } = await pdfOf(`/api/receivables/invoice/${number}/paper/invoice.pdf?language=en-US`, false)
    expect(pages.length).toBeGreaterThan(2)
    const amounts = await site.admin.query<{ net: string }>(
      'select l.net::text from receivables.invoice_line l join receivables.invoice i on i.id = l.invoice_id where i.company_id = $1 and i.number = $2 order by l.line',
      [first?.id, number],
    )
    const cents = amounts.rows.map((row) => BigInt(Math.trunc(Number(row.net) * 100 + 0.5)))
    const seen = pages.slice(0, -1).map((page, at) => {
      const carried = /Carried forward: USD\s([\d,.]+)/.exec(page)?.[1] ?? ''
      const brought = /Brought forward: USD\s([\d,.]+)/.exec(pages[at + 1] ?? '')?.[1] ?? ''
      expect(brought).toBe(carried)
      return BigInt(carried.replace(/\D/g, ''))
    })
    // Each carried sum is the sum of the first so many lines, and they grow.
    let sum = 0n
    const sums = cents.map((one) => (sum += one))
    for (const one of seen) expect(sums).toContain(one)
    expect(seen).toEqual([...seen].sort((a, b) => (a < b ? -1 : 1)))
    expect(pages.at(-1)).not.toContain('Carried forward')
  })
})

describe('strict', () => {
  test('a text is text on every paper, whatever it holds', async () => {
    const number = await shipmentIn('picked').then((one) => one ?? shipmentIn('released'))
    const order = await value<string>('select order_id from warehouse.shipment where company_id = $1 and number = $2', [
      first?.id,
      number,
    ])
    await papers({ ...ALPHA_PAPERS, address: [CANARY], bank: [CANARY], taxId: CANARY.slice(0, 60) })
    await site.admin.query('update sales.orders set customer_reference = $2 where id = $1', [order, CANARY])
    await site.admin.query(
      'update company.warehouse set name = $2 where id = (select warehouse_id from sales.orders where id = $1)',
      [order, CANARY],
    )
    await site.admin.query(
      'update catalog.item set name = $2 where id in (select item_id from sales.order_line where order_id = $1)',
      [order, CANARY],
    )
    await site.admin.query(
      'update party.ship_to set name = $2, street = $2, receiving_note = $2 where id = (select ship_to_id from sales.orders where id = $1)',
      [order, CANARY],
    )
    const wanted = CANARY.replace(/\s+/g, '')
    for (const paper of ['pick-list', 'packing-slip', 'label'])
      expect(flat((await pdfOf(`/api/warehouse/shipment/${number}/paper/${paper}.pdf`, false)).pages), paper).toContain(
        wanted,
      )
    const zpl = await (await fetchPaper(`/api/warehouse/shipment/${number}/paper/label.zpl`)).text()
    expect(zpl.match(/\^XA/g)).toHaveLength(zpl.match(/\^XZ/g)?.length ?? 0)
    expect(zpl).not.toContain('~JR')
    expect(zpl).toContain('_5EXA_7EJR')
    const [drawn] = await readZpl(zpl)
    expect(await readBars(drawn ?? new Uint8Array())).toEqual([
      { format: 'Code128', text: `00${sscc('4012345', number, 1)}`, gs1: true },
    ])
    await papers(ALPHA_PAPERS)
  })

  test('who may not read the document gets no paper of it', async () => {
    const number = await shipmentIn('shipped')
    const paths = ['pick-list.pdf', 'packing-slip.pdf', 'label.pdf', 'label.zpl'].map(
      (one) => `/api/warehouse/shipment/${number}/paper/${one}`,
    )
    for (const path of [...paths, `/api/receivables/invoice/${await bill('invoice')}/paper/invoice.pdf`]) {
      expect((await fetch(site.origin + path)).status, path).toBe(401)
      expect([403, 404], path).toContain((await fetchPaper(`${path}?company=${first?.code}`, other)).status)
    }
  })

  test('settings that cannot be printed and a missing prefix are refused with what to do', async () => {
    const number = await shipmentIn('shipped')
    const path = `/api/warehouse/shipment/${number}/paper/label.pdf`
    const codeOf = async (given: object) => {
      await papers(given)
      const answer = await fetchPaper(path)
      return [answer.status, ((await answer.json()) as { code: string }).code]
    }
    expect(await codeOf({ address: 'not a list' })).toEqual([422, 'PAPER_SETTINGS_WRONG'])
    expect(await codeOf({ locale: 'no locale' })).toEqual([422, 'PAPER_SETTINGS_WRONG'])
    expect(await codeOf({})).toEqual([422, 'PREFIX_MISSING'])
    await papers(ALPHA_PAPERS)
    const cancelled = await shipmentIn('cancelled')
    const shown = cancelled ?? number
    if (!cancelled)
      await site.admin.query(
        `update warehouse.shipment set state = 'cancelled' where company_id = $1 and number = $2`,
        [first?.id, number],
      )
    const answer = await fetchPaper(`/api/warehouse/shipment/${shown}/paper/label.pdf`)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'PAPER_NOT_YET'])
  })
})
