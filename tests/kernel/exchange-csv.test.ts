// CSV comes in strictly and line by line, goes out harmlessly, and is the same after the round trip.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Column, type CsvOptions, type ExportRow, readCsv, type Source, writeCsv } from '#kernel/exchange'

/** Everything that comes, in a list. */
async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) {
    list.push(item)
  }
  return list
}

async function read(source: Source | string, options: CsvOptions = {}) {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  return await listOf(readCsv(bytes, options))
}

async function refused(source: Source | string, options: CsvOptions = {}) {
  return await read(source, options).then(
    () => 'not refused',
    (error: unknown) => error,
  )
}

/** The same bytes in pieces of the given sizes, over and over. */
async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

describe('reading', () => {
  test('rows come by column name with the line they begin on, across every kind of line end', async () => {
    const text = 'code,note\r\nA,"two\r\nlines"\nB,"x\ry"\r\rC,"say ""hi"""\r\n\r\nD,last'
    expect(await read(text)).toEqual([
      { line: 2, values: { code: 'A', note: 'two\r\nlines' }, problems: [] },
      { line: 4, values: { code: 'B', note: 'x\ry' }, problems: [] },
      { line: 7, values: { code: 'C', note: 'say "hi"' }, problems: [] },
      { line: 9, values: { code: 'D', note: 'last' }, problems: [] },
    ])
  })

  test.each([
    ['a,b\n1,2', ','],
    ['a;b\n1;2,5', ';'],
    ['a\tb\n1\t2', '\t'],
    ['"x,y";b\n1;2', ';'],
    ['only\n1', ','],
  ])('the separator of %j is found', async (text, delimiter) => {
    expect(await read(text)).toEqual(
      await read(text, { delimiter: delimiter === ';' ? ';' : delimiter === '\t' ? '\t' : ',' }),
    )
    expect((await read(text))[0]?.problems).toEqual([])
  })

  test('a first row with two separators is not guessed at', async () => {
    expect(await refused('a,b;c\n1,2;3')).toMatchObject({ code: 'CSV_DELIMITER_UNCLEAR' })
    expect(await read('a,b;c\n1,2;3', { delimiter: ';' })).toMatchObject([{ values: { 'a,b': '1,2', c: '3' } }])
  })

  test('UTF-8 and both kinds of UTF-16 read the same, however the bytes arrive', async () => {
    const text = 'naïve,日本\nžluťoučký,😀\n"a\r\nb",ñ\n'
    const little = Buffer.from(`\ufeff${text}`, 'utf16le')
    const forms = [Buffer.from(text), Buffer.from(`\ufeff${text}`), little, Buffer.from(little).swap16()]
    const expected = await read(text)
    expect(expected.map(({ line }) => line)).toEqual([2, 3])
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (bytes, sizes) => {
          expect(await read(inPieces(bytes, sizes))).toEqual(expected)
        },
      ),
    )
  })

  test('Windows-1252 is read when somebody says that the file is so, and never by itself', async () => {
    const name = Buffer.from('M\xfcller \x96 Stra\xdfe; \x80 5 \x84gut\x93\n', 'latin1')
    const bytes = Buffer.concat([Buffer.from('code;name\r\nC1;"'), name.subarray(0, -1), Buffer.from('"\r\n')])
    expect(await refused(bytes)).toMatchObject({ code: 'FILE_ENCODING', detail: { line: 2 } })
    const [record] = await read(inPieces(bytes, [1, 7, 3]), { encoding: 'windows-1252' })
    expect(record?.values).toEqual({ code: 'C1', name: 'Müller – Straße; € 5 „gut“' })
    // Five bytes mean nothing in it, and a file that has one is another file.
    const other = Buffer.concat([Buffer.from('code;name\nC1;a\nC2;'), Buffer.from([0x81]), Buffer.from('\n')])
    await expect(read(other, { encoding: 'windows-1252' })).rejects.toMatchObject({
      code: 'FILE_ENCODING',
      detail: { line: 3 },
    })
  })

  test('a file is read from its path, and released when the reader stops early', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exchange-'))
    const path = join(folder, 'items.csv')
    await writeFile(path, `code\n${'x\n'.repeat(50_000)}`)
    let seen = 0
    for await (const record of readCsv(path)) {
      seen = record.line
      if (seen === 10) {
        break
      }
    }
    expect(seen).toBe(10)
    await rm(folder, { recursive: true })
    const missing = await listOf(readCsv(path)).catch((error: unknown) => error)
    expect(missing).toMatchObject({ code: 'ENOENT' })
  })

  test('columns named like parts of the language are only columns', async () => {
    const [record] = await read('__proto__,constructor\n1,2')
    expect(Object.entries(record?.values ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })
})

