// The walls around an extension, on a real database: what it may do works, and what it may not is refused by the text, by the role, and by the installation.
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Sql, sql, transaction } from '#kernel/db'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { modules } from '../../../src/modules/index.ts'
import { asExtension, ownerOf, roleOf, type Walls } from '../../../src/rollout/extension/load/confine.ts'
import { installInto, isInstalled } from '../../../src/rollout/extension/load/install.ts'
import { type Loaded, loadExtension } from '../../../src/rollout/extension/load/load.ts'
import { readFolder } from '../../../src/rollout/extension/load/manifest.ts'
import { schemasOf } from '../../../src/rollout/extension/load/sql-text.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../../support/world.ts'
import { refusal } from '../governance/world.ts'
import { DOOR_TAGS, type Spoil, spoilt } from './spoilt.ts'

let database: TestDatabase
let doors: Loaded
const OWN = 'x_door_tags'
const HOUSE = '01890a5d-ac96-774b-bcce-b302099a8f01'
const HOUSE_OF_BETA = '01890a5d-ac96-774b-bcce-b302099a8f02'

const walls = (writes = true): Walls => ({
  code: 'door-tags',
  own: OWN,
  reads: new Set(['party.v_ship_to']),
  schemas: schemasOf(modules),
  writes,
})

beforeAll(async () => {
  database = await testDatabase()
  await layCompanies(database.admin)
  for (const [company, id] of [
    [ALPHA, HOUSE],
    [BETA, HOUSE_OF_BETA],
  ] as const) {
    await database.admin.query(
      `with p as (insert into party.party (id, code, name, normal_name, country, created_at, updated_at) values (gen_random_uuid(), 'P' || $1::int, 'Party', 'party', 'DE', now(), now()) returning id),
        c as (insert into party.customer (company_id, id, code, name, currency, term, created_at, updated_at) select $1::int, p.id, 'C' || $1::int, 'Party', 'EUR', (select code from party.term where company_id = $1::int limit 1), now(), now() from p returning id)
       insert into party.ship_to (company_id, id, customer_id, code, name, country) select $1::int, $2::uuid, c.id, 'MAIN', 'House', 'DE' from c`,
      [company, id],
    )
  }
  doors = await loadExtension(DOOR_TAGS, modules)
  await installInto(database.url, doors)
})

/** As the extension, in the company ALPHA; rolled back. The code of whatever refuses, or '-'. */
const tried = (statement: Sql, how: Partial<Walls> = {}): Promise<string> =>
  transaction(
    database.kernel.pool,
    { companies: [ALPHA] },
    (tx) => asExtension(tx, { ...walls(), ...how }, (own) => own.rows(statement)),
    { finish: 'rollback', retries: 0 },
  ).then(
    () => '-',
    (error: { code?: string }) => error.code ?? String(error),
  )

/** A statement that no check has read: the text as an attacker would hand it over. */
const raw = (text: string): Sql => ({ text: [text], values: [] })

/** Past the check of the text too: straight to PostgreSQL, as the role alone. */
async function asRole(text: string, role = roleOf(OWN)): Promise<string> {
  await database.admin.query('begin')
  try {
    await database.admin.query(`select set_config('tw.companies', '${ALPHA}', true)`)
    await database.admin.query(`set local role ${role}`)
    await database.admin.query(text)
    return '-'
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)
  } finally {
    await database.admin.query('rollback')
  }
}

const keep = (shipTo: string, companyId = ALPHA) => {
  const who = person('Doris', [...doors.module.commands.map((one) => one.verb.may), 'x-door-tags.tag.read'], {
    companyId: null,
  })
  const context = contextOf({ principal: who, companyId })
  const found = doors.module.commands.find((one) => one.verb.verb === 'keep')
  return found?.run(database.kernel, context, { input: [{ shipTo, door: 'Gate 7' }] })
}

