// A company that was set up from the template follows it: a plan finds nothing, and what changes is planned, applied and seen.
import { beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { rolloutTools } from '../../src/rollout/index.ts'
import { readTemplateFiles } from '../../src/setup/index.ts'
import { templateReader } from '../../src/setup/reader.ts'
import { APPROVER, enterprise, MAKER, NOW, refusal } from './support/enterprise.ts'

type Drift = {
  kind: string
  key: string
  field: string | null
  what: string
  template: unknown
  live: unknown
  who: string | null
  how: string | null
}
let e: Awaited<ReturnType<typeof enterprise>>
let site = ''
let whole = ''

beforeAll(async () => {
  e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.release()
  const given = { release: e.template.version, kind: 'company', wave: 1, owner: 'Olga', taxArea: 'US-ALPHA' }
  site = (
    await e.create('rollout.site.open', e.at('ALPHA'), { ...given, code: 'ALPHA', name: 'Alpha', scope: 'company' })
  ).id
  whole = (
    await e.create('rollout.site.open', e.at('ALPHA'), { ...given, code: 'GROUP', name: 'Group', scope: 'enterprise' })
  ).id
})

const planned = async (id: string, input: object = {}) => {
  const made = await e.create('rollout.plan.make', e.at('ALPHA', MAKER), { site: id, ...input })
  const { rows } = await e.admin.query(
    'select items, drift, kept, encode(hash, $2) as hash, complete, applyable, number, governed, on_template from rollout.plan where id = $1',
    [made.id, 'hex'],
  )
  return { id: made.id, ...rows[0] }
}
const applied = async (id: string, input: object = {}) => {
  const plan = await planned(id, input)
  await e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: plan.hash })
  await e.run('rollout.plan.apply', e.at('ALPHA', MAKER), plan.id)
  return plan
}

const drift = (id = site, now = NOW) => e.ask<Drift>('rollout.drift', e.at('ALPHA', MAKER, now), { site: id })
const one = async (query: string) => (await e.admin.query(query)).rows[0]
describe('a company as the set-up made it', () => {
  test('TPL-03 the enterprise and the company are what the template says: their plans are empty', async () => {
    for (const id of [site, whole]) {
      const plan = await planned(id)
      expect(plan).toMatchObject({ items: [], drift: [], kept: [], complete: true, applyable: true })
      expect(plan.governed).toBeGreaterThan(200)
      expect(plan.on_template).toBe(plan.governed)
    }
  })

  test('T-TPL-01 TPL-04 applied twice, the second plan is empty; and a plan is applied once', async () => {
    const first = await applied(site)
    const second = await applied(site)
    expect([first.items, second.items]).toEqual([[], []])
    expect(await refusal(e.run('rollout.plan.apply', e.at('ALPHA', MAKER), second.id))).toBe('WRONG_STATE')
  })

  test('who makes a plan does not approve it, and approves what he has read', async () => {
    const plan = await planned(site)
    expect(await refusal(e.run('rollout.plan.approve', e.at('ALPHA', MAKER), plan.id, { hash: plan.hash }))).toBe(
      'PLAN_OWN',
    )
    expect(
      await refusal(e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: 'a'.repeat(64) })),
    ).toBe('PLAN_HASH_DIFFERS')
    await e.run('rollout.plan.discard', { ...e.at('ALPHA', MAKER), reason: 'Only to try' }, plan.id)
  })
})

