// The checks of extensions: the one that ships passes, and each planted way around the walls is found, with its code and what to do.
import { describe, expect, test } from 'vitest'
import doorTags from '../../../extensions/door-tags/module.ts'
import { modules } from '../../../src/modules/index.ts'
import { repeats } from '../../../src/rollout/extension/load/check-brought.ts'
import { hooksFor } from '../../../src/rollout/extension/load/hooks.ts'
import { checkExtension, loadExtension } from '../../../src/rollout/extension/load/load.ts'
import { readSource } from '../../../src/rollout/extension/load/source.ts'
import { schemasOf, sqlProblems } from '../../../src/rollout/extension/load/sql-text.ts'
import { refusal } from '../governance/world.ts'
import { DOOR_TAGS, type Spoil, spoilt } from './spoilt.ts'

const codes = async (changes: Spoil): Promise<readonly string[]> => [
  ...new Set((await checkExtension(spoilt(changes), modules)).findings.map((one) => one.code)),
]

const TABLE = 'create table x_door_tags.other (company_id int not null, id uuid not null);'

/** One planted way around the walls each: the code that must be found, what it does, and how it is planted. */
const PLANTED: readonly (readonly [code: string, what: string, changes: Spoil])[] = [
  [
    'IMPORTS',
    'imports the inside of a module',
    [
      [
        'tags.ts',
        'export const',
        "import { add } from '../../src/modules/party/ship-to/add.ts'\nexport const x = add\nexport const",
      ],
    ],
  ],
  [
    'IMPORTS',
    'imports the database of the kernel',
    [['tags.ts', 'export const', "import { sql as s } from '#kernel/db'\nexport const x = s\nexport const"]],
  ],
  [
    'IMPORTS',
    'imports a package',
    [['tags.ts', 'export const', "import pg from 'pg'\nexport const x = pg\nexport const"]],
  ],
  ['IMPORTS', 'imports for the effect alone', [['tags.ts', 'export const', "import 'node:fs'\nexport const"]]],
  [
    'IMPORTS',
    'hands on what a package has',
    [['tags.ts', 'export const', "export { readFileSync } from 'node:fs'\nexport const"]],
  ],
  [
    'EVALUATES',
    'imports at run time',
    [['tags.ts', 'export const', "export const x = () => import('node:' + 'fs')\nexport const"]],
  ],
  [
    'EVALUATES',
    'makes code of text',
    [['tags.ts', 'export const', "export const x = () => ({}).constructor.constructor('return 1')()\nexport const"]],
  ],
  ['EVALUATES', 'brings a file that is no TypeScript', [['other.js', '', 'export const x = 1\n']]],
  [
    'NETWORK',
    'fetches from elsewhere',
    [['tags.ts', 'export const', "export const x = () => fetch('https://example.com')\nexport const"]],
  ],
  ['RAW_DATABASE', 'takes the pool', [['tag/move.ts', 'tx, companyId', 'tx, pool, companyId']]],
  [
    'RAW_DATABASE',
    'changes its role',
    [
      [
        'tag/move.ts',
        'sql`update x_door_tags',
        "sql`select set_config('role', 'tw_owner', true)`)\n      await tx.run(sql`update x_door_tags",
      ],
    ],
  ],
  [
    'RAW_DATABASE',
    'sends two statements',
    [['tag/move.ts', 'and t.id = s.id', 'and t.id = s.id; delete from x_door_tags.tag']],
  ],
  [
    'FOREIGN_SCHEMA',
    'writes a table of the core',
    [['tag/move.ts', 'update x_door_tags.tag t set door', 'update party.ship_to t set name']],
  ],
  [
    'FOREIGN_SCHEMA',
    'writes the audit trail',
    [['tag/move.ts', 'update x_door_tags.tag t set door', 'update "kernel"."audit" t set payload']],
  ],
  ['FOREIGN_SCHEMA', 'reads a table of the core', [['tags.ts', 'party.v_ship_to', 'party.ship_to']]],
  ['FOREIGN_SCHEMA', 'reads a view that it does not name', [['tags.ts', 'party.v_ship_to', 'party.v_customer']]],
  ['FOREIGN_SCHEMA', 'reads another extension', [['tags.ts', 'party.v_ship_to', 'x_other.v_ship_to']]],
  [
    'FOREIGN_SCHEMA',
    'ties its table to a table of the core',
    [['db/0001_tags.sql', 'ship_to_id uuid not null', 'ship_to_id uuid not null references party.ship_to (id)']],
  ],
  [
    'FOREIGN_SCHEMA',
    'adds a column to a table of the core',
    [['db/0002_more.sql', '', 'alter table party.ship_to add column door text;']],
  ],
  [
    'RAW_DATABASE',
    'makes a trigger',
    [
      [
        'db/0002_more.sql',
        '',
        `${TABLE} create trigger t after insert on x_door_tags.tag execute function x_door_tags.f();`,
      ],
    ],
  ],
  ['RAW_DATABASE', 'drops what it had', [['db/0002_more.sql', '', 'drop table x_door_tags.tag;']]],
  [
    'NO_COMPANY',
    'makes a table without companies',
    [['db/0002_more.sql', '', 'create table x_door_tags.other (id uuid primary key);']],
  ],
  ['NO_COMPANY', 'shares a document', [['tag/tag.ts', "role: 'master'", "role: 'master',\n    shared: true"]]],
  [
    'WRITES_OUTSIDE_VERB',
    'writes in a question',
    [
      [
        'tags.ts',
        'select t.number',
        "with gone as (delete from x_door_tags.tag where state = 'removed' returning id) select t.number",
      ],
    ],
  ],
  [
    'WRITES_OUTSIDE_VERB',
    'writes in a listener',
    [
      [
        'closed.ts',
        '}>`select id from x_door_tags.tag where',
        "}>`update x_door_tags.tag set state = 'removed' where",
      ],
    ],
  ],
  [
    'REPEATS_DOCUMENT',
    'has a document of the same kind',
    [['tag/tag.ts', "'x-door-tags.tag', {", "'x-door-tags.shipment', {"]],
  ],
  [
    'REPEATS_DOCUMENT',
    'calls a document as the standard does',
    [['tag/tag.ts', "label: 'Door tag'", "label: 'Delivery address'"]],
  ],
  [
    'REPEATS_DOCUMENT',
    'keeps the fields of a document again',
    [
      [
        'tag/tag.ts',
        'door: f.text(),',
        'door: f.text(), customer: f.text(), street: f.text(), city: f.text(), postcode: f.text(), country: f.code(), gln: f.code(), taxPosition: f.code(), transitDays: f.integer(), route: f.code(), carrier: f.code(), opensAt: f.text(),',
      ],
    ],
  ],
  [
    'REPEATS_SCREEN',
    'shows a list of the standard again',
    [['tags.ts', "title: 'Doors of delivery addresses, by city'", "title: 'The fit-gap workbook of a site'"]],
  ],
  ['CONFIGURES', 'brings configuration past the template', [['tag/tag.ts', "role: 'master'", "role: 'configuration'"]]],
  ['NAMES', 'takes a name of the core', [['tags.ts', "name: 'x-door-tags.doors'", "name: 'party.doors'"]]],
  [
    'NAMES',
    'takes a permission that people have for something else',
    [['tags.ts', "may: 'x-door-tags.tag.read'", "may: 'party.ship-to.read'"]],
  ],
  [
    'NAMES',
    'gives a verb the permission of another',
    [
      [
        'tag/tag.ts',
        "move: { from: ['kept'], to: 'kept' }",
        "move: { from: ['kept'], to: 'kept', may: 'party.ship-to.read' }",
      ],
    ],
  ],
  ['CORE_VERB', 'adds a verb to a document of the core', [['module.ts', 'documents: [tag],', 'documents: [],']]],
  ['UNKNOWN_EVENT', 'listens to what nothing says', [['module.ts', "'party.ship-to.close'", "'party.ship-to.vanish'"]]],
  ['UNKNOWN_EVENT', 'listens without saying so', [['module.ts', "'party.ship-to.close'", "'party.ship-to.change'"]]],
  ['NO_TESTS', 'names a test that is not there', [['extension.yaml', 'T-XDT-03]', 'T-XDT-03, T-XDT-04]']]],
]

