// A file that cannot be replayed is refused whole, with a code and a sentence that says what to do.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSource, planReplay, ReplayRefusal, readControl } from '../../src/replay/index.ts'
import type { SourceRow } from '../../src/replay/read.ts'
import { buildSource } from '../../src/replay/source.ts'
import { rowsOf } from './rows.ts'

const PACKED = fileURLToPath(new URL('fixture.csv.xz', import.meta.url))
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradewright-replay-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function refusalOf(attempt: () => Promise<unknown>): Promise<ReplayRefusal> {
  const outcome = await attempt().catch((error: unknown) => error)
  if (outcome instanceof ReplayRefusal) {
    return outcome
  }
  throw new Error(`expected a refusal, found ${String(outcome)}`)
}

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('a file is refused when', () => {
  it.each<[string, string, string]>([
    ['it is empty', '', 'REPLAY_FILE_EMPTY'],
    ['it has only a header', `${HEADER}\n`, 'REPLAY_FILE_EMPTY'],
    ['its columns have other names', 'a,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8\n', 'REPLAY_HEADER_UNKNOWN'],
    ['a column is missing', `${HEADER.slice(0, -8)}\n1,2,3,4,5,6,7\n`, 'REPLAY_HEADER_UNKNOWN'],
    ['a row is too short', `${HEADER}\n1,2,3\n`, 'REPLAY_FILE_DAMAGED'],
    ['a quote is never closed', `${HEADER}\n1,2,"3,4,5,6,7,8\n`, 'REPLAY_FILE_DAMAGED'],
  ])('%s', async (_, content, code) => {
    const path = await fileWith('refused.csv', content)
    const refusal = await refusalOf(() => loadSource(path))
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(/(Give|Fetch) .+\.$/)
  })

  it('it is not there', async () => {
    const refusal = await refusalOf(() => loadSource(join(folder, 'nowhere.csv.xz')))
    expect(refusal.code).toBe('REPLAY_FILE_NOT_FOUND')
  })

  it('its compression is cut off or overwritten, and a whole file can be read afterwards', async () => {
    const whole = await readFile(PACKED)
    const cut = await fileWith('cut.csv.xz', whole.subarray(0, 400))
    const noise = await fileWith(
      'noise.csv.xz',
      whole.map((byte, index) => (index > 300 && index < 400 ? 0 : byte)),
    )
    expect((await refusalOf(() => loadSource(cut))).code).toBe('REPLAY_FILE_DAMAGED')
    expect((await refusalOf(() => loadSource(noise))).code).toBe('REPLAY_FILE_DAMAGED')
    expect((await loadSource(PACKED)).rows).toBe(30)
  })
})

describe('a row is refused when', () => {
  it.each<[string, Partial<SourceRow>]>([
    ['its quantity has a fraction', { quantity: '1.5' }],
    ['its quantity is a word', { quantity: 'many' }],
    ['its quantity is 10^9', { quantity: '1000000000' }],
    ['its quantity is 10^18', { quantity: '1000000000000000000' }],
    ['its price has seven decimals', { unitPrice: '0.0000001' }],
    ['its price is in exponents', { unitPrice: '1e3' }],
    ['its price is blank', { unitPrice: '' }],
    ['its day does not exist', { moment: '2012-02-30 09:00:00' }],
    ['its hour does not exist', { moment: '2012-02-03 24:00:00' }],
    ['its time is written otherwise', { moment: '3/2/2012 9:00' }],
    ['it has no invoice number', { invoice: '' }],
    ['it has no stock code', { code: '' }],
    ['it has no country', { country: '' }],
  ])('%s', async (_, fields) => {
    const refusal = await refusalOf(() => buildSource(rowsOf({ moment: '2012-01-01 09:00:00' }, fields)))
    expect(refusal.code).toBe('REPLAY_ROW_INVALID')
    expect(refusal.message).toMatch(/^Row 2 .+ Correct that row and replay again\.$/)
  })

  it('it is earlier than the row above it', async () => {
    const rows = rowsOf({ moment: '2012-01-03 09:00:00' }, { moment: '2012-01-03 08:59:59' })
    const refusal = await refusalOf(() => buildSource(rows))
    expect([refusal.code, refusal.details]).toEqual(['REPLAY_NOT_IN_TIME_ORDER', { row: 2 }])
  })
})

describe('a plan is refused when', () => {
  it.each<[string, Partial<SourceRow>]>([
    ['an invoice has two customers', { customer: '90002' }],
    ['an invoice has two countries', { country: 'France' }],
    ['an invoice goes over two days', { moment: '2012-01-04 09:00:00' }],
  ])('%s', async (_, fields) => {
    const source = await buildSource(rowsOf({}, fields))
    const refusal = await refusalOf(async () => planReplay(source))
    expect([refusal.code, refusal.details]).toEqual(['REPLAY_INVOICE_INCONSISTENT', { invoice: '800001', row: 2 }])
  })

  it.each<[string, Partial<SourceRow>]>([
    ['a cancellation has a positive quantity', { invoice: 'C800002' }],
    ['a cancellation has a quantity of zero', { invoice: 'C800002', quantity: '0' }],
    ['a cancellation has a negative price', { invoice: 'C800002', quantity: '-1', unitPrice: '-1' }],
    ['a sale has a quantity of zero', { invoice: '800002', quantity: '0' }],
    ['a negative sale has a price', { invoice: '800002', quantity: '-1', customer: '' }],
    ['a write-off names a customer', { invoice: '800002', quantity: '-1', unitPrice: '0' }],
    ['a service is written off', { invoice: '800002', code: 'POST', quantity: '-1', unitPrice: '0', customer: '' }],
  ])('%s, because no rule speaks for the line', async (_, fields) => {
    const source = await buildSource(rowsOf({}, fields))
    const refusal = await refusalOf(async () => planReplay(source))
    expect([refusal.code, refusal.details]).toEqual(['REPLAY_LINES_UNDECIDED', { lines: 1, firstRow: 2 }])
  })
})

describe('a control file is refused when', () => {
  it.each<[string, string]>([
    ['a column is missing', 'month,lines\n2012-01,3\n'],
    ['a month is no month', 'month,lines\nJanuary,3\n'],
    ['it has no header', '2012-01,24,12,3,150,120.791,-62,-155.29,2,11\n2012-02,5,2,2,22,61.83,-18,-60.50,2,3\n'],
  ])('%s', async (_, content) => {
    const path = await fileWith('control.csv', content)
    const refusal = await refusalOf(() => readControl(path))
    expect(refusal.code).toBe('REPLAY_CONTROL_INVALID')
    expect(refusal.message).toContain('Give one row per month with the columns month, lines, invoices')
  })
})
