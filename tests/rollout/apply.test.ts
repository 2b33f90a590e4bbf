// Plans on a real database: random configurations become one another, a connection lost anywhere leaves the former or the
// new state, and what cannot be is refused.
import fc from 'fast-check'
import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { openKernel } from '#kernel/kernel'
import { modules } from '../../src/modules/index.ts'
import { readLive } from '../../src/rollout/configuration/live.ts'
import { type LiveObject, nameOf, type Value } from '../../src/rollout/configuration/object.ts'
import { type Change, writeChanges } from '../../src/rollout/configuration/write.ts'
import { rolloutTools } from '../../src/rollout/index.ts'
import { planOf } from '../../src/rollout/plan/plan.ts'
import type { TemplateObject } from '../../src/rollout/template/template-object.ts'
import { readTemplateFiles } from '../../src/setup/index.ts'
import { templateReader } from '../../src/setup/reader.ts'
import { APPROVER, command, enterprise, MAKER, NOW, refusal } from './support/enterprise.ts'

const { kinds } = rolloutTools(modules, templateReader)
let e: Awaited<ReturnType<typeof enterprise>>
let site = ''
const given = { kind: 'company', wave: 1, owner: 'Olga', taxArea: 'US-ALPHA', scope: 'company' }

beforeAll(async () => {
  e = await enterprise([
    { code: 'ALPHA', currency: 'USD', country: 'US' },
    { code: 'BETA', currency: 'EUR', country: 'DE' },
  ])
  await e.release()
  site = (
    await e.create('rollout.site.open', e.at('ALPHA'), {
      ...given,
      release: e.template.version,
      code: 'ALPHA',
      name: 'Alpha',
    })
  ).id
})

/** Random configurations of kinds of every sort: with states, without, members, references, composed keys. */
const text = fc.constantFrom('One', 'Two', 'Three')
const codes = (most: number) => fc.uniqueArray(fc.integer({ min: 1, max: most }), { maxLength: most })
const some = (
  kind: string,
  most: number,
  fields: (at: number) => fc.Arbitrary<Record<string, Value>>,
  key: (at: number) => string,
) =>
  codes(most).chain((all) =>
    fc.tuple(...all.map((at) => fields(at).map((made): LiveObject => ({ kind, key: key(at), fields: made })))),
  )
const configuration = fc
  .tuple(
    some(
      'party.term',
      4,
      (at) =>
        fc.record({
          code: fc.constant(`R${at}`),
          name: text,
          dueDays: fc.integer({ min: 0, max: 90 }),
          endOfMonth: fc.boolean(),
          discountPercent: fc.constantFrom('0', '2', '2.5'),
          discountDays: fc.constant(0),
          prepaid: fc.constant(false),
        }),
      (at) => `R${at}`,
    ),
    some(
      'sales.backorder-rule',
      3,
      (at) =>
        fc.record({
          code: fc.constant(`R${at}`),
          name: text,
          policy: fc.constantFrom('ship-complete', 'cancel-remainder'),
          minFillPercent: fc.constantFrom('0', '12.5'),
          maxShipments: fc.option(fc.integer({ min: 1, max: 3 })),
          keepOpenDays: fc.constant(null),
          customerClass: fc.constant(`C${at}`),
          itemClass: fc.constant(null),
          channel: fc.constant(null),
        }),
      (at) => `R${at}`,
    ),
    some(
      'company.setting',
      3,
      (at) =>
        fc.record({ key: fc.constant(`random-${at}`), value: fc.constantFrom<Value>(true, 'text', 4, { a: [1, 2] }) }),
      (at) => `random-${at}`,
    ),
    some(
      'kernel.approval-rule',
      3,
      (at) =>
        fc.record({
          kind: fc.constant('random'),
          role: text,
          above: fc.constant(String(at * 10)),
          upTo: fc.option(fc.constantFrom('100', '250.5')),
          sequence: fc.constant(1),
        }),
      (at) => `?${at}`,
    ),
    some(
      'tax.rule',
      3,
      (at) =>
        fc.record({
          position: fc.constant('random'),
          taxClass: fc.constant(`t${at}`),
          code: fc.constantFrom('US-STD', 'US-EXEMPT'),
        }),
      (at) => `random/t${at}`,
    ),
  )
  .map((parts) =>
    parts
      .flat()
      .map((one) =>
        one.kind === 'kernel.approval-rule' ? { ...one, key: `random/${one.fields.role}/${one.fields.above}/1` } : one,
      ),
  )

