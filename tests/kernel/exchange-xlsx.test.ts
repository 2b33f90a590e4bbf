// XLSX comes in under limits and as exact text, goes out harmlessly, and is the same after the round trip.

import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Column, readXlsx, writeXlsx } from '#kernel/exchange'
import { unzip, type ZipEntry, zipStored } from '#kernel/exchange/zip'

const columns: Column[] = [
  { name: 'code' },
  { name: 'note' },
  { name: 'amount', kind: 'number' },
  { name: 'day', kind: 'date' },
]
const SHEET = 'xl/worksheets/sheet1.xml'

/** Everything that comes, in a list. */
async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) {
    list.push(item)
  }
  return list
}

async function read(bytes: Buffer, sheet?: string) {
  return await listOf(readXlsx(bytes, sheet === undefined ? {} : { sheet }))
}

/** The files of a workbook that our writer made. */
async function entriesOf(workbook: Buffer): Promise<ZipEntry[]> {
  const entries = unzip(workbook, { bytesMax: 10_000_000, wanted: () => true })
  if (typeof entries === 'string') {
    throw new Error(`our own workbook is ${entries}`)
  }
  return entries
}

/** A workbook whose only sheet has this content. */
async function withSheet(sheetData: string): Promise<Buffer> {
  const entries = await entriesOf(await writeXlsx([{ name: 'a' }], []))
  const xml = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheetData}</sheetData></worksheet>`
  return zipStored(entries.map((entry) => (entry.name === SHEET ? { ...entry, data: Buffer.from(xml) } : entry)))
}

/** The same archive with one file replaced by packed bytes that unpack to `size` zeros, and a directory that lies. */
function bomb(size: number, claimed: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(size), { level: 9 })
  const archive = zipStored([{ name: SHEET, data: packed }])
  const central = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  for (const at of [0, central]) {
    const shift = at === 0 ? 0 : 2
    archive.writeUInt16LE(8, at + 8 + shift)
    archive.writeUInt32LE(claimed, at + 22 + shift)
  }
  return archive
}

describe('round trip', () => {
  test('import of an export is the original, for any text', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...`='+-@_x0041_\t\r\n \u0001<&>`) }),
    )
    const row = fc.record({
      code: fc.constantFrom('A', 'B'),
      note: text,
      amount: fc
        .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.constantFrom('', '.5', '.000001'))
        .map(([whole, fraction]) => `${whole}${fraction}`),
      day: fc.constantFrom('2024-02-29', '1800-01-01', '1900-02-28', '1900-03-01', '9999-12-31', ''),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const records = await read(await writeXlsx(columns, rows))
        expect(records.map(({ values }) => ({ ...values }))).toEqual(rows)
      }),
      { numRuns: 150 },
    )
  })

  test('texts that are names of the language are texts like any other', async () => {
    const notes = Object.getOwnPropertyNames(Object.prototype)
    const rows = notes.map((note) => ({ code: note, note }))
    expect(notes).toContain('valueOf')
    expect((await read(await writeXlsx(columns, rows))).map(({ values }) => values.note)).toEqual(notes)
  })

  test('ASVS 1.2.10: formula-like text is a guarded text cell, and a number of up to 15 digits is a number cell', async () => {
    const workbook = await writeXlsx(columns, [
      { code: '=1+1', note: '-5', amount: '-5.50', day: '2026-02-28' },
      { code: 'x', note: '', amount: '1234567890123456.7', day: null },
    ])
    const entries = await entriesOf(workbook)
    const xml = (name: string) => entries.find((entry) => entry.name === name)?.data.toString() ?? ''
    expect(xml('xl/sharedStrings.xml')).toContain("'=1+1<")
    expect(xml('xl/sharedStrings.xml')).toContain("'-5<")
    expect(xml('xl/sharedStrings.xml')).toContain('1234567890123456.7<')
    expect(xml(SHEET)).toContain('<v>-5.5</v>')
    expect(xml(SHEET)).not.toContain('<f>')
    expect((await read(workbook)).map(({ values }) => values.amount)).toEqual(['-5.5', '1234567890123456.7'])
  })
})

