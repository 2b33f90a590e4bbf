// What the rollout's screens ask: sites of every company that one may see, plans with what stands in their way, and what
// the template says, release against release and against what stands at a site.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Context, Principal } from '#kernel/context'
import { differences } from '../../src/rollout/questions/template-diff.ts'
import { readTemplateFiles } from '../../src/setup/index.ts'
import { APPROVER, enterprise, MAKER, refusal } from './support/enterprise.ts'

type Row = Readonly<Record<string, unknown>>
let e: Awaited<ReturnType<typeof enterprise>>
const sites: Record<string, string> = {}
const LATER = '9.0.0'

beforeAll(async () => {
  e = await enterprise([
    { code: 'ALPHA', currency: 'USD', country: 'US' },
    { code: 'BETA', currency: 'USD', country: 'US' },
  ])
  await e.release()
  const given = { release: e.template.version, kind: 'company', taxArea: 'US-ALPHA', owner: 'Olga' }
  for (const [company, code, scope, wave] of [
    ['ALPHA', 'GROUP', 'enterprise', 0],
    ['ALPHA', 'ALPHA', 'company', 1],
    ['BETA', 'BETA', 'company', 2],
  ] as const) {
    const opened = { ...given, code, name: code, scope, wave }
    sites[code] = (await e.create('rollout.site.open', e.at(company), opened)).id
  }
  // Whoever writes past the program says for which companies, as the program does.
  await e.admin.query(`select set_config('tw.companies', '1,2', false)`)
  await e.run('party.term.change', e.at('BETA', MAKER), await termOf(2, 'NET60'), { dueDays: 45 })
  const files = { ...readTemplateFiles() }
  const replace = (file: string, from: string, to: string) => {
    expect(files[file]).toContain(from)
    files[file] = (files[file] ?? '').replace(from, to)
  }
  replace('template.yaml', `version: ${e.template.version}`, `version: ${LATER}`)
  replace('payment-terms.yaml', 'due: { from: invoice-date, days: 14 }', 'due: { from: invoice-date, days: 10 }')
  await e.create('rollout.release.publish', e.at('ALPHA'), { files, notes: 'Shorter terms' })
})

const termOf = async (company: number, code: string): Promise<string> =>
  (await e.admin.query('select id from party.term where company_id = $1 and code = $2', [company, code])).rows[0].id
const ask = (name: string, parameters: object = {}, context: Context = e.at('ALPHA', MAKER)) =>
  e.ask<Row>(name, context, parameters)
describe('the board', () => {
  test('TPL-07 shows the sites of every company that one may see, by wave, with the release that is newer', async () => {
    const rows = await ask('rollout.board')
    expect(rows.map((row) => [row.company, row.code, row.wave, row.release, row.newest_release])).toEqual([
      ['ALPHA', 'GROUP', 0, e.template.version, LATER],
      ['ALPHA', 'ALPHA', 1, e.template.version, LATER],
      ['BETA', 'BETA', 2, e.template.version, LATER],
    ])
  })

  test('and of no company more', async () => {
    const grants = [{ companyId: 2, warehouseId: null, upTo: null }]
    const bea: Principal = { ...MAKER, name: 'Bea', permissions: new Map([['rollout.site.read', grants]]) }
    const rows = await ask('rollout.board', {}, e.at('BETA', bea))
    expect(rows.map((row) => row.code)).toEqual(['BETA'])
    expect((await ask('rollout.standing', {}, e.at('BETA', bea))).map((row) => row.id)).toEqual([sites.BETA])
    expect(await refusal(ask('rollout.board', {}, e.at('ALPHA', bea)))).toBe('NOT_ALLOWED')
    const own = await ask('rollout.standing', { own: true }, e.at('ALPHA', MAKER))
    expect(own.map((row) => row.id)).toEqual([sites.GROUP, sites.ALPHA])
  })

  test('TPL-05 TPL-07 counts drift and the share on the template as of now', async () => {
    const of = async () => (await ask('rollout.standing', { site: sites.ALPHA }))[0]
    const before = await of()
    expect(before).toMatchObject({ drift: 0, objects: 0, conflicts: 0, standardisation: '100.0' })
    await applied('ALPHA')
    await e.admin.query(`update ledger.mapping set account = '1120' where company_id = 1 and role = 'receivable'`)
    const after = await of()
    expect(after).toMatchObject({ drift: 1, objects: 1, governed: before?.governed })
    expect(after?.on_template).toBe(Number(before?.on_template) - 1)
    expect(Date.parse(String(after?.moved_at))).toBeGreaterThanOrEqual(Date.parse(String(before?.moved_at)))
  })
})

const planned = async (code: string, input: object = {}) =>
  (await e.create('rollout.plan.make', e.at(code, MAKER), { site: sites[code], ...input })).id
