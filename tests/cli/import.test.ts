// Files in and out through a real verb: every row accounted for, all or nothing unless told otherwise, never twice.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Command } from '#kernel/command'
import { receiptOf } from '#kernel/exchange'
import { type Loaded, load } from '../../src/cli/import-load.ts'
import { readDocuments } from '../../src/cli/import-read.ts'
import { create as createBranch } from '../../src/modules/company/branch/create.ts'
import { create as createTerm } from '../../src/modules/party/term/create.ts'
import { testDatabase } from '../support/database.ts'
import { contextOf, layCompanies } from '../support/world.ts'
import { clear, folder } from './support.ts'

const { admin, kernel } = await testDatabase()
await layCompanies(admin)
await admin.query(`select kernel.open_month('2026-03-02')`)
afterAll(clear)

const context = contextOf({ channel: 'import' })

async function importing(
  text: string,
  mode: 'dry-run' | 'all-or-nothing' | 'skip-bad',
  command: Command = createTerm,
): Promise<Loaded> {
  const file = join(await folder(), 'file.csv')
  writeFileSync(file, text)
  const read = await readDocuments(file, command, {
    seed: `1 ${command.verb.may}`,
    ignored: ['remark'],
    progress: () => undefined,
  })
  const loaded = await load({ kernel, context, command, read, mode, progress: () => undefined })
  receiptOf(loaded.receipt)
  return loaded
}
const terms = async () =>
  (
    await admin.query<{ code: string; due_days: number; end_of_month: boolean }>(
      `select code, due_days, end_of_month from party.term where code like 'X%' order by code`,
    )
  ).rows
const codes = ({ receipt }: Loaded) => receipt.rejected.map((one) => [one.line, one.code])

const GOOD = 'code,name,dueDays,endOfMonth,remark\nX1,"Ten, net",10,,a\nX2,End of month,0,true,b\n'

test('good rows are loaded through the verb, typed by its schema, and a second run of the same file does nothing', async () => {
  const first = await importing(GOOD, 'all-or-nothing')
  expect([first.receipt.rowsIn, first.receipt.loaded, first.already]).toEqual([2, 2, 0])
  expect(await terms()).toEqual([
    { code: 'X1', due_days: 10, end_of_month: false },
    { code: 'X2', due_days: 0, end_of_month: true },
  ])
  const audited = async () => (await admin.query('select count(*)::int as n from kernel.audit')).rows[0]?.n
  const before = await audited()
  expect(before).toBe(2)
  const second = await importing(GOOD, 'all-or-nothing')
  expect([second.receipt.rowsIn, second.receipt.loaded, second.already]).toEqual([2, 2, 2])
  expect(await audited()).toBe(before)
})

test('a file of an older program is read as somebody says, and shows by which letters he can tell', async () => {
  const file = join(await folder(), 'alt.csv')
  writeFileSync(file, Buffer.from('code,name\nU1,Z\xfcrich\nU2,plain\nU3,Z\xfcrich\nU4,\x8a\xe9\n', 'latin1'))
  const options = { seed: '1', ignored: [], progress: () => undefined }
  await expect(readDocuments(file, createTerm, options)).rejects.toMatchObject({ code: 'FILE_ENCODING' })
  const read = await readDocuments(file, createTerm, { ...options, encoding: 'windows-1252' })
  expect(read.samples).toEqual(['Zürich', 'Šé'])
  expect(read.rowsIn).toBe(4)
  // What is certain asks nobody to look.
  const utf8 = join(await folder(), 'neu.csv')
  writeFileSync(utf8, 'code,name\nU1,Zürich\n')
  expect((await readDocuments(utf8, createTerm, options)).samples).toBeUndefined()
})

test('every bad row is named with its line and column, and without --skip-bad nothing is loaded', async () => {
  const file = 'code,name,dueDays\nX5,Five,5\nX6,,6\nX7,Seven,many\nX8,Eight\nX1,There already,5\n*,Star,1\n'
  const before = await terms()
  const refused = await importing(file, 'all-or-nothing')
  expect(refused.receipt.loaded).toBe(0)
  expect(refused.receipt.rejected.map(({ line, column, code }) => [line, column, code])).toEqual([
    [2, undefined, 'HELD_BACK'],
    [3, 'name', 'INPUT_INVALID'],
    [4, 'dueDays', 'INPUT_INVALID'],
    [5, undefined, 'COLUMN_COUNT_WRONG'],
    [6, undefined, 'CODE_TAKEN'],
    [7, 'code', 'INPUT_INVALID'],
  ])
  expect(await terms()).toEqual(before)
  const skipped = await importing(file, 'skip-bad')
  expect([skipped.receipt.rowsIn, skipped.receipt.loaded, skipped.heldBack]).toEqual([6, 1, 0])
  expect((await terms()).map((one) => one.code)).toEqual(['X1', 'X2', 'X5'])
  // The corrected rest does not touch what is there; the same file again finds its good row loaded.
  expect((await importing(file, 'skip-bad')).already).toBe(1)
})