describe('what a site changes by itself', () => {
  test('T-TPL-02 TPL-05 a tolerance changed by a verb shows as drift with who, when and how, and revert takes it back', async () => {
    await applied(site)
    const { id } = await one(`select id from ledger.mapping where role = 'receivable'`)
    const before = await one(`select account from ledger.mapping where role = 'receivable'`)
    await e.run('ledger.mapping.set', { ...e.at('ALPHA', MAKER), reason: 'I like it so' }, id, { account: '1120' })
    const found = await drift()
    expect(found).toMatchObject([
      {
        kind: 'ledger.mapping',
        key: 'receivable',
        field: 'account',
        what: 'changed',
        template: before.account,
        live: '1120',
        how: 'api, ledger.mapping.set',
      },
    ])
    expect(await refusal(planned(site, { revert: ['ledger.mapping inventory'] }))).toBe('DRIFT_UNKNOWN')
    const plan = await applied(site, { revert: ['ledger.mapping receivable'] })
    expect(plan.items).toMatchObject([
      { change: 'update', fields: [{ field: 'account', from: '1120', to: before.account }] },
    ])
    expect(await one(`select account from ledger.mapping where role = 'receivable'`)).toEqual(before)
    expect(await drift()).toEqual([])
  })

  test('TPL-05 what is written past the program shows with the login that wrote it: changed, added, taken away', async () => {
    await e.admin.query(`select set_config('tw.companies', '1', false)`)
    await e.admin.query(`update tax.rule set code = 'US-EXEMPT' where position = 'domestic' and tax_class = 'standard'`)
    await e.admin.query(
      `insert into party.term (company_id, code, name, due_days) values (1, 'NET99', 'Ninety-nine', 99)`,
    )
    await e.admin.query(`delete from ledger.mapping where role = 'in-transit'`)
    await e.admin.query(`update company.company set settings = settings || '{"price-includes-tax": true}'`)
    const found = await drift()
    expect(found.map((row) => [row.kind, row.key, row.field, row.what])).toEqual([
      ['company.setting', 'price-includes-tax', 'value', 'changed'],
      ['ledger.mapping', 'in-transit', null, 'missing'],
      ['party.term', 'NET99', null, 'added'],
      ['tax.rule', 'domestic/standard', 'code', 'changed'],
    ])
    for (const row of found) expect(row.how).toMatch(/^SQL as /)
    const plan = await applied(site, { revertAll: true })
    expect(plan.items.map((item: { change: string }) => item.change)).toEqual(['update', 'create', 'end', 'update'])
    expect(await drift()).toEqual([])
    expect(
      await one(
        `select code from tax.rule where position = 'domestic' and tax_class = 'standard' and state = 'active'`,
      ),
    ).toEqual({ code: 'US-STD' })
    expect(await one(`select state from party.term where code = 'NET99'`)).toEqual({ state: 'closed' })
  })

  test('a default that a site changes is its own and no drift; TPL-07 it lowers the share that is on the template', async () => {
    const { id } = await one(`select id from party.term where code = 'NET60'`)
    await e.run('party.term.change', e.at('ALPHA', MAKER), id, { dueDays: 45 })
    const plan = await planned(site)
    expect([plan.items, plan.drift]).toEqual([[], []])
    expect(plan.kept).toMatchObject([{ kind: 'party.term', key: 'NET60', field: 'dueDays', value: 45 }])
    expect(plan.on_template).toBe(plan.governed - 1)
  })
})

describe('every kind of configuration', () => {
  test('TPL-05 keeps a record of its own changes, so that no way around the verbs stays unseen', async () => {
    const { rows } = await e.admin.query(
      `select tgrelid::regclass::text as name from pg_trigger where tgname = 'configuration_watched'`,
    )
    const watched = new Set(rows.map((row) => row.name.replaceAll('"', '')))
    const tables = [...rolloutTools(modules, templateReader).kinds.values()].flatMap((kind) => [
      kind.table === 'company.companies' ? 'company.company' : kind.table,
      ...Object.values(kind.lists).map((list) => list.table),
    ])
    // Prices are trade data with a history of their own.
    expect(tables.filter((table) => !watched.has(table) && table !== 'pricing.condition')).toEqual([])
    expect(tables.length).toBeGreaterThan(20)
  })
})

describe('deviations in a plan', () => {
  test('TPL-06 an approved deviation is kept until its last day, and is drift on the next', async () => {
    await e.admin.query(`update ledger.account set name = 'Debtors' where code = '1100'`)
    await e.admin.query(
      `insert into rollout.deviation (company_id, id, number, state, site_id, kind, object_key, field, value, scope, reason, risk, owner, compensating_control,
        requested_by, requested_at, approved_by, approved_at, expires_on, created_at, updated_at)
      select 1, gen_random_uuid(), 'DEV-2026-00001', 'approved', $1, 'ledger.account', '1100', 'name', '"Debtors"', 'Alpha', 'Law', 'None', 'Olga', 'Read monthly',
        gen_random_uuid(), $2, gen_random_uuid(), $2, '2026-03-31', $2, $2`,
      [site, NOW],
    )
    expect(await drift()).toEqual([])
    expect((await planned(site)).kept).toContainEqual({
      kind: 'ledger.account',
      key: '1100',
      field: 'name',
      value: 'Debtors',
      by: 'DEV-2026-00001',
    })
    expect(await drift(site, new Date('2026-04-01T08:00:00Z'))).toMatchObject([
      { key: '1100', field: 'name', expired: 'DEV-2026-00001' },
    ])
    await e.admin.query(`update ledger.account set name = 'Something else' where code = '1100'`)
    expect(await drift()).toMatchObject([{ key: '1100', field: 'name', template: 'Debtors', live: 'Something else' }])
    await applied(site, { revertAll: true })
    expect(await one(`select name from ledger.account where code = '1100'`)).toEqual({ name: 'Debtors' })
  })
})

