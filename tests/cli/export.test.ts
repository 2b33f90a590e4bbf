// Out of the database into files: whole, harmless to open, and however long in the same memory.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv, readXlsx, type SourceRecord } from '#kernel/exchange'
import { demoDatabase } from '../support/demo-database.ts'
import { clear, folder, type Ran } from './support.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const database = await demoDatabase(new Date('2026-11-18T16:00:00Z'))
const { admin } = database
let home = ''
beforeAll(async () => {
  home = await folder()
}, 240_000)
afterAll(clear)

/** A command in a process of its own, with the most memory that it ever held, in megabytes. */
async function tradewright(...args: readonly string[]): Promise<Ran & { megabytes: number }> {
  const child = spawn(process.execPath, ['bin/run.js', 'tests/cli/in-child.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: database.url, TRADEWRIGHT_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece) => {
    said.out += String(piece)
  })
  child.stderr.on('data', (piece) => {
    said.err += String(piece)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const kilobytes = Number(/maxRSS (\d+)/.exec(said.err)?.[1] ?? Number.NaN)
  return { code, ...said, json: () => JSON.parse(said.out), megabytes: Math.round(kilobytes / 1024) }
}

async function read(file: string): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = []
  for await (const record of file.endsWith('.xlsx') ? readXlsx(file) : readCsv(file)) records.push(record)
  return records
}

const one = async (query: string): Promise<Record<string, string>> => (await admin.query(query)).rows[0] ?? {}

describe('export', () => {
  test('every document of a kind goes out once, to CSV and to XLSX alike, with codes for what it refers to', async () => {
    const files = [join(home, 'customers.csv'), join(home, 'customers.xlsx')] as const
    for (const file of files) {
      const ran = await tradewright('export', 'party.ship-to', file, '--company', 'ALPHA', '--json')
      expect([ran.code, ran.json()], ran.err).toMatchObject([0, { ok: true, company: 'ALPHA', file }])
      expect((await stat(file)).mode & 0o777).toBe(0o600)
    }
    const [csv, xlsx] = [await read(files[0]), await read(files[1])]
    const { n } = await one('select count(*)::int as n from party.ship_to where company_id = 1')
    expect(csv).toHaveLength(Number(n))
    expect(xlsx.map((record) => record.values)).toEqual(csv.map((record) => record.values))
    const codes = (await admin.query('select code from party.customer where company_id = 1')).rows.map(
      (row) => row.code,
    )
    expect(csv.every((record) => codes.includes(record.values.customer))).toBe(true)
    const ids = await tradewright('export', 'party.ship-to', '--company', 'ALPHA', '--ids')
    expect(/\n[0-9a-f]{8}-[0-9a-f]{4}-/.test(ids.out)).toBe(true)
  })

  test('orders go out with their lines below them, and the worth of the lines is that of the books', async () => {
    const file = join(home, 'orders.csv')
    const ran = await tradewright('export', 'sales.order', file, '--company', 'ALPHA', '--lines', '--json')
    expect(ran.code, ran.err).toBe(0)
    const records = await read(file)
    const sums = await one(`select count(*)::int as lines, count(distinct o.id)::int as orders, sum(l.net)::text as net
      from sales.orders o join sales.order_line l on l.company_id = o.company_id and l.order_id = o.id where o.company_id = 1`)
    expect(records.filter((record) => record.values.number !== '')).toHaveLength(Number(sums.orders))
    expect(records).toHaveLength(Number(sums.lines))
    const total = (await admin.query('select sum(x::numeric)::text as net from unnest($1::text[]) x', [
      records.map((record) => record.values['lines.net']),
    ])) as { rows: { net: string }[] }
    expect(total.rows[0]?.net).toBe(sums.net)
    const refused = await tradewright('export', 'party.term', file, '--company', 'ALPHA', '--lines', '--json')
    expect(refused.json()).toMatchObject({ ok: false, error: { code: 'OPTION_INVALID' } })
  })

  test('SEC-14 ASVS 1.2.10: a text that begins like a formula leaves as text and comes back as it was; -5 stays a number', async () => {
    const dangerous = ['=1+1', '+1', '-1', '@x', '\tx', "=cmd|' /C calc'!A0", '＝1', "'=1"]
    await admin.query(
      `insert into company.branch (company_id, id, code, name) select 2, gen_random_uuid(), 'F' || n, name from unnest($1::text[]) with ordinality as d (name, n)`,
      [dangerous],
    )
    for (const kind of ['csv', 'xlsx']) {
      const file = join(home, `branches.${kind}`)
      expect((await tradewright('export', 'company.branch', file, '--company', 'BETA')).code).toBe(0)
      const names = (await read(file)).map((record) => record.values.name)
      expect(names).toEqual(expect.arrayContaining(dangerous))
      if (kind === 'csv')
        for (const cell of readFileSync(file, 'utf8').split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+\-@\t＝]/)
    }
    const balances = await tradewright('report', 'trial-balance', '--company', 'ALPHA', '--csv')
    expect(/,-\d+(\.\d+)?\r\n/.test(balances.out)).toBe(true)
  })

  test('OPS-10: 200,000 rows take the memory of 2,000: they are written as they are read', async () => {
    const grow = (from: number, to: number) =>
      admin.query(`insert into company.branch (company_id, id, code, name)
        select 1, gen_random_uuid(), 'M' || n, 'Branch number ' || n || repeat(' and more', 10) from generate_series(${from}, ${to}) n`)
    await grow(1, 2_000)
    const small = await tradewright('export', 'company.branch', join(home, 'small.csv'), '--company', 'ALPHA', '--json')
    await grow(2_001, 200_000)
    const file = join(home, 'large.csv')
    const large = await tradewright('export', 'company.branch', file, '--company', 'ALPHA', '--json')
    expect([small.code, large.code]).toEqual([0, 0])
    expect(Number(large.json().rows)).toBeGreaterThanOrEqual(200_000)
    expect(Number(large.json().rows)).toBe(readFileSync(file, 'utf8').split('\r\n').length - 2)
    // All rows at once would be more than 150 MB of objects; a page of them is below ten.
    expect(large.megabytes - small.megabytes, `${small.megabytes} MB, then ${large.megabytes} MB`).toBeLessThan(80)
  }, 240_000)

  test('a file that cannot be written is said with what to do, and a workbook has an end', async () => {
    const nowhere = await tradewright(
      'export',
      'party.term',
      join(home, 'no', 'where.csv'),
      '--company',
      'ALPHA',
      '--json',
    )
    expect([nowhere.code, nowhere.json()]).toMatchObject([1, { error: { code: 'FILE_UNWRITABLE' } }])
    expect(nowhere.err).toContain('there is no such file or folder. Name a file')
    const other = join(home, 'terms.pdf')
    const pdf = await tradewright('export', 'party.term', other, '--company', 'ALPHA', '--json')
    expect([pdf.code, pdf.json(), existsSync(other)]).toMatchObject([1, { error: { code: 'FILE_KIND' } }, false])
    const long = await tradewright('export', 'company.branch', join(home, 'x.xlsx'), '--company', 'ALPHA', '--json')
    expect([long.code, long.json()]).toMatchObject([1, { error: { code: 'XLSX_TOO_MANY_ROWS' } }])
  }, 240_000)
})