test('a dry run says what would happen and changes nothing', async () => {
  const before = await terms()
  const tried = await importing('code,name\nX20,Twenty\nX1,There already\n', 'dry-run')
  expect([tried.receipt.loaded, tried.wouldLoad]).toEqual([0, 1])
  expect(codes(tried)).toEqual([
    [2, 'HELD_BACK'],
    [3, 'CODE_TAKEN'],
  ])
  expect(await terms()).toEqual(before)
})

test('unknown columns and unreadable files are refused before anything is read', async () => {
  await expect(importing('code,nmae\nX30,Thirty\n', 'all-or-nothing')).rejects.toMatchObject({
    code: 'IMPORT_COLUMNS',
    message: expect.stringContaining('nmae'),
  })
  await expect(
    readDocuments(join(await folder(), 'none.csv'), createTerm, { seed: '', ignored: [], progress: () => undefined }),
  ).rejects.toMatchObject({ code: 'IMPORT_FILE' })
})

describe('row 80,001 of 100,000 is bad', () => {
  const rows = (bad: string) =>
    Array.from({ length: 100_000 }, (_, n) => (n === 80_000 ? bad : `B${n}`)).map((code) => `${code},Branch`)
  const file = (bad: string) => `code,name\n${rows(bad).join('\n')}\n`
  const count = async () => (await admin.query('select count(*)::int as n from company.branch')).rows[0]?.n
  const balanced = ({ receipt }: Loaded) =>
    expect(receipt.rowsIn).toBe(receipt.loaded + new Set(receipt.rejected.map((one) => one.line)).size)
  const culprits = (loaded: Loaded) => codes(loaded).filter(([, code]) => code !== 'HELD_BACK')

  test('MIG-04 the database refuses it: it is named in a dry run and in earnest, and not a row is loaded', async () => {
    await admin.query(
      `insert into company.branch (company_id, id, code, name) values (1, gen_random_uuid(), 'W1', 'There already')`,
    )
    for (const mode of ['dry-run', 'all-or-nothing'] as const) {
      const refused = await importing(file('W1'), mode, createBranch)
      balanced(refused)
      expect(culprits(refused)).toEqual([[80_002, 'CODE_TAKEN']])
      expect([refused.receipt.rowsIn, refused.receipt.loaded, await count()]).toEqual([100_000, 0, 1])
    }
  }, 240_000)

  test('MIG-04 the file itself says something twice, 80,000 rows apart: nothing is loaded', async () => {
    const refused = await importing(file('B17'), 'all-or-nothing', createBranch)
    balanced(refused)
    expect(culprits(refused)).toEqual([[80_002, 'ROW_TWICE']])
    expect(refused.receipt.rejected.find((one) => one.line === 80_002)?.message).toMatch(/line 19 .*B17/)
    expect([refused.receipt.loaded, await count()]).toEqual([0, 1])
  }, 240_000)

  test('MIG-05 with --skip-bad all others are loaded, once, and the planner learns of them', async () => {
    const skipped = await importing(file('W1'), 'skip-bad', createBranch)
    balanced(skipped)
    expect([skipped.receipt.loaded, culprits(skipped), await count()]).toEqual([
      99_999,
      [[80_002, 'CODE_TAKEN']],
      100_000,
    ])
    const { rows: known } = await admin.query(
      `select c.reltuples::int as n from pg_class c where c.oid = 'company.branch'::regclass`,
    )
    expect(known[0]?.n).toBeGreaterThan(99_000)
    const again = await importing(file('W1'), 'skip-bad', createBranch)
    expect([again.already, await count()]).toEqual([99_999, 100_000])
  }, 240_000)
})

test('lines stand below their document, and a document with a bad line is rejected whole', async () => {
  const { T } = await import('#kernel/schema')
  const command = {
    ...createTerm,
    input: T.object({ code: T.code(), lines: T.list(T.object({ item: T.code(), quantity: T.quantity() }), 100) }),
  }
  const file = join(await folder(), 'lines.csv')
  writeFileSync(file, 'code,lines.item,lines.quantity\nO1,A,1\n,B,2\nO2,A,one\n,B,2\n,,\n')
  const read = await readDocuments(file, command, { seed: '', ignored: [], progress: () => undefined })
  expect(read.candidates.map(({ lines, input }) => [lines, input])).toEqual([
    [
      [2, 3],
      {
        code: 'O1',
        lines: [
          { item: 'A', quantity: '1' },
          { item: 'B', quantity: '2' },
        ],
      },
    ],
  ])
  expect(read.rejected.map(({ line, column, code }) => [line, column, code])).toEqual([
    [4, 'lines.quantity', 'INPUT_INVALID'],
    [5, undefined, 'DOCUMENT_REJECTED'],
  ])
  expect(read.rowsIn).toBe(4)
  expect(readFileSync(file, 'utf8').split('\n').length).toBe(7)
})