async function applied(code: string, input: object = {}): Promise<string> {
  const id = await planned(code, input)
  const [plan] = await ask('rollout.plan-review', { plan: id }, e.at(code, MAKER))
  await e.run('rollout.plan.approve', e.at(code, APPROVER), id, { hash: plan?.hash })
  await e.run('rollout.plan.apply', e.at(code, MAKER), id)
  return id
}

describe('plans', () => {
  test('TPL-04 a plan is read with its hash, and says when the site has moved on', async () => {
    const id = await planned('ALPHA', { revert: ['ledger.mapping receivable'] })
    const look = async () => (await ask('rollout.plan-review', { plan: id }))[0]
    expect(await look()).toMatchObject({ state: 'made', site: 'ALPHA', kind: 'revert', steps: 1, stale: null })
    expect((await look())?.hash).toMatch(/^[0-9a-f]{64}$/)
    await e.admin.query(`update ledger.mapping set account = '1200' where company_id = 1 and role = 'receivable'`)
    expect((await look())?.stale).toBe('configuration')
    await e.run('rollout.site.follow', e.at('ALPHA', MAKER), sites.ALPHA ?? '', { release: LATER })
    expect((await look())?.stale).toBe('release')
    await applied('ALPHA', { revertAll: true })
    expect((await look())?.stale).toBe('plan')
    const rows = await ask('rollout.plans', { site: 'ALPHA' })
    expect(rows.map((row) => [row.state, row.kind, row.steps])).toEqual([
      ['applied', 'revert', 2],
      ['made', 'revert', 1],
      ['applied', 'follow', 0],
    ])
    expect(await refusal(ask('rollout.plan-review', { plan: 'PLAN-1999-00001' }))).toBe('PLAN_UNKNOWN')
  })
})

describe('what the template says', () => {
  test('TPL-01 every object comes with its file, its owner and how far a site may differ', async () => {
    const rows = await ask('rollout.template-objects', { site: sites.ALPHA })
    const net14 = rows.find((row) => row.kind === 'party.term' && row.key === 'NET14')
    expect(net14).toMatchObject({ file: 'payment-terms.yaml', fields: { code: 'NET14', dueDays: 10 } })
    expect(rows.filter((row) => row.owner === '')).toEqual([])
    const older = await ask('rollout.template-objects', { site: sites.ALPHA, release: e.template.version })
    expect(older.find((row) => row.key === 'NET14')?.fields).toMatchObject({ dueDays: 14 })
    const unknown = ask('rollout.template-objects', { site: sites.ALPHA, release: '0.0.1' })
    expect(await refusal(unknown)).toBe('RELEASE_UNKNOWN')
  })

  test('TPL-08 releases, a site and a release, and two sites are laid side by side', async () => {
    const diff = async (from: string, to: string) =>
      (await ask('rollout.template-diff', { site: sites.ALPHA, from, to })).map((row) => [
        row.key,
        row.field,
        row.what,
        row.from,
        row.to,
      ])
    expect(await diff(e.template.version, LATER)).toEqual([['NET14', 'dueDays', 'changed', 14, 10]])
    expect(await diff(LATER, '@ALPHA')).toEqual([])
    expect(await diff(e.template.version, '@BETA')).toEqual([['NET60', 'dueDays', 'changed', 60, 45]])
    expect(await diff('@BETA', '@ALPHA')).toEqual(
      expect.arrayContaining([
        ['NET14', 'dueDays', 'changed', 14, 10],
        ['NET60', 'dueDays', 'changed', 45, 60],
      ]),
    )
    // GROUP governs what all share, so it has nothing in common with a company.
    expect(await refusal(diff(LATER, '@GROUP'))).toBe('SITE_NOT_COMPARABLE')
    expect(await refusal(diff(LATER, '@NOWHERE'))).toBe('SITE_NOT_COMPARABLE')
  })

  test('what a site adds where it may is its own business; elsewhere it is a difference', () => {
    const object = (kind: string, key: string) => ({ kind, key, fields: { key } })
    const said = { live: false, objects: [object('a', '1'), object('b', '1')] }
    const live = { live: true, objects: [object('a', '1'), object('a', '2'), object('b', '2')] }
    const found = differences(said, live, ['a']).map((one) => [one.kind, one.key, one.what])
    expect(found).toEqual([
      ['b', '1', 'missing'],
      ['b', '2', 'added'],
    ])
    expect(differences(live, live, [])).toEqual([])
  })

  test('kinds and fields have names for people, and releases say who follows them', async () => {
    const rows = await ask('rollout.words')
    expect(rows.find((row) => row.kind === 'party.term' && row.field === 'dueDays')).toMatchObject({
      label: 'Payment term',
      scope: 'company',
      field_kind: 'integer',
    })
    const releases = await ask('rollout.releases')
    expect(releases.map((row) => [row.number, row.previous, row.sites])).toEqual([
      [LATER, e.template.version, ['ALPHA']],
      [e.template.version, null, ['BETA', 'GROUP']],
    ])
  })
})