describe('EXT-02 what is its own works', () => {
  test('EXT-02 a verb runs through the envelope: written, audited, seen by its own company only', async () => {
    await keep(HOUSE)
    const { n } = (
      await database.admin.query(`select count(*)::int as n from kernel.audit where document = 'x-door-tags.tag'`)
    ).rows[0]
    expect(n).toBe(1)
    const ask = (companyId: number) => {
      const who = person('Paul', ['x-door-tags.tag.read'], { companyId: null })
      return doors.module.queries[0]?.ask(database.kernel, contextOf({ principal: who, companyId }), {})
    }
    expect(await ask(ALPHA)).toEqual([{ number: 'TAG-00001', address: 'MAIN', city: null, door: 'Gate 7', hint: '' }])
    expect(await ask(BETA)).toEqual([])
    // An address of another company is none.
    expect(await refusal(Promise.resolve(keep(HOUSE_OF_BETA)))).toBe('DOOR_TAGS_ADDRESS')
  })

  test('EXT-02 it reads its table and its view, and writes its table', async () => {
    expect(await tried(sql`select id from x_door_tags.tag`)).toBe('-')
    expect(await tried(sql`select id from party.v_ship_to`)).toBe('-')
    expect(await tried(sql`update x_door_tags.tag set door = ${'Gate 8'}`)).toBe('-')
  })
})

describe('EXT-02 what is not its own is out of reach', () => {
  test.each([
    ['a table of the core', 'select id from party.ship_to'],
    ['a view that it does not name', 'select id from party.v_customer'],
    ['a write to the core', "update party.ship_to set name = 'x'"],
    ['a write to the audit trail', 'delete from kernel.audit'],
    ['another role', "select set_config('role', 'tw_owner', true)"],
    ['another company', "select set_config('tw.companies', '1,2', true)"],
    ['a change of its own tables', 'alter table x_door_tags.tag disable row level security'],
    ['a second statement', 'select 1; drop table x_door_tags.tag'],
  ])('EXT-02 %s is refused by its text when it runs, whoever wrote it', async (_what, text) => {
    expect(await tried(raw(text))).toBe('EXTENSION_CONFINED')
  })

  test.each([
    ['a table of the core that its view is not made of', 'select id from party.customer'],
    ['a write to the table beneath its view', "update party.ship_to set name = 'x'"],
    ['a write to the register', "update rollout.extension set state = 'live'"],
    ['a write to the audit trail', 'delete from kernel.audit'],
    ['accounts', 'select email from access.account'],
    ['a change of its own tables', 'alter table x_door_tags.tag disable row level security'],
    ['a table of its own', 'create table x_door_tags.more (id int)'],
    ['a trigger on the core', 'create trigger t after insert on party.ship_to execute function kernel.scope()'],
  ])('EXT-02 %s is refused by PostgreSQL too, should the text ever pass', async (_what, text) => {
    expect(await asRole(text)).toBe('42501')
  })

  test('EXT-02 the same statements work for the application, so it is the role that refuses (control)', async () => {
    expect(await asRole('select id from party.customer', 'tw_app')).toBe('-')
    expect(await asRole("update party.ship_to set name = 'x'", 'tw_app')).toBe('-')
    expect(await asRole('select id from x_door_tags.tag')).toBe('-')
  })

  test('EXT-02 a question and a listener read, and write nothing', async () => {
    expect(await tried(sql`update x_door_tags.tag set door = ${'x'}`, { writes: false })).toBe('EXTENSION_CONFINED')
  })

  test('EXT-02 its company stays its own: without a scope it sees nothing, and after its verb it says nothing more', async () => {
    const seen = await transaction(database.kernel.pool, { companies: [] }, (tx) =>
      asExtension(tx, walls(), (own) => own.rows(sql`select id from x_door_tags.tag`)),
    )
    expect(seen).toEqual([])
    const late = await transaction(database.kernel.pool, { companies: [ALPHA] }, (tx) =>
      asExtension(tx, walls(), async (own) => own),
    )
    expect(await refusal(late.rows(sql`select id from x_door_tags.tag`))).toBe('EXTENSION_CONFINED')
  })

  test('EXT-02 after the verb the envelope has its own role again', async () => {
    const roles = await transaction(database.kernel.pool, { companies: [ALPHA] }, async (tx) => {
      await asExtension(tx, walls(), (own) => own.rows(sql`select 1 as n`))
      return await tx.rows(sql`select current_user as role`)
    })
    expect(roles).toEqual([{ role: 'tw_app' }])
  })
})