const WANTED = ['party.term', 'sales.backorder-rule', 'company.setting', 'kernel.approval-rule', 'tax.rule']
const isRandom = (one: LiveObject) => /^(R\d|random)/.test(one.key)
const template = (objects: readonly LiveObject[]): TemplateObject[] =>
  objects.map((one) => ({ ...one, control: 'locked', owner: 'Olga', reason: '' }))
const live = async () =>
  (await transaction(e.kernel.pool, { companies: [1] }, (tx) => readLive(tx, kinds, WANTED, 1))).filter(isRandom)
const sorted = (objects: readonly LiveObject[]) =>
  [...objects].map(({ kind, key, fields }) => ({ kind, key, fields })).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))

async function become(base: readonly LiveObject[], desired: readonly LiveObject[]): Promise<void> {
  const plan = planOf({
    desired: template(desired),
    base: template(base),
    live: await live(),
    deviations: [],
    inUse: [],
    open: [],
    revert: new Set(),
    today: '2026-03-02',
  })
  const changes = plan.items.map(
    (item): Change => ({ ...item.object, change: item.change === 'deferred' ? 'update' : item.change }),
  )
  await transaction(e.kernel.pool, { companies: [1] }, (tx) => writeChanges(tx, kinds, 1, changes, NOW))
}