describe('EXT-03 extensions are checked before they are let in', () => {
  test('EXT-03 EXT-02 the one that ships passes, and brings only what is its own', async () => {
    const loaded = await loadExtension(DOOR_TAGS, modules)
    expect(loaded.module.name).toBe('x-door-tags')
    expect(loaded.module.commands.map((one) => one.verb.may)).toEqual([
      'x-door-tags.tag.keep',
      'x-door-tags.tag.move',
      'x-door-tags.tag.remove',
    ])
    expect(Object.keys(loaded.module.on)).toEqual(['party.ship-to.close'])
    expect([...loaded.module.configuration, ...loaded.module.uses, ...loaded.module.invariants]).toEqual([])
    expect(Object.keys(loaded.manifest.permissions).sort()).toEqual(
      [...loaded.module.commands.map((one) => one.verb.may), 'x-door-tags.tag.read'].sort(),
    )
    expect(doorTags(hooksFor('door-tags')).documents.map((one) => one.name)).toEqual(['x-door-tags.tag'])
  })

  test.each(PLANTED)('EXT-03 %s is found in one that %s', async (code, _what, changes) => {
    expect(await codes(changes)).toContain(code)
  })

  test('EXT-03 an untouched copy has no finding at all, so each of those comes from what was planted (control)', async () => {
    expect(await codes([])).toEqual([])
  })

  test('EXT-03 each finding says in a sentence what to do, and the load is refused with all of them', async () => {
    const folder = spoilt(PLANTED.find(([code]) => code === 'NETWORK')?.[2] ?? [])
    const { findings } = await checkExtension(folder, modules)
    expect(findings).toEqual([
      {
        code: 'NETWORK',
        file: 'tags.ts',
        problem:
          'says fetch, which reaches out of the product. Keep what is to be sent in a document, and have a connection carry it.',
      },
    ])
    expect(await refusal(loadExtension(folder, modules))).toBe('EXTENSION_REFUSED')
  })

  test('EXT-03 a folder that is no extension is refused as such', async () => {
    const refused = (changes: Spoil) => refusal(checkExtension(spoilt(changes), modules))
    expect(await refused([['extension.yaml', 'code: door-tags', 'code: doors']])).toBe('EXTENSION_MANIFEST')
    expect(await refused([['extension.yaml', 'tests: [T-XDT-01, T-XDT-02, T-XDT-03]', 'tests: []']])).toBe(
      'EXTENSION_MANIFEST',
    )
    expect(await refused([['extension.yaml', '', '{']])).toBe('EXTENSION_MANIFEST')
    expect(await refused([['refusals.ts', 'DOOR_TAGS_THERE:', 'NOT_FOUND:']])).toBe('EXTENSION_MANIFEST')
    expect(await refused([['module.ts', 'export default function doorTags', 'export function doorTags']])).toBe(
      'EXTENSION_MANIFEST',
    )
    expect(await refusal(checkExtension('/nowhere/door-tags', modules))).toBe('EXTENSION_MANIFEST')
  })

  test('EXT-03 four fifths of the fields are a repetition, less is not', () => {
    const theirs = ['a', 'b', 'c', 'd', 'e']
    expect(repeats(['a', 'b', 'c', 'd', 'x'], theirs)).toBe(true)
    expect(repeats(['a', 'b', 'c', 'x', 'y'], theirs)).toBe(false)
    expect(repeats(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(false)
  })

  test('EXT-03 words in texts and comments are not taken for code, and code in a template is', () => {
    const { code, sql } = readSource(
      "// fetch it\nconst a = 'eval' + `pool ${fetch(`x`)}`\nsql<{ id: string }>`select ${sql`deep`} from t`",
    )
    expect(code).not.toMatch(/eval|pool|it/)
    expect(code).toContain('fetch')
    expect(sql).toEqual(['deep', 'select  $  from t'])
  })

  test.each([
    ["select 'party.ship_to' as text from x_door_tags.tag -- party.ship_to", []],
    ['select t.id from x_door_tags.tag t for update', []],
    ['insert into x_door_tags.tag (id) values ($1) on conflict (id) do update set door = $2', []],
    ['select 1 from x_door_tags.tag; drop table x_door_tags.tag', ['RAW_DATABASE']],
    ["select query_to_xml('delete from party.ship_to', true, true, '')", ['RAW_DATABASE']],
    ['select usename from pg_user', ['RAW_DATABASE']],
    ['with x as (update "party"."ship_to" set name = $1) select 1', ['FOREIGN_SCHEMA']],
    ['call kernel.open_month(now())', ['RAW_DATABASE', 'FOREIGN_SCHEMA']],
    ['SELECT * FROM PARTY.SHIP_TO', ['FOREIGN_SCHEMA']],
    ['select kernel.every_company()', ['FOREIGN_SCHEMA']],
  ])('EXT-02 the text %s has the problems %j', (text, expected) => {
    const bounds = { own: 'x_door_tags', reads: new Set<string>(), schemas: schemasOf(modules), writes: true }
    expect(sqlProblems(text, bounds).map((one) => one.code)).toEqual(expected)
  })
})
