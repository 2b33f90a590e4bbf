// The rollout on the command line, as docs/user/rollout.md tells it: a site from the template, a local change seen, taken
// back, and a new release brought to it by two people.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, todayIn } from '#kernel/dates'
import { REFERENCE_TEMPLATE } from '../../src/setup/index.ts'
import { databaseUrl } from '../support/global.ts'
import { inProcess } from './in-process.ts'
import { clear, folder } from './support.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
const name = `tw_site_${process.pid}`
const url = databaseUrl(server, name)
let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
})
afterAll(async () => {
  await clear()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

const run = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
  const ran = await inProcess([...words, '--json'], { DATABASE_URL: url })
  return { ...ran.json(), code: ran.code }
}

test('TPL-03 TPL-05 TPL-08 TPL-14 site 4 comes up, changes something, is brought back, and follows a new release', async () => {
  expect(
    await run(
      'site',
      'create',
      'SITE4',
      '--name',
      'Site four',
      '--currency',
      'USD',
      '--country',
      'US',
      '--time-zone',
      'America/Chicago',
    ),
  ).toMatchObject({ code: 0, ok: true, site: 'SITE4' })
  expect(await run('site', 'list')).toMatchObject({ sites: [{ code: 'SITE4', release: '1.0.0', stage: 'discovery' }] })
  expect(await run('site', 'drift', 'SITE4')).toMatchObject({ code: 0, ok: true, drift: [] })
  const place = ['--currency', 'USD', '--country', 'US', '--time-zone', 'America/Chicago']
  expect(await run('site', 'create', 'SITE5', '--name', 'Site five', ...place, '--wave', 'x')).toMatchObject({
    code: 2,
    error: { code: 'OPTION_INVALID' },
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`select set_config('tw.companies', '1', false)`)
  await client.query(`update ledger.account set name = 'Debtors' where code = '1100'`)
  expect(await run('site', 'drift', 'site4')).toMatchObject({
    code: 1,
    ok: false,
    drift: [
      { kind: 'ledger.account', key: '1100', field: 'name', live: 'Debtors', how: expect.stringMatching(/^SQL as /) },
    ],
  })
  const back = await run('site', 'plan', 'SITE4', '--revert', 'ledger.account 1100')
  expect(back).toMatchObject({
    code: 0,
    items: [{ change: 'update', fields: [{ field: 'name', from: 'Debtors', to: 'Accounts receivable' }] }],
  })
  expect(await run('site', 'apply', 'SITE4', '')).toMatchObject({ ok: false, error: { code: 'NO_SUCH_PLAN' } })
  expect(await run('site', 'apply', 'SITE4', String(back.hash).slice(0, 12))).toMatchObject({
    ok: false,
    error: { code: 'PLAN_NOT_APPROVED', message: expect.stringContaining(`site approve SITE4 ${String(back.hash)}`) },
  })
  expect(await run('site', 'approve', 'SITE4', String(back.hash).slice(0, 12))).toMatchObject({ code: 0 })
  expect(await run('site', 'apply', 'SITE4', String(back.hash).slice(0, 12))).toMatchObject({ code: 0 })
  for (const verb of ['approve', 'apply'])
    expect(await run('site', verb, 'SITE4', String(back.hash))).toMatchObject({
      ok: false,
      error: { code: 'PLAN_OVER', message: expect.stringContaining('is applied, and nothing was changed') },
    })
  expect((await client.query(`select name from ledger.account where code = '1100'`)).rows).toEqual([
    { name: 'Accounts receivable' },
  ])

  await client.query(`update ledger.account set name = 'Debtors' where code = '1100'`)
  const asked = await run('site', 'waive', 'SITE4', 'ledger.account', '1100', '--why', 'The law names it so')
  expect(await run('site', 'grant', 'SITE4', String(asked.deviation))).toMatchObject({ code: 0 })
  expect(await run('site', 'drift', 'SITE4')).toMatchObject({ code: 0, drift: [] })
  const red = async (...on: string[]): Promise<string[]> =>
    [(await run('site', 'gate', 'SITE4', 'G3', ...on)).red].flat().map(String)
  const later = (await red('--on', addDays(todayIn('Etc/UTC', new Date()), 120))).filter((one) =>
    /drift|expired/.test(one),
  )
  expect(later.length).toBeGreaterThan(0)
  expect(await red()).not.toEqual(expect.arrayContaining(later))
  await client.end()

  const own = join(await folder(), 'template')
  cpSync(REFERENCE_TEMPLATE, own, { recursive: true })
  const edit = (file: string, from: string, to: string) => {
    const text = readFileSync(join(own, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(own, file), text.replace(from, to))
  }
  edit('template.yaml', 'version: 1.0.0', 'version: 1.1.0')
  edit('payment-terms.yaml', 'due: { from: invoice-date, days: 14 }', 'due: { from: invoice-date, days: 10 }')
  expect(await run('template', 'diff', '1.0.0', own)).toMatchObject({
    code: 1,
    differences: [{ kind: 'party.term', key: 'NET14', field: 'dueDays', from: 14, to: 10 }],
  })
  expect(await run('template', 'release', own, '--notes', 'Ten days')).toMatchObject({ code: 0, release: '1.1.0' })
  expect(await run('template', 'what-if', '1.1.0')).toMatchObject({
    code: 0,
    effects: [{ site: 'SITE4', key: 'NET14', effect: 'update' }],
  })
  const copy = join(await folder(), 'copy')
  expect(await run('template', 'export', copy)).toMatchObject({ code: 0, release: '1.1.0' })
  expect(readFileSync(join(copy, 'payment-terms.yaml'), 'utf8')).toBe(
    readFileSync(join(own, 'payment-terms.yaml'), 'utf8'),
  )
  writeFileSync(join(copy, 'roles.yaml'), 'mine')
  expect(await run('template', 'export', copy)).toMatchObject({ ok: false, error: { code: 'FILES_DIFFER' } })
  expect(await run('template', 'export', copy, '--overwrite')).toMatchObject({ code: 0 })
  expect(await run('site', 'follow', 'SITE4', '1.1.0')).toMatchObject({ code: 0 })
  expect(await run('site', 'plan', 'SITE4')).toMatchObject({
    code: 0,
    items: [{ kind: 'party.term', key: 'NET14' }],
    drift: [],
  })

  // Rings: the site follows already, so it stands in the first of every plan; a later plan opens nothing by itself.
  const first = async (...words: string[]) => {
    const { code, planned, rings } = await run('template', 'rings', '1.1.0', ...words)
    const [ring] = rings as readonly { state: string; sites: readonly { code: string; reason: string }[] }[]
    return [code, planned, ring?.state, ring?.sites.map((one) => `${one.code} ${one.reason}`).join()]
  }
  const follows = 'SITE4 follows it already'
  expect(await first()).toEqual([0, false, 'proposed', follows])
  expect(await first('--plan')).toEqual([0, true, 'open', follows])
  expect(await first('--replan', 'The pilot is ill')).toEqual([0, true, 'planned', follows])
  expect(await first('--open', '0')).toEqual([0, true, 'open', follows])
  expect(await first('--withdraw', 'There is one site only')).toEqual([0, false, 'proposed', follows])
  expect(await run('template', 'rings', '1.1.0', '--withdraw', 'Again')).toMatchObject({
    error: { code: 'RING_NOT_PLANNED' },
  })
  expect(await run('template', 'rings', '1.1.0', '--pilot', 'SITE5')).toMatchObject({
    error: { code: 'SITE_CODE_UNKNOWN', message: expect.stringContaining('There are: SITE4') },
  })
  expect(await run('site', 'gate', 'SITE4', 'G3', '--on', '2020-01-01')).toMatchObject({ error: { code: 'GATE_DAY' } })

  // A warehouse below its company: it follows the company's release, answers for itself, and is listed after it.
  const below = (...words: string[]) =>
    run('site', 'create', 'HALL', '--name', 'The hall', '--below', 'site4', ...words)
  expect(await below('--warehouse', 'NONE')).toMatchObject({ error: { code: 'PLACE_UNKNOWN' } })
  expect(await below('--warehouse', 'MAIN', '--choose', 'steps')).toMatchObject({ error: { code: 'OPTION_INVALID' } })
  expect(
    await below('--warehouse', 'MAIN', '--choose', 'handling-hours=16', 'cut-off=16:00', 'outbound=outbound-2-step'),
  ).toMatchObject({ code: 0, site: 'HALL', below: 'SITE4', place: 'MAIN', release: '1.1.0' })
  expect(await run('site', 'list')).toMatchObject({
    sites: [
      { code: 'SITE4', below: null, place: null },
      { code: 'HALL', below: 'SITE4', place: 'MAIN' },
    ],
  })
  expect(await run('site', 'plan', 'HALL')).toMatchObject({
    items: [
      { kind: 'company.calendar', key: 'MAIN', fields: [{ field: 'cutOff', to: '16:00:00' }] },
      {
        ...{ kind: 'company.warehouse', key: 'MAIN' },
        fields: [
          { field: 'handlingDays', to: 2 },
          { field: 'outboundSteps', to: 2 },
        ],
      },
    ],
    drift: [],
  })
  expect(await run('site', 'create', 'SITE5', '--name', 'Five')).toMatchObject({ error: { code: 'OPTION_INVALID' } })
}, 240_000)