describe('reading what others wrote', () => {
  test('numbers are the decimals that a spreadsheet shows, whatever binary fraction stands for them', async () => {
    const written = [
      '33.600000000000001',
      '0.30000000000000004',
      '1E-3',
      '-1.5E+3',
      '100',
      '0.1',
      '12345678901234567890',
      '1E+300',
    ]
    const cells = written.map((number, at) => `<row r="${at + 2}"><c r="A${at + 2}"><v>${number}</v></c></row>`)
    const book = await withSheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c></row>${cells.join('')}`)
    expect((await read(book)).map(({ values }) => values.n)).toEqual([
      '33.6',
      '0.3',
      '0.001',
      '-1500',
      '100',
      '0.1',
      '12345678901234600000',
      '1E+300',
    ])
  })

  test('an error cell stays visible, truth is a word, a gap keeps the row numbers', async () => {
    const book = await withSheet(
      '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="inlineStr"><is><t>b</t></is></c></row>' +
        '<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="B5" t="b"><v>1</v></c></row>',
    )
    expect(await read(book)).toEqual([{ line: 5, values: { a: '#N/A', b: 'true' }, problems: [] }])
  })

  test('a sheet is found by its name, and an unknown one is refused', async () => {
    const book = await writeXlsx([{ name: 'a' }], [{ a: '1' }], 'Items')
    expect(await read(book, 'Items')).toHaveLength(1)
    await expect(read(book, 'Nothing')).rejects.toMatchObject({ name: 'Refusal', code: 'XLSX_SHEET_UNKNOWN' })
  })
})

describe('dangerous files are refused before they are read', () => {
  const header = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('a,b\n1,2\n'.repeat(100))],
    ['a zip cut in half', zipStored([{ name: SHEET, data: Buffer.alloc(1000) }]).subarray(0, 500)],
    ['a zip without a workbook', zipStored([{ name: 'a.xml', data: Buffer.from('<a/>') }])],
    ['an entity declaration', zipStored([{ name: SHEET, data: Buffer.from('<!DOCTYPE x [<!ENTITY a "aa">]><x/>') }])],
  ])('%s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: 'Refusal', code: 'XLSX_INVALID' })
  })

  test('a zip bomb is refused by what comes out of it, not by what its directory claims', async () => {
    for (const claimed of [60 * 1024 * 1024, 1000]) {
      const archive = bomb(60 * 1024 * 1024, claimed)
      expect(archive.length).toBeLessThan(100_000)
      await expect(read(archive)).rejects.toMatchObject({ name: 'Refusal', code: 'XLSX_TOO_LARGE' })
    }
  })

  test.each([
    ['a far cell', `${header}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, 'XLSX_TOO_LARGE'],
    ['a far row alone', `${header}<row r="9999999"></row>`, 'XLSX_TOO_LARGE'],
    ['a row beyond all sheets', `${header}<row r="99999999999"></row>`, 'XLSX_INVALID'],
    ['an address in disguise', `${header}<row r="&#57;9999999"></row>`, 'XLSX_INVALID'],
    ['a quote that hides the address', `${header}<row x=">" r="999999999999"></row>`, 'XLSX_INVALID'],
  ])('%s', async (_, sheetData, code) => {
    await expect(read(await withSheet(sheetData))).rejects.toMatchObject({ name: 'Refusal', code })
  })

  test('an export stops at the rows that a workbook takes', async () => {
    function* many() {
      for (let count = 0; count <= 100_000; count += 1) {
        yield { code: 'x' }
      }
    }
    await expect(writeXlsx([{ name: 'code' }], many())).rejects.toMatchObject({ code: 'XLSX_TOO_MANY_ROWS' })
  })
})