describe('any two configurations in the database', () => {
  test('TPL-04 apply(plan(a, b)) is b, whichever stood there before, and back', async () => {
    await fc.assert(
      fc.asyncProperty(configuration, configuration, async (a, b) => {
        await become(await live(), a)
        expect(sorted(await live())).toEqual(sorted(a))
        await become(a, b)
        expect(sorted(await live())).toEqual(sorted(b))
        await become(b, [])
        expect(await live()).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('a reference that leads nowhere is refused, and nothing is written', async () => {
    const dangling: Change = {
      kind: 'pricing.margin-floor',
      key: 'NOWHERE',
      fields: { category: 'NOWHERE', percent: '5' },
      change: 'create',
    }
    expect(
      await refusal(
        transaction(e.kernel.pool, { companies: [1] }, (tx) => writeChanges(tx, kinds, 1, [dangling], NOW)),
      ),
    ).toBe('CONFIGURATION_DANGLES')
  })
})

/** A kernel whose connections die when their `last` statement in all has been sent. */
function dying(url: string, last: number) {
  const kernel = openKernel(url, { max: 1 })
  let left = last
  kernel.pool.on('connect', (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    Object.assign(client, {
      query: (...given: unknown[]) => {
        left -= 1
        if (left < 0) (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
        return query(...given)
      },
    })
  })
  return { kernel, isOver: () => left >= 0 }
}

describe('a connection that is lost', () => {
  test('TPL-04 at any statement of an apply leaves the former state or the new one, and never between', async () => {
    const files = { ...readTemplateFiles() }
    files['template.yaml'] = (files['template.yaml'] ?? '').replace(/version: \S+/, 'version: 5.0.0')
    files['payment-terms.yaml'] = (files['payment-terms.yaml'] ?? '').replaceAll('days: 14 }', 'days: 13 }')
    files['chart-of-accounts.csv'] = (files['chart-of-accounts.csv'] ?? '').replace('1120,Notes', '1121,Notes')
    files['units.csv'] = (files['units.csv'] ?? '').replace('DZ,Dozen,', 'DZ,Twelve,')
    await e.release(files, 'Two kinds of change')
    await e.run('rollout.site.follow', e.at('ALPHA'), site, { release: '1.0.0' })
    const first = await e.create('rollout.plan.make', e.at('ALPHA', MAKER), { site })
    const approve = async (id: string) => {
      const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash from rollout.plan where id = $1`, [id])
      await e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), id, { hash: rows[0].hash })
    }
    await approve(first.id)
    await e.run('rollout.plan.apply', e.at('ALPHA', MAKER), first.id)
    await e.run('rollout.site.follow', e.at('ALPHA'), site, { release: '5.0.0' })
    const plan = await e.create('rollout.plan.make', e.at('ALPHA', MAKER), { site })
    await approve(plan.id)
    const state = async () => {
      const { rows } = await e.admin.query(
        `select (select due_days from party.term where company_id = 1 and code = 'NET14') as days,
        (select state from ledger.account where company_id = 1 and code = '1120') as old, (select state from ledger.account where company_id = 1 and code = '1121') as new,
        (select state from rollout.plan where id = $1) as plan, (select plan_id = $1 from rollout.site where id = $2) as current`,
        [plan.id, site],
      )
      return rows[0]
    }
    const former = await state()
    expect(former).toEqual({ days: 14, old: 'active', new: null, plan: 'approved', current: false })
    let tried = 0
    for (let last = 0; last < 200; last++) {
      const { kernel, isOver } = dying(e.url, last)
      const ended = await command('rollout.plan.apply')
        .run(kernel, e.at('ALPHA', MAKER), { ids: [plan.id], input: {} })
        .then(
          () => true,
          () => false,
        )
      await kernel.close().catch(() => undefined)
      tried += 1
      if (ended && isOver()) break
      expect([former, { days: 13, old: 'closed', new: 'active', plan: 'applied', current: true }]).toContainEqual(
        await state(),
      )
      if ((await state()).plan === 'applied') break
    }
    expect(tried).toBeGreaterThan(15)
    expect(await state()).toEqual({ days: 13, old: 'closed', new: 'active', plan: 'applied', current: true })
  })
})

describe('what cannot be', () => {
  const open = (code: string, input: object) =>
    refusal(e.create('rollout.site.open', e.at(code), { ...given, release: '1.0.0', code, name: code, ...input }))

  test('a site follows a release that is there and not withdrawn, and governs what no other site does', async () => {
    expect(await open('BETA', { release: '7.7.7' })).toBe('RELEASE_UNKNOWN')
    expect(await open('ALPHA', { code: 'AGAIN' })).toBe('SITE_THERE')
    expect(await open('BETA', { taxArea: 'DE', choices: { 'price-includes-tax': true } })).toBe('TEMPLATE_LOCKED')
    const files = { ...readTemplateFiles() }
    files['template.yaml'] = (files['template.yaml'] ?? '').replace(/version: \S+/, 'version: 6.0.0')
    files['units.csv'] = `${files['units.csv']}\n`
    const { id } = await e.release(files, 'Too early')
    expect(await refusal(e.release(files, 'Again'))).toBe('RELEASE_THERE')
    files['template.yaml'] = (files['template.yaml'] ?? '').replace('version: 6.0.0', 'version: 6.0.1')
    await e.run('rollout.release.withdraw', { ...e.at('ALPHA'), reason: 'Too early' }, id)
    expect(await open('BETA', { release: '6.0.0' })).toBe('RELEASE_WITHDRAWN')
    expect(await open('BETA', { taxArea: 'DE' })).toBe('nothing refused')
  })

  test('a plan is of a site of its company, and made one at a time', async () => {
    expect(await refusal(e.create('rollout.plan.make', e.at('BETA'), { site }))).toBe('SITE_NOT_HERE')
    const two = command('rollout.plan.make').run(e.kernel, e.at('ALPHA'), { input: [{ site }, { site }] })
    expect(await refusal(two)).toBe('PLAN_ONE_AT_A_TIME')
  })

  test('a site changes its answers as far as the template asks', async () => {
    await e.run('rollout.site.change', e.at('ALPHA'), site, { owner: 'Otto', choices: { 'cut-off': '16:00' } })
    const { rows } = await e.admin.query(
      'select owner, state, parameters -> $2 as choices from rollout.site where id = $1',
      [site, 'choices'],
    )
    expect(rows[0]).toEqual({ owner: 'Otto', state: 'discovery', choices: { 'cut-off': '16:00' } })
    expect(await refusal(e.run('rollout.site.change', e.at('ALPHA'), site, { choices: { nothing: 1 } }))).toBe(
      'TEMPLATE_UNKNOWN_NAME',
    )
  })
})
