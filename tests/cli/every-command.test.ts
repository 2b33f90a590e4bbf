// Every command of the tree explains itself with --help, and with --json answers with one JSON document, good or bad.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine } from '../../src/cli/index.ts'
import { databaseUrl } from '../support/global.ts'
import { inProcess, type Ran } from './in-process.ts'
import { clear, folder, serving } from './support.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
const made: string[] = []
let admin: pg.Client
let demo = ''
let home = ''
const run = (words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  inProcess(words, { TRADEWRIGHT_HOME: home, ...settings })

async function emptyDatabase(): Promise<string> {
  const name = `tw_every_${process.pid}_${made.length}`
  await admin.query(`create database ${name}`)
  made.push(name)
  return databaseUrl(server, name)
}

beforeAll(async () => {
  admin = new pg.Client({ connectionString: server })
  await admin.connect()
  demo = await emptyDatabase()
  home = join(await folder(), 'home')
})
afterAll(async () => {
  await clear()
  for (const name of made) await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

/** Every command with the words that lead to it; leaves are those that do something themselves. */
const tree = (command: Command, words: readonly string[] = []): { command: Command; words: readonly string[] }[] => [
  { command, words },
  ...command.commands.flatMap((one) => tree(one, [...words, one.name()])),
]
const commands = () => tree(commandLine())
const leaves = () =>
  commands()
    .filter((one) => one.command.commands.length === 0)
    .map((one) => one.words.join(' '))

describe('--help', () => {
  test.each(commands().map((one) => one.words.join(' ')))('tradewright %s --help', async (words) => {
    const program = commandLine()
    let text = ''
    const writeOut = (piece: string) => {
      text += piece
    }
    for (const { command } of tree(program)) command.configureOutput({ writeOut })
    const asked = program.parseAsync(['node', 'tradewright', ...words.split(' ').filter(Boolean), '--help'])
    const ended = await asked.then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(ended).toBeInstanceOf(CommanderError)
    expect(ended).toMatchObject({ exitCode: 0 })
    const [usage = ''] = text.split('\n')
    expect(usage).toContain(`Usage: tradewright ${words}`.trim())
    expect(text, 'an example to copy').toMatch(/Examples?:\n +(\w+=\S+ )?tradewright /)
    if (leaves().includes(words)) expect(text).toMatch(/--json/)
  })
})

type Case = { args: readonly string[]; settings?: Readonly<Record<string, string>>; code?: string }

const UNREACHED = { DATABASE_URL: 'postgres://erp@127.0.0.1:1/erp' }
const unreached = { args: [], settings: UNREACHED, code: 'DATABASE_UNREACHED' }

/** For each leaf: what works, in this order, and what is refused and with which code. */
async function cases(): Promise<ReadonlyMap<string, { good?: Case; bad: Case }>> {
  const files = await folder()
  const customers = join(files, 'terms.csv')
  writeFileSync(customers, 'code,name,dueDays\nNET77,77 days net,77\n')
  mkdirSync(join(files, 'nothing'))
  const onDemo = { DATABASE_URL: demo }
  const company = ['--company', 'ALPHA']
  const own = await emptyDatabase()
  const yard = await emptyDatabase()
  const newSite = ['--name', 'Gamma', '--currency', 'USD']
  return new Map<string, { good?: Case; bad: Case }>([
    [
      'demo load',
      { good: { args: [], settings: onDemo }, bad: { args: [], settings: onDemo, code: 'COMPANIES_THERE' } },
    ],
    ['serve', { bad: { args: ['--port', 'many'], code: 'OPTION_INVALID' } }],
    ['worker', { bad: unreached }],
    ['db migrate', { good: { args: [] }, bad: unreached }],
    ['db status', { good: { args: [] }, bad: { args: ['--home', join(files, 'nothing')], code: 'NO_DATABASE_YET' } }],
    [
      'db backup',
      {
        good: { args: [join(files, 'copy')] },
        bad: { args: [join(files, 'copy')], settings: onDemo, code: 'BACKUP_NEEDS_EMBEDDED' },
      },
    ],
    [
      'db restore',
      {
        good: { args: [join(files, 'copy'), '--home', join(files, 'restored'), '--verify'] },
        bad: { args: [join(files, 'nothing'), '--home', join(files, 'second')], code: 'BACKUP_DAMAGED' },
      },
    ],
    [
      'user add',
      {
        good: {
          args: ['--email', 'eva@example.test', '--name', 'Eva', '--role', 'order-desk-clerk', ...company],
          settings: onDemo,
        },
        bad: { args: ['--email', 'x', '--name', 'X', '--role', 'x'], settings: onDemo, code: 'OPTION_INVALID' },
      },
    ],
    [
      'key add',
      {
        good: { args: ['--role', 'order-desk-clerk', '--name', 'shop', ...company], settings: onDemo },
        bad: { args: ['--role', 'none-such', '--name', 'shop'], settings: onDemo, code: 'NO_SUCH_ROLE' },
      },
    ],
    ['verify', { good: { args: [], settings: onDemo }, bad: unreached }],
    ['audit checkpoint', { good: { args: [], settings: onDemo }, bad: unreached }],
    [
      'audit verify',
      {
        good: { args: [], settings: onDemo },
        bad: { args: ['--anchor', join(files, 'none')], settings: onDemo, code: 'ANCHOR_UNREADABLE' },
      },
    ],
    [
      'report',
      {
        good: { args: ['trial-balance', ...company], settings: onDemo },
        bad: { args: ['weather', ...company], code: 'REPORT_UNKNOWN' },
      },
    ],
    [
      'import',
      {
        good: { args: ['party.term', customers, ...company], settings: onDemo },
        bad: { args: ['party.nobody', customers, ...company], settings: onDemo, code: 'DOCUMENT_UNKNOWN' },
      },
    ],
    [
      'profile',
      {
        good: { args: ['ALPHA', 'customer', customers], settings: onDemo },
        bad: { args: ['ALPHA', 'colour', customers], settings: onDemo, code: 'OBJECT_UNKNOWN' },
      },
    ],
    [
      'export',
      {
        good: { args: ['party.customer', join(files, 'customers.csv'), ...company], settings: onDemo },
        bad: { args: ['party.customer', ...company], settings: onDemo, code: 'OPTION_INVALID' },
      },
    ],
    ['dead-letter list', { good: { args: [], settings: onDemo }, bad: unreached }],
    ['dead-letter retry', { good: { args: [], settings: onDemo }, bad: unreached }],
    [
      'replay online-retail',
      {
        good: { args: ['tests/replay/fixture.csv'], settings: { DATABASE_URL: own } },
        bad: { args: [join(files, 'none.csv')], settings: { DATABASE_URL: own }, code: 'REPLAY_FILE_NOT_FOUND' },
      },
    ],
    [
      'demo fleet',
      {
        good: { args: [], settings: { DATABASE_URL: yard } },
        bad: { args: [], settings: onDemo, code: 'COMPANIES_THERE' },
      },
    ],
    ['template check', { good: { args: [] }, bad: { args: [join(files, 'nothing')], code: 'TEMPLATE_MISSING' } }],
    [
      'template diff',
      {
        good: { args: ['1.0.0', '1.0.0'], settings: onDemo },
        bad: { args: ['1.0.0', '7.7.7'], settings: onDemo, code: 'NO_TEMPLATE' },
      },
    ],
    ['template release', { bad: { args: ['--as', 'nobody@example.test'], settings: onDemo, code: 'NOBODY' } }],
    [
      'template export',
      {
        good: { args: [join(files, 'template')], settings: onDemo },
        bad: { args: [join(files, 'template'), '--release', '7.7.7'], settings: onDemo, code: 'NO_TEMPLATE' },
      },
    ],
    ['template verify', { bad: { args: ['7.7.7'], settings: onDemo, code: 'NO_TEMPLATE' } }],
    [
      'template rings',
      {
        good: { args: ['1.0.0'], settings: onDemo },
        bad: { args: ['1.0.0', '--open', '7'], settings: onDemo, code: 'RING_NOT_PLANNED' },
      },
    ],
    [
      'template what-if',
      {
        good: { args: ['1.0.0'], settings: onDemo },
        bad: { args: ['7.7.7'], settings: onDemo, code: 'RELEASE_UNKNOWN' },
      },
    ],
    ['site list', { good: { args: [], settings: onDemo }, bad: unreached }],
    [
      'site create',
      {
        good: { args: ['GAMMA', ...newSite, '--country', 'US'], settings: onDemo },
        bad: { args: ['DELTA', ...newSite, '--country', 'XX'], settings: onDemo, code: 'TEMPLATE_UNKNOWN_NAME' },
      },
    ],
    [
      'site plan',
      {
        good: { args: ['GAMMA'], settings: onDemo },
        bad: { args: ['GAMMA', '--revert', 'party.term NONE'], settings: onDemo, code: 'DRIFT_UNKNOWN' },
      },
    ],
    [
      'site waive',
      { bad: { args: ['GAMMA', 'party.term', 'NONE', '--why', 'No'], settings: onDemo, code: 'NOTHING_TO_WAIVE' } },
    ],
    ['site grant', { bad: { args: ['GAMMA', 'DEV-1'], settings: onDemo, code: 'NO_SUCH_DEVIATION' } }],
    ['site gate', { bad: { args: ['GAMMA', 'G9'], settings: onDemo, code: 'GATE_UNKNOWN' } }],
    ['site approve', { bad: { args: ['GAMMA', 'ffff'], settings: onDemo, code: 'NO_SUCH_PLAN' } }],
    ['site apply', { bad: { args: ['NONE', 'ffff'], settings: onDemo, code: 'SITE_CODE_UNKNOWN' } }],
    [
      'site follow',
      {
        good: { args: ['GAMMA', '1.0.0'], settings: onDemo },
        bad: { args: ['GAMMA', '7.7.7'], settings: onDemo, code: 'RELEASE_UNKNOWN' },
      },
    ],
    [
      'site sandbox',
      { bad: { args: ['GAMMA', '--name', 'Training Room'], settings: onDemo, code: 'SANDBOX_NAME' } },
    ],
    [
      'site drift',
      {
        good: { args: ['GAMMA'], settings: onDemo },
        bad: { args: ['NONE'], settings: onDemo, code: 'SITE_CODE_UNKNOWN' },
      },
    ],
    [
      'extension check',
      { good: { args: ['door-tags'] }, bad: { args: [join(files, 'nothing')], code: 'NO_EXTENSION' } },
    ],
    ['extension install', { bad: { args: [join(files, 'nothing')], settings: onDemo, code: 'NO_EXTENSION' } }],
    [
      'extension test',
      { bad: { args: ['door-tags', '--template', '7.7.7'], settings: onDemo, code: 'OPTION_INVALID' } },
    ],
    ['uat run', { bad: { args: ['GAMMA', '--lanes', 'many'], settings: onDemo, code: 'OPTION_INVALID' } }],
    [
      'scenario run',
      {
        good: { args: ['--list'], settings: onDemo },
        bad: { args: ['T-NONE-99'], settings: onDemo, code: 'SCENARIO_UNKNOWN' },
      },
    ],
  ])
}

const asked = (leaf: string, { args, settings }: Case): Promise<Ran> =>
  run([...leaf.split(' '), ...args, '--json'], settings)

describe('--json', () => {
  test('every leaf answers with one JSON document when it works and when it does not', async () => {
    const all = await cases()
    expect([...all.keys()].sort()).toEqual([...leaves()].sort())
    const wrong: string[] = []
    for (const [leaf, { good, bad }] of all) {
      if (good) {
        const ran = await asked(leaf, good)
        if (ran.code !== 0 || ran.json().ok !== true) wrong.push(`${leaf}: ${ran.code} ${ran.out} ${ran.err}`)
      }
      const ran = await asked(leaf, bad)
      const answer = ran.json()
      expect(answer, leaf).toMatchObject({ ok: false, error: { code: bad.code, message: expect.any(String) } })
      if (ran.code === 0 || ran.out.trim().includes('\n')) wrong.push(`${leaf}: ${ran.code} ${ran.out}`)
    }
    expect(wrong).toEqual([])
  }, 240_000)

  test('what a command cannot do with this document, this database or this address it says by a code', async () => {
    const rows = join(await folder(), 'rows.csv')
    writeFileSync(rows, 'code\nX\n')
    const onDemo = { DATABASE_URL: demo }
    const empty = { DATABASE_URL: await emptyDatabase() }
    await run(['db', 'migrate'], empty)
    const wrong: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
      [['import', 'receivables.invoice', rows, '--company', 'ALPHA', '--verb', 'none'], onDemo, 'CREATING_VERB_UNCLEAR'],
      [['audit', 'checkpoint'], empty, 'NOTHING_SEALED'],
      [['template', 'what-if', '1.0.0'], empty, 'NO_SITES'],
    ]
    for (const [words, settings, code] of wrong) {
      const ran = await run([...words, '--json'], settings)
      expect(ran.json(), words.join(' ')).toMatchObject({ ok: false, error: { code } })
    }
  })

  test('serve answers once, when it is ready', async () => {
    const served = await serving(['--no-web', '--home', home], { DATABASE_URL: demo })
    expect(served.answer, served.said()).toMatchObject({
      ok: true,
      url: expect.stringMatching(/^http:/),
      mode: 'DATABASE_URL',
    })
    expect(await served.stop()).toBe(0)
  })

  test('what commander refuses is JSON too', async () => {
    for (const [args, says] of [
      [['report', 'stock', '--json'], /--company/],
      [['verify', '--json', '--no-such-option'], /no-such-option/],
      [['nothing', '--json'], /nothing/],
      [['db', '--json'], /json/],
    ] as const) {
      const ran = await run(args)
      expect([ran.code, ran.json()], args.join(' ')).toMatchObject([2, { ok: false, error: { code: 'USAGE' } }])
      expect(ran.out + ran.err).toMatch(says)
    }
  })
})
