// A workbook that is sent comes back as rows of exact text; one that is broken, dangerous or too large is refused with what to do.
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zipStored } from '#kernel/exchange/zip'
import { day, error, formula, number, workbook } from '../support/workbook.ts'
import { desk } from './support/desk.ts'
import { startSite } from './support/site.ts'

const site = await startSite([desk])
const clerk = await site.machine(['desk.note.read'])

const send = (bytes: Buffer, sheet?: string) =>
  clerk.client.post('/api/sheet', { file: bytes.toString('base64'), ...(sheet === undefined ? {} : { sheet }) })

const BOOK = workbook([
  { name: 'Archive', hidden: true, rows: [['old']] },
  {
    name: 'Orders & more',
    rows: [
      ['Customer', 'Quantity', 'Wanted on', 'Price'],
      [],
      ['C-1', number('33.600000000000001'), day('46023'), formula('B3*2', '67.2')],
      ['   ', '', '', ''],
      ["'=cmd", number('1E-3'), day('1E+300'), formula('NOW()')],
      ['C-3', error('#N/A'), '31.12.2026', '1.234,50'],
    ],
  },
  { name: 'Second', rows: [['a'], ['b']] },
])

test('The first visible sheet comes by itself: numbers, days and results as exact text, with the rows they stand in', async () => {
  const answer = await send(BOOK)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body).toEqual({
    sheets: ['Orders & more', 'Second'],
    sheet: 'Orders & more',
    rows: [
      { line: 1, cells: ['Customer', 'Quantity', 'Wanted on', 'Price'] },
      { line: 3, cells: ['C-1', '33.6', '2026-01-01', '67.2'] },
      { line: 5, cells: ['=cmd', '0.001', '#DATE', '#FORMULA'] },
      { line: 6, cells: ['C-3', '#N/A', '31.12.2026', '1.234,50'] },
    ],
  })
})

test('A sheet is had by its name, and one that is not there is refused', async () => {
  expect((await send(BOOK, 'Second')).body).toMatchObject({ sheet: 'Second', rows: [{ line: 1 }, { line: 2 }] })
  const none = await send(BOOK, 'Third')
  expect(none.status).toBe(400)
  expect(none.body).toMatchObject({ code: 'XLSX_SHEET_UNKNOWN', parameters: { sheet: 'Third' } })
})

/** A sheet of 30 million zeros in a few kilobytes, of which the directory says that it holds a thousand. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(30_000_000), { level: 9 })
  const archive = zipStored([{ name: 'xl/worksheets/sheet1.xml', data: packed }])
  const central = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  for (const [at, shift] of [
    [0, 0],
    [central, 2],
  ] as const) {
    archive.writeUInt16LE(8, at + 8 + shift)
    archive.writeUInt32LE(1_000, at + 22 + shift)
  }
  return archive
}

test('SEC-09: what is no workbook, holds too much or hides something is refused before it is read', async () => {
  const wide = workbook([{ name: 'a', rows: [...Array.from({ length: 30_000 }, () => []), Array(26).fill('x')] }])
  const declared = zipStored([{ name: 'xl/workbook.xml', data: Buffer.from('<!DOCTYPE x [<!ENTITY a "aa">]><x/>') }])
  for (const [what, bytes, code] of [
    ['text', Buffer.from('a,b\n1,2\n'), 'XLSX_INVALID'],
    ['half a workbook', BOOK.subarray(0, BOOK.length / 2), 'XLSX_INVALID'],
    ['nothing', Buffer.alloc(0), 'XLSX_INVALID'],
    ['an entity', declared, 'XLSX_INVALID'],
    ['only hidden sheets', workbook([{ name: 'a', hidden: true, rows: [['x']] }]), 'XLSX_INVALID'],
    ['more cells than a screen takes', wide, 'XLSX_TOO_LARGE'],
    ['a small file out of which much comes', bomb(), 'XLSX_TOO_LARGE'],
  ] as const) {
    const answer = await send(bytes)
    expect([what, answer.status, answer.body.code]).toEqual([what, 400, code])
  }
})

test('SEC-01: nobody reads a file here without having signed in, and what is no base64 is no file', async () => {
  expect((await site.anybody('/api/sheet', { method: 'POST', body: '{}' })).status).toBe(401)
  const answer = await clerk.client.post('/api/sheet', { file: 'no base64!' })
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ code: 'INPUT_INVALID' })
})