describe('EXT-02 the books still prove that the application owns nothing', () => {
  const found = async (plant: string) => {
    await database.admin.query('begin')
    try {
      await database.admin.query(plant)
      const check = KERNEL_INVARIANTS.find((one) => one.id === 'I58b')
      return (await database.admin.query(`select * from (${check?.breaches.text.join('')}) x`)).rows
    } finally {
      await database.admin.query('rollback')
    }
  }

  test('EXT-02 an extension beside it is no breach; its owner, what it inherits, or what the role owns would be', async () => {
    expect(await found('select 1')).toEqual([])
    expect(await found(`grant ${ownerOf(OWN)} to tw_app with inherit false, set true`)).toEqual([
      { thing: ownerOf(OWN) },
    ])
    expect(await found(`grant ${roleOf(OWN)} to tw_app with inherit true`)).toEqual([{ thing: roleOf(OWN) }])
    expect(await found(`grant tw_owner to ${roleOf(OWN)}`)).toContainEqual({ thing: roleOf(OWN) })
    expect(await found(`alter table x_door_tags.tag owner to ${roleOf(OWN)}`)).toEqual([{ thing: roleOf(OWN) }])
  })
})

describe('EXT-02 an installation keeps to its schema', () => {
  const installed = (changes: Spoil) => refusal(installInto(database.url, readFolder(spoilt(changes))))

  test('EXT-02 a file that reaches into the core is refused by PostgreSQL, and nothing of it is left', async () => {
    expect(
      await installed([
        [
          'db/0002_more.sql',
          '',
          'create table x_door_tags.more (company_id int not null); alter table party.ship_to add column door text',
        ],
      ]),
    ).toBe('EXTENSION_INSTALL')
    expect(await installed([['db/0002_more.sql', '', 'create table x_door_tags.more (id int)']])).toBe(
      'EXTENSION_INSTALL',
    )
    const { more } = (await database.admin.query(`select to_regclass('x_door_tags.more') as more`)).rows[0]
    expect(more).toBeNull()
    expect(
      (await database.admin.query('select has_schema_privilege($1, $2, $3) as may', [ownerOf(OWN), 'party', 'create']))
        .rows,
    ).toEqual([{ may: false }])
  })

  test('EXT-02 a file that was applied stays as it was; a new one is added, and its tables stand behind the same wall', async () => {
    expect(await installed([['db/0001_tags.sql', 'door text not null', 'door text']])).toBe('EXTENSION_CHANGED')
    const grown = readFolder(
      spoilt([['db/0002_more.sql', '', 'create table x_door_tags.more (company_id int not null, id uuid not null);']]),
    )
    const has = (read: Loaded | typeof grown) =>
      transaction(database.kernel.pool, { companies: [] }, (tx) => isInstalled(tx, read))
    expect([await has(doors), await has(grown)]).toEqual([true, false])
    expect(await installInto(database.url, grown)).toEqual(['db/0002_more.sql'])
    expect(await installInto(database.url, grown)).toEqual([])
    expect(await has(grown)).toBe(true)
    const guarded = await database.admin.query(
      `select relforcerowsecurity as forced from pg_class where oid = 'x_door_tags.more'::regclass`,
    )
    expect(guarded.rows).toEqual([{ forced: true }])
  })

  test('EXT-02 a view that is no longer named is no longer read', async () => {
    expect(await asRole('select id from party.v_ship_to')).toBe('-')
    await installInto(database.url, readFolder(spoilt([['extension.yaml', 'party.v_ship_to', 'party.v_contact']])))
    expect(await asRole('select id from party.v_ship_to')).toBe('42501')
    await installInto(database.url, doors)
    expect(await asRole('select id from party.v_ship_to')).toBe('-')
  })
})