describe('faults of the file end the reading and name the line', () => {
  const body = 'a,b\n'.repeat(30_000)

  test.each([
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(`${body}x,`), Buffer.from([0xe9]), Buffer.from(',y\n')]),
      'FILE_ENCODING',
      30_001,
    ],
    [
      'a character cut off at the end',
      Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xe2, 0x82])]),
      'FILE_ENCODING',
      2,
    ],
    ['half a surrogate pair', Buffer.from('\ufeffa\n\ud83dx\n', 'utf16le'), 'FILE_ENCODING', 2],
    [
      'an odd byte of UTF-16',
      Buffer.concat([Buffer.from('\ufeffa\nb', 'utf16le'), Buffer.from([65])]),
      'FILE_ENCODING',
      2,
    ],
    ['a zero character', Buffer.from(`${body}x\0,y\n`), 'FILE_NUL', 30_001],
    ['UTF-16 without its mark', Buffer.from('a,b\n1,2\n', 'utf16le'), 'FILE_NUL', 1],
    ['a quote inside a bare cell', Buffer.from('a,b\n1,"2\n3"\n4,x"y\n'), 'CSV_QUOTES', 4],
    ['text after a closing quote', Buffer.from('a,b\n"1"2,3\n'), 'CSV_QUOTES', 2],
    ['a quote that is never closed', Buffer.from('a,b\n1,2\n"3,4\n'), 'CSV_QUOTES', 3],
    ['a row without an end', Buffer.from(`a,b\n1,2\n"${'x'.repeat(5_000_000)}`), 'CSV_ROW_TOO_LONG', 3],
  ])('%s', async (_, bytes, code, line) => {
    expect(await refused(bytes)).toMatchObject({ name: 'Refusal', code, detail: { line } })
  })

  test.each([
    ['', 'FILE_EMPTY'],
    ['\n\r\n\n', 'FILE_EMPTY'],
    ['a,,c\n1,2,3', 'FILE_HEADER_INVALID'],
    ['a,b, a \n1,2,3', 'FILE_HEADER_INVALID'],
  ])('%j', async (text, code) => {
    expect(await refused(text)).toMatchObject({ name: 'Refusal', code })
  })
})

describe('faults of a row are told with the row', () => {
  test('too many or too few cells, and a cell that is too long', async () => {
    const records = await read('a,b\n1\n1,2,3\n1,12345\n1,2', { cellMax: 4 })
    expect(records.map(({ line, problems }) => [line, problems.map(({ code, column }) => [code, column])])).toEqual([
      [2, [['COLUMN_COUNT_WRONG', undefined]]],
      [3, [['COLUMN_COUNT_WRONG', undefined]]],
      [4, [['CELL_TOO_LONG', 'b']]],
      [5, []],
    ])
  })
})

describe('writing', () => {
  const columns: Column[] = [
    { name: 'code' },
    { name: '=note' },
    { name: 'amount', kind: 'number' },
    { name: 'day', kind: 'date' },
  ]

  test('ASVS 1.2.10: text cannot run as a formula, and a number stays a number', async () => {
    const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "'=1", '＝1', '=cmd|x']
    const rows = dangerous.map((note) => ({ code: 'x', '=note': note, amount: '-5.50', day: '2026-02-28' }))
    const text = (await buffer(writeCsv(columns, rows))).toString()
    const [, ...written] = text
      .replace(/^\ufeff/, '')
      .split('\r\n')
      .slice(0, -1)
    expect(written).toHaveLength(dangerous.length)
    for (const line of written) {
      expect(line).toMatch(/^x,"?'/)
      expect(line).toMatch(/,-5\.50,2026-02-28$/)
    }
    expect((await read(text)).map(({ values }) => values['=note'])).toEqual(dangerous)
  })

  test('import of an export is the original, for any text and every separator', async () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...`='+-@"\t\r\n,; a`) }))
    const row = fc.record({
      code: fc.constantFrom('A', 'B'),
      '=note': cell.map((text) => text.replaceAll('\0', '')),
      amount: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
      day: fc.constantFrom('2024-02-29', '1800-01-01', ''),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(row),
        fc.constantFrom(',' as const, ';' as const, '\t' as const),
        async (rows, delimiter) => {
          const bytes = await buffer(writeCsv(columns, rows, delimiter))
          const records = await read(bytes)
          expect(records.map(({ values }) => ({ ...values }))).toEqual(rows)
          expect(records.flatMap(({ problems }) => problems)).toEqual([])
        },
      ),
    )
  })

  test('null is written as an empty cell, and a value of the wrong kind ends the stream with its refusal', async () => {
    const rows: ExportRow[] = [{ code: 'x', '=note': null, amount: null, day: null }]
    expect((await buffer(writeCsv(columns, rows))).toString()).toMatch(/\r\nx,,,\r\n$/)
    await expect(buffer(writeCsv(columns, [{ code: 'x', amount: '=1' }]))).rejects.toMatchObject({
      code: 'DECIMAL_INVALID',
    })
    await expect(buffer(writeCsv(columns, [{ code: 'x', day: '=1' }]))).rejects.toMatchObject({ code: 'DATE_INVALID' })
  })
})

describe('memory', () => {
  test('an endless file is read only as far as its rows are taken', async () => {
    let pieces = 0
    async function* endless() {
      yield Buffer.from('code,note\n')
      for (;;) {
        pieces += 1
        yield Buffer.from('x,some text\n'.repeat(1000))
      }
    }
    let rows = 0
    for await (const record of readCsv(endless())) {
      rows += record.problems.length === 0 ? 1 : 0
      if (rows === 20_000) {
        break
      }
    }
    expect(rows).toBe(20_000)
    expect(pieces).toBeGreaterThanOrEqual(20)
    expect(pieces).toBeLessThan(60)
  })

  test('an endless export makes only as many rows as are read', async () => {
    let made = 0
    function* endless() {
      for (;;) {
        made += 1
        yield { code: 'x'.repeat(100) }
      }
    }
    let bytes = 0
    for await (const piece of writeCsv([{ name: 'code' }], endless())) {
      bytes += piece.length
      if (bytes > 100_000) {
        break
      }
    }
    expect(made).toBeGreaterThan(900)
    expect(made).toBeLessThan(5000)
  })
})