describe('another release', () => {
  const files = () => {
    const all = { ...readTemplateFiles() }
    const replace = (file: string, from: string, to: string) => {
      expect(all[file]).toContain(from)
      all[file] = (all[file] ?? '').replace(from, to)
    }
    return { all, replace }
  }

  test('TPL-08 a later release is planned field by field: what the template moved, what the site chose, what both moved', async () => {
    const next = files()
    next.replace('template.yaml', `version: ${e.template.version}`, 'version: 9.0.0')
    next.replace('payment-terms.yaml', 'due: { from: invoice-date, days: 14 }', 'due: { from: invoice-date, days: 10 }')
    next.replace(
      'chart-of-accounts.csv',
      '1000,Petty cash,asset,bank,default,',
      '1000,Petty cash of the site,asset,bank,default,',
    )
    await e.create('rollout.release.publish', e.at('ALPHA'), { files: next.all, notes: 'Shorter terms' })
    await e.run('rollout.site.follow', e.at('ALPHA', MAKER), site, { release: '9.0.0' })
    const plan = await planned(site)
    expect(plan.items).toMatchObject([
      {
        kind: 'ledger.account',
        key: '1000',
        change: 'update',
        fields: [{ field: 'name', to: 'Petty cash of the site' }],
      },
      { kind: 'party.term', key: 'NET14', change: 'update', fields: [{ field: 'dueDays', from: 14, to: 10 }] },
    ])
    expect(await one(`select due_days from party.term where code = 'NET14'`)).toEqual({ due_days: 14 })
    await e.admin.query(`update party.term set due_days = 12 where code = 'NET14'`)
    await e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: plan.hash })
    expect(await refusal(e.run('rollout.plan.apply', e.at('ALPHA', MAKER), plan.id))).toBe('PLAN_STALE')
    expect((await planned(site)).items.map((item: { key: string }) => item.key)).toEqual(['1000'])
    await e.admin.query(`update party.term set due_days = 14 where code = 'NET14'`)
    await e.run('rollout.plan.apply', e.at('ALPHA', MAKER), plan.id)
    expect(await one(`select due_days from party.term where code = 'NET14'`)).toEqual({ due_days: 10 })
    expect((await planned(site)).items).toEqual([])
  })

  test('what both changed is a conflict that somebody decides before anything is applied', async () => {
    const next = files()
    next.replace('template.yaml', `version: ${e.template.version}`, 'version: 9.1.0')
    next.replace('payment-terms.yaml', 'name: Payment before delivery', 'name: Payment in advance')
    await e.admin.query(`update party.term set name = 'Vorkasse' where code = 'PREPAID'`)
    await e.create('rollout.release.publish', e.at('ALPHA'), { files: next.all, notes: 'A better name' })
    await e.run('rollout.site.follow', e.at('ALPHA', MAKER), site, { release: '9.1.0' })
    const plan = await planned(site)
    expect(plan.applyable).toBe(false)
    expect(plan.drift).toMatchObject([{ key: 'PREPAID', field: 'name', conflict: true }])
    expect(await refusal(e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: plan.hash }))).toBe(
      'PLAN_NEEDS_DECISION',
    )
    await applied(site, { revert: ['party.term PREPAID'] })
    expect(await one(`select name from party.term where code = 'PREPAID'`)).toEqual({ name: 'Payment in advance' })
  })

  test('what live documents lean on is deferred with the way out, and stays', async () => {
    const next = files()
    next.replace('template.yaml', `version: ${e.template.version}`, 'version: 9.2.0')
    next.replace('units.csv', 'DZ,Dozen,count,yes', 'DZ,Dozen,count,no')
    await e.admin.query(`insert into catalog.item (id, code, name, base_unit, sales_unit, state, created_at, updated_at)
      values (gen_random_uuid(), 'EGGS', 'Eggs', 'DZ', 'DZ', 'active', now(), now())`)
    await applied(whole)
    await e.create('rollout.release.publish', e.at('ALPHA'), { files: next.all, notes: 'Half dozens' })
    await e.run('rollout.site.follow', e.at('ALPHA', MAKER), whole, { release: '9.2.0' })
    const plan = await applied(whole)
    expect(plan.items).toMatchObject([
      {
        kind: 'catalog.unit',
        key: 'DZ',
        change: 'deferred',
        reason: expect.stringContaining('items are counted in it'),
      },
    ])
    expect(plan.complete).toBe(false)
    expect(await one(`select whole from catalog.unit where code = 'DZ'`)).toEqual({ whole: true })
  })

  test('a release never changes, comes after the last, and holds together', async () => {
    const next = files()
    const publish = (all: Record<string, string>) =>
      refusal(e.create('rollout.release.publish', e.at('ALPHA'), { files: all, notes: '' }))
    expect(await publish(next.all)).toBe('RELEASE_NOT_LATER')
    next.replace('template.yaml', `version: ${e.template.version}`, 'version: 9.2.0')
    expect(await publish(next.all)).toBe('RELEASE_THERE')
    next.replace('template.yaml', 'version: 9.2.0', 'version: 9.3.0')
    next.replace('posting-rules.yaml', "{ role: receivable, account: '1100'", "{ role: receivable, account: '0001'")
    expect(await publish(next.all)).toBe('RELEASE_UNSOUND')
    await expect(e.admin.query('set role tw_app')).resolves.toBeDefined()
    await expect(e.admin.query(`update rollout.release set files = '{}'`)).rejects.toThrow(/permission denied/)
    await e.admin.query('reset role')
  })
})
