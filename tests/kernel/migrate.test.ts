// A database is brought up to date by the files that made it, and by no others: what does not fit is refused with its name.
import { expect, test } from 'vitest'
import { migrate, migrationStatus, migrations } from '#kernel/migrate'
import { Refusal } from '#kernel/refusal'
import { testDatabase } from '../support/database.ts'

const refusal = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'nothing refused',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

test('OPS-01 a database that is up to date stays as it is, and says so of every file', async () => {
  const { url } = await testDatabase()
  expect(await migrate(url)).toEqual([])
  const status = await migrationStatus(url)
  expect(status.length).toBe(migrations().length)
  expect(status.every((one) => one.applied_at !== null)).toBe(true)
})

test('OPS-01 a file that was changed since, and one that this version does not know, are refused', async () => {
  const { url, admin } = await testDatabase()
  const last = migrations().at(-1)
  await admin.query(`update tradewright.migration set sha = 'other' where id = $1`, [last?.id])
  expect(await refusal(migrate(url))).toBe('MIGRATION_CHANGED')
  await admin.query(`update tradewright.migration set sha = $2 where id = $1`, [last?.id, last?.sha])
  expect(await refusal(migrate(url))).toBe('nothing refused')
  await admin.query(`insert into tradewright.migration (id, sha) values ('9999_from_tomorrow', 'x')`)
  expect(await refusal(migrate(url))).toBe('MIGRATION_UNKNOWN')
})

test('OPS-01 a migration that fails is rolled back and named', async () => {
  const { url, admin } = await testDatabase()
  // Applied once more, the last file that makes something meets what it made itself; those behind it only replace.
  const last = migrations().findLast((one) => /^create (table|view) /m.test(one.text))
  await admin.query('delete from tradewright.migration where id >= $1', [last?.id])
  expect(await refusal(migrate(url))).toBe('MIGRATION_FAILED')
  const { rows } = await admin.query('select count(*)::int as count from tradewright.migration where id >= $1', [
    last?.id,
  ])
  expect(rows).toEqual([{ count: 0 }])
})
