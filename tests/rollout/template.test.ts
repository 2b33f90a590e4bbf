// The template learns: what a site changed is proposed, accepted by another, published, and is drift no more; before that
// one sees what a release would do to every site.
import { beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { rolloutTools } from '../../src/rollout/index.ts'
import { blocksOf, withBlock } from '../../src/rollout/template/overlay.ts'
import { isLater, nextVersion } from '../../src/rollout/template/version.ts'
import { readTemplateFiles } from '../../src/setup/index.ts'
import { templateReader } from '../../src/setup/reader.ts'
import { APPROVER, enterprise, MAKER, NOW, refusal } from './support/enterprise.ts'

let e: Awaited<ReturnType<typeof enterprise>>
const sites: Record<string, string> = {}
beforeAll(async () => {
  e = await enterprise(['ALPHA', 'BETA', 'GAMMA'].map((code) => ({ code, currency: 'USD', country: 'US' })))
  await e.release()
  for (const code of ['ALPHA', 'BETA', 'GAMMA']) {
    sites[code] = (
      await e.create('rollout.site.open', e.at(code), {
        code,
        name: code,
        scope: 'company',
        kind: 'company',
        wave: 1,
        owner: 'Olga',
        taxArea: 'US-ALPHA',
        release: '1.0.0',
      })
    ).id
    await applied(code)
  }
})

async function applied(code: string, input: object = {}) {
  const made = await e.create('rollout.plan.make', e.at(code, MAKER), { site: sites[code], ...input })
  const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash, items from rollout.plan where id = $1`, [
    made.id,
  ])
  await e.run('rollout.plan.approve', e.at(code, APPROVER), made.id, { hash: rows[0].hash })
  await e.run('rollout.plan.apply', e.at(code, MAKER), made.id)
  return rows[0].items
}
const drift = (code: string) =>
  e.ask<{ kind: string; key: string }>('rollout.drift', e.at(code, MAKER), { site: sites[code] })
const locally = (code: string, statement: string) =>
  e.admin.query(statement.replaceAll('$COMPANY', String(e.ids[code])))
const waive = (code: string, number: string, kind: string, key: string, field: string, value: unknown) =>
  e.admin.query(
    `insert into rollout.deviation (company_id, id, number, state, site_id, kind, object_key, field, value, scope, reason, risk, owner, compensating_control,
      requested_by, requested_at, approved_by, approved_at, expires_on, created_at, updated_at)
    values ($1, gen_random_uuid(), $2, 'approved', $3, $4, $5, $6, $7, 'Here', 'Law', 'None', 'Olga', 'Read monthly', gen_random_uuid(), $8, gen_random_uuid(), $8, '2026-12-31', $8, $8)`,
    [e.ids[code], number, sites[code], kind, key, field, JSON.stringify(value), NOW],
  )

describe('what a site changed becomes the template', () => {
  test('TPL-09 adopt: proposed with its evidence, accepted by somebody else, published, and drift no more, here and elsewhere', async () => {
    await locally('ALPHA', `update ledger.account set name = 'Debtors' where company_id = $COMPANY and code = '1100'`)
    await locally(
      'ALPHA',
      `insert into party.term (company_id, code, name, due_days) values ($COMPANY, 'NET75', '75 days net', 75)`,
    )
    expect(
      await refusal(
        e.create('rollout.proposal.adopt', e.at('ALPHA', MAKER), {
          site: sites.ALPHA,
          kind: 'tax.code',
          key: 'US-STD',
          field: 'name',
          reason: 'No',
        }),
      ),
    ).toBe('DRIFT_UNKNOWN')
    const one = await e.create('rollout.proposal.adopt', e.at('ALPHA', MAKER), {
      site: sites.ALPHA,
      kind: 'ledger.account',
      key: '1100',
      field: 'name',
      reason: 'What everybody says',
    })
    const two = await e.create('rollout.proposal.adopt', e.at('ALPHA', MAKER), {
      site: sites.ALPHA,
      kind: 'party.term',
      key: 'NET75',
      reason: 'Key accounts ask for it',
    })
    expect(await refusal(e.run('rollout.proposal.accept', e.at('ALPHA', MAKER), one.id))).toBe('PROPOSAL_OWN')
    for (const { id } of [one, two]) await e.run('rollout.proposal.accept', e.at('BETA', APPROVER), id)
    const out = await e.runAll('rollout.proposal.release', e.at('BETA', APPROVER), [one.id, two.id], {
      bump: 'minor',
      notes: 'From Alpha',
    })
    expect(out.result).toMatchObject({ number: '1.1.0' })
    const { rows } = await e.admin.query(`select files from rollout.release where number = '1.1.0'`)
    expect(rows[0].files['template.yaml']).toContain('version: 1.1.0            # semantic')
    expect(Object.keys(rows[0].files).filter((file) => file.startsWith('objects/'))).toEqual([
      'objects/party.term.yaml',
      'objects/ledger.account.yaml',
    ])
    for (const code of ['ALPHA', 'BETA'])
      await e.run('rollout.site.follow', e.at(code, MAKER), sites[code] ?? '', { release: '1.1.0' })
    expect(await drift('ALPHA')).toEqual([])
    expect(await applied('ALPHA')).toEqual([])
    expect(await applied('BETA')).toMatchObject([
      { kind: 'ledger.account', key: '1100', change: 'update' },
      { kind: 'party.term', key: 'NET75', change: 'create' },
    ])
    await e.run('rollout.site.follow', e.at('GAMMA', MAKER), sites.GAMMA ?? '', { release: '1.1.0' })
    await applied('GAMMA')
  })

  test('a proposal can be rejected with a reason, and then is not published', async () => {
    await locally('GAMMA', `update ledger.account set name = 'Stock' where company_id = $COMPANY and code = '1200'`)
    const { id } = await e.create('rollout.proposal.adopt', e.at('GAMMA', MAKER), {
      site: sites.GAMMA,
      kind: 'ledger.account',
      key: '1200',
      field: 'name',
      reason: 'Shorter',
    })
    await e.run('rollout.proposal.reject', { ...e.at('GAMMA', APPROVER), reason: 'Not in our language' }, id)
    expect(
      await refusal(e.run('rollout.proposal.release', e.at('GAMMA', APPROVER), id, { bump: 'patch', notes: '' })),
    ).toBe('WRONG_STATE')
    await applied('GAMMA', { revertAll: true })
  })
})

describe('before a release', () => {
  test('T-TPL-04 TPL-08 what-if lists what changes, waits, conflicts and becomes needless at every site, and writes nothing', async () => {
    await locally(
      'ALPHA',
      `insert into ledger.balance (company_id, account, period_id, shard, debit) select $COMPANY, '1120', id, 0, 5 from ledger.period where company_id = $COMPANY limit 1`,
    )
    await locally('BETA', `update ledger.account set name = 'Our stock' where company_id = $COMPANY and code = '1200'`)
    await locally('GAMMA', `update ledger.account set name = 'Goods' where company_id = $COMPANY and code = '1200'`)
    await waive('GAMMA', 'DEV-2026-00007', 'ledger.account', '1200', 'name', 'Goods')
    const files = (await e.admin.query(`select files from rollout.release where number = '1.1.0'`)).rows[0]
      .files as Record<string, string>
    files['template.yaml'] = (files['template.yaml'] ?? '').replace('1.1.0', '2.0.0')
    files['chart-of-accounts.csv'] = (files['chart-of-accounts.csv'] ?? '')
      .replace('1200,Inventory,', '1200,Goods,')
      .replace('1120,Notes receivable,asset', '1120,Notes receivable,liability')
    await e.release(files, 'Goods')
    const before = await hash()
    const found = await e.ask<{ site: string; key: string; effect: string }>(
      'rollout.what-if',
      e.at('ALPHA', APPROVER),
      { release: '2.0.0' },
    )
    expect(found.map((row) => [row.site, row.key, row.effect])).toEqual([
      ['ALPHA', '1120', 'deferred'],
      ['ALPHA', '1200', 'update'],
      ['BETA', '1120', 'update'],
      ['BETA', '1200', 'conflict'],
      ['GAMMA', '1120', 'update'],
      ['GAMMA', '1200', 'needless'],
    ])
    expect(await hash()).toBe(before)
    expect(await refusal(e.ask('rollout.what-if', e.at('ALPHA', APPROVER), { release: '8.8.8' }))).toBe(
      'RELEASE_UNKNOWN',
    )
  })

  const hash = async () =>
    (
      await e.admin.query(`select md5(string_agg(t::text, '' order by t::text)) as hash from (select company_id::text, code, name, type from ledger.account union all
      select company_id::text, code, name, due_days::text from party.term union all select id::text, state, plan_id::text, '' from rollout.site) t`)
    ).rows[0].hash

  test('TPL-09 what several sites were let off is listed as a lesson', async () => {
    for (const [at, code] of ['ALPHA', 'BETA'].entries())
      await waive(code, `DEV-2026-0001${at}`, 'company.setting', 'group-limit', 'value', 'off')
    const found = await e.ask('rollout.lessons', e.at('ALPHA', APPROVER), {})
    expect(found).toEqual([
      {
        kind: 'company.setting',
        key: 'group-limit',
        field: 'value',
        value: 'off',
        sites: 2,
        of: 3,
        waived: 'ALPHA, BETA',
      },
    ])
  })
})

describe('blocks of a template', () => {
  test('TPL-01 a block goes to its place by its key, merges into one that is there, and what people wrote stays', () => {
    const text =
      '# Terms of the house\n- object: NET30   # the standard\n  fields: { dueDays: 28 }\n- object: NET60\n  retired: true\n'
    const more = withBlock(withBlock(text, { object: 'NET45', owner: 'Olga', fields: { dueDays: 45 } }), {
      object: 'NET30',
      fields: { name: 'Four weeks' },
    })
    expect(more).toContain('# Terms of the house')
    expect(more).toContain('# the standard')
    expect(blocksOf({ 'objects/party.term.yaml': more }).map((one) => one.block)).toEqual([
      { object: 'NET30', fields: { dueDays: 28, name: 'Four weeks' } },
      { object: 'NET45', owner: 'Olga', fields: { dueDays: 45 } },
      { object: 'NET60', retired: true },
    ])
    expect(withBlock(more, { object: 'NET30', fields: { name: 'Four weeks' } })).toBe(more)
  })

  test.each([
    ['- fields: {}', 'names no object'],
    ['- object: A\n  control: maybe', 'control is'],
    ['object: A', 'no list'],
    ['- [', ''],
  ])('what is no block is refused: %s', async (text) => {
    const files = { ...readTemplateFiles(), 'objects/party.term.yaml': text }
    expect(await refusal(e.release(files, ''))).toBe('TEMPLATE_BLOCK')
  })

  test('a block may change what only another country has, and not what nobody has', async () => {
    const own = '- object: US-STD\n  fields: { name: Sales tax }\n'
    const parameters = { scope: 'company', currency: 'EUR', taxArea: 'DE', choices: {} } as const
    const tools = rolloutTools(modules, templateReader)
    const files = { ...readTemplateFiles(), 'objects/tax.code.yaml': own }
    expect(tools.compile(files, parameters).some((one) => one.key === 'US-STD')).toBe(false)
    const there = tools.compile(files, { ...parameters, currency: 'USD', taxArea: 'US-ALPHA' })
    expect(there.find((one) => one.kind === 'tax.code' && one.key === 'US-STD')?.fields.name).toBe('Sales tax')
    const nobody = { ...files, 'objects/tax.code.yaml': own.replace('US-STD', 'XX-STD') }
    expect(await refusal(e.release(nobody, ''))).toBe('TEMPLATE_BLOCK')
  })

  test('a kind that is not there makes a release unsound', async () => {
    expect(await refusal(e.release({ ...readTemplateFiles(), 'objects/party.whim.yaml': '- object: A\n' }, ''))).toBe(
      'RELEASE_UNSOUND',
    )
  })

  test('versions are compared by their numbers', () => {
    expect([isLater('1.10.0', '1.9.9'), isLater('1.0.0', '1.0.0'), isLater('x', '1.0.0')]).toEqual([true, false, false])
    expect([
      nextVersion('1.2.3', 'major'),
      nextVersion('1.2.3', 'minor'),
      nextVersion('1.2.3', 'patch'),
      nextVersion('?', 'patch'),
    ]).toEqual(['2.0.0', '1.3.0', '1.2.4', '1.0.0'])
  })
})
