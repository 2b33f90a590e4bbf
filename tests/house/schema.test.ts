// The database is what the migrations make: snapshot, row types and pages agree, and every wall stands.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { generated } from '../../src/generate.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { ROOT } from './source.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})

describe('the schema', () => {
  test('schema.sql, row types and generated pages are what `npm run generate` writes', async () => {
    const stale: string[] = []
    for (const [path, text] of await generated(database.admin)) {
      const full = join(ROOT, path)
      if (!existsSync(full) || readFileSync(full, 'utf8') !== text) stale.push(path)
    }
    expect(stale).toEqual([])
  })

  test('SEC-02: every company table is under forced row-level security', async () => {
    const open = await database.admin.query(`select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
      join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname not like 'pg\\_%' and not (c.relrowsecurity and c.relforcerowsecurity)
      and c.oid::regclass::text not in ('kernel.audit_seal', 'access.role_grant')`)
    expect(open.rows.map((row) => row.name)).toEqual([])
  })

  test('company_id comes first in every primary key and unique constraint of company data', async () => {
    const bad = await database.admin.query(`select k.conname, k.conrelid::regclass::text as name from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'company_id' and a.attnotnull
      join pg_class c on c.oid = k.conrelid where k.contype in ('p', 'u') and not c.relispartition and k.conkey[1] <> a.attnum
        -- The sealed tree is one for the whole enterprise: its place in the tree is its key.
        and k.conrelid <> 'kernel.audit_seal'::regclass`)
    expect(bad.rows).toEqual([])
  })

  test('no partition can be reached past its parent', async () => {
    const reachable = await database.admin.query(`select c.oid::regclass::text as name from pg_class c where c.relispartition and has_table_privilege('tw_app', c.oid, 'select, insert, update, delete')`)
    expect(reachable.rows).toEqual([])
  })
})