describe('report', () => {
  test.each([
    ['trial-balance', ['--as-of', '2026-11-18'], 'account'],
    ['aged-receivables', ['--as-of', '2026-11-18'], 'customer'],
    ['stock', ['--as-of', '2026-11-18'], 'warehouse'],
    ['order-lines', ['--as-of', '2026-11-18'], 'order_id'],
  ])('%s as JSON, CSV and XLSX holds the same rows', async (name, asOf, column) => {
    const asked = ['report', name, '--company', 'ALPHA', ...asOf]
    const json = await tradewright(...asked, '--json')
    expect(json.code, json.err).toBe(0)
    const rows = json.json().rows as Record<string, string>[]
    expect(rows.length).toBeGreaterThan(5)
    const csv = join(home, `${name}.csv`)
    const xlsx = join(home, `${name}.xlsx`)
    for (const file of [csv, xlsx]) {
      const ran = await tradewright(...asked, '--file', file, '--json')
      expect(ran.json(), ran.err).toMatchObject({ ok: true, rows: rows.length, file })
      const records = await read(file)
      expect(records.map((record) => record.values[column])).toEqual(rows.map((row) => row[column] ?? ''))
    }
    expect((await tradewright(...asked, '--csv')).out).toBe(readFileSync(csv, 'utf8'))
  })

  test('as of an earlier day, the trial balance is what it was, and balances', async () => {
    const sum = async (day: string) => {
      const ran = await tradewright('report', 'trial-balance', '--company', 'ALPHA', '--as-of', day, '--json')
      const rows = ran.json().rows as { debit: string; credit: string; balance: string }[]
      const { rows: sums } = await admin.query(
        'select sum(d::numeric)::text as debit, sum(c::numeric)::text as credit, sum(b::numeric)::text as balance from unnest($1::text[], $2::text[], $3::text[]) x (d, c, b)',
        [rows.map((row) => row.debit), rows.map((row) => row.credit), rows.map((row) => row.balance)],
      )
      return sums[0] as { debit: string; credit: string; balance: string }
    }
    const [then, now] = [await sum('2026-09-30'), await sum('2026-11-18')]
    expect(Number(then.balance)).toBe(0)
    expect(Number(now.balance)).toBe(0)
    expect(Number(now.debit)).toBeGreaterThan(Number(then.debit))
  })

  test('somebody who reads slowly gets everything', async () => {
    const asked = ['report', 'order-lines', '--company', 'ALPHA', '--csv']
    // A pipe takes 64 KB, and the reader takes nothing for longer than the program gives to what still holds on. A child
    // whose output nobody here reads would be no reader: Node throws away what it left when it ended.
    const slowly = ['-c', '"$0" "$@" | (sleep 9; cat)', process.execPath, 'bin/tradewright.js', ...asked]
    const child = spawn('sh', slowly, {
      cwd: root,
      env: { ...process.env, DATABASE_URL: database.url, TRADEWRIGHT_HOME: home },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    for await (const piece of child.stdout) out += String(piece)
    expect(out.length).toBeGreaterThan(65_536)
    expect(out).toBe((await tradewright(...asked)).out)
  }, 60_000)

  test('a report that takes no day, and a wrong parameter, are said with what it takes', async () => {
    const no = await tradewright('report', 'sales.holds', '--company', 'ALPHA', '--as-of', '2026-01-01', '--json')
    expect(no.json()).toMatchObject({ error: { code: 'REPORT_PARAMETERS' } })
    const both = await tradewright('report', 'stock', '--company', 'ALPHA', '--csv', '--json')
    expect([both.code, both.json()]).toMatchObject([2, { error: { code: 'OPTION_INVALID' } }])
  })
})
