// A warehouse is a site below its company: it is governed apart, nothing is told twice, and together they are the whole.
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { modules } from '../../../src/modules/index.ts'
import { rolloutTools } from '../../../src/rollout/index.ts'
import { withVersion } from '../../../src/rollout/template/version.ts'
import { judgedOf } from '../../../src/rollout/uat/judged.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { templateReader } from '../../../src/setup/reader.ts'
import { APPROVER, enterprise, MAKER, refusal } from '../support/enterprise.ts'

type Drift = { kind: string; key: string; field: string | null; what: string; live: unknown; how: string | null }
type Item = { kind: string; key: string; change: string; fields: { field: string; from: unknown; to: unknown }[] }
let e: Awaited<ReturnType<typeof enterprise>>
const sites: Record<string, string> = {}
const tools = rolloutTools(modules, templateReader)

/** A release that states one bin of each warehouse, so that a company governs buildings wherever they have no site. */
const BINS = ['MAIN', 'NORTH', 'SOUTH'].map((warehouse) => ({
  ...{ object: `${warehouse}/A-01`, control: 'locked', owner: 'warehouse-supervisor', reason: 'The first bin' },
  fields: { warehouse, code: 'A-01', name: 'Bin A-01', kind: 'stock', pickSequence: 1 },
}))
const files = { ...readTemplateFiles(), 'objects/inventory.location.yaml': JSON.stringify(BINS) }

const context = (by = MAKER) => e.at('ALPHA', by)
const given = { wave: 1, owner: 'Olga' }
const opened = async (input: object): Promise<string> =>
  (await e.create('rollout.site.open', context(), { ...given, release: e.template.version, ...input })).id
const place = (code: string, more: object = {}) => ({
  ...{ code, name: `Warehouse ${code}`, kind: 'warehouse', scope: 'place', place: code },
  ...more,
})
const drift = (code: string) => e.ask<Drift>('rollout.drift', context(), { site: sites[code] })

const planned = async (code: string, input: object = {}) => {
  const made = await e.create('rollout.plan.make', context(), { site: sites[code], ...input })
  const { rows } = await e.admin.query<{ hash: string; items: Item[]; drift: Drift[]; kept: Drift[]; desired: Item[] }>(
    `select items, drift, kept, desired, encode(hash, 'hex') as hash from rollout.plan where id = $1`,
    [made.id],
  )
  const [row] = rows
  if (!row) throw new Error('no plan was made')
  return { id: made.id, ...row }
}
const applied = async (code: string, input: object = {}) => {
  const plan = await planned(code, input)
  await e.run('rollout.plan.approve', context(APPROVER), plan.id, { hash: plan.hash })
  await e.run('rollout.plan.apply', context(), plan.id)
  return plan
}
const write = async (statement: string): Promise<void> => {
  await e.admin.query(`select set_config('tw.companies', '1', false)`)
  await e.admin.query(statement)
}
const names = (rows: readonly { kind: string; key: string }[]) => rows.map((one) => `${one.kind} ${one.key}`)

beforeAll(async () => {
  e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.release(files)
  for (const code of ['NORTH', 'SOUTH']) await e.create('company.warehouse.create', context(), { code, name: code })
})

describe('who may stand below a company', () => {
  test('TPL-03 a place waits for its company, is there, and is governed once', async () => {
    expect(await refusal(opened(place('MAIN')))).toBe('PLACE_WITHOUT_COMPANY')
    const company = { code: 'ALPHA', name: 'Alpha', kind: 'company', scope: 'company', taxArea: 'US-ALPHA' }
    sites.ALPHA = await opened(company)
    expect(await refusal(opened(place('WEST')))).toBe('PLACE_UNKNOWN')
    expect(await refusal(opened({ ...place('MAIN'), place: undefined }))).toBe('PLACE_UNNAMED')
    expect(await refusal(opened(place('MAIN', { kind: 'branch' })))).toBe('PLACE_UNNAMED')
    expect(await refusal(opened({ ...company, code: 'BETA', place: 'MAIN' }))).toBe('PLACE_UNNAMED')
    const answers = { choices: { 'rounding-method': 'line-half-up' } }
    expect(await refusal(opened(place('MAIN', answers)))).toBe('TEMPLATE_UNKNOWN_NAME')
  })

  test('TPL-05 while no site is below it, a company governs what its template says of warehouses', async () => {
    const plan = await applied('ALPHA')
    expect(names(plan.items)).toEqual(['MAIN', 'NORTH', 'SOUTH'].map((code) => `inventory.location ${code}/A-01`))
  })

  test('TPL-02 a place is held to what it answers, and begins with the rest of what stands there', async () => {
    sites.MAIN = await opened(
      place('main', { code: 'MAIN', choices: { outbound: 'outbound-3-step', 'handling-hours': 16 } }),
    )
    expect(await refusal(opened(place('MAIN', { code: 'AGAIN' })))).toBe('PLACE_GOVERNED')
    const plan = await applied('MAIN')
    expect(plan.items).toMatchObject([
      {
        ...{ kind: 'company.warehouse', key: 'MAIN', change: 'update' },
        fields: [
          { field: 'handlingDays', from: 0, to: 2 },
          { field: 'outboundSteps', from: 1, to: 3 },
        ],
      },
    ])
    expect((await planned('MAIN')).items).toEqual([])
    const { rows } = await e.admin.query(
      `select name, outbound_steps, handling_days from company.warehouse where code = 'MAIN'`,
    )
    expect(rows).toEqual([{ name: 'Main warehouse', outbound_steps: 3, handling_days: 2 }])
  })
})

describe('what is changed at a warehouse', () => {
  test('TPL-05 SQL written to a warehouse drifts at its site only, with the login, and is taken back', async () => {
    await write(`update company.warehouse set outbound_steps = 1 where code = 'MAIN'`)
    await write(`update inventory.location l set state = 'closed' from company.warehouse w
                  where w.id = l.warehouse_id and w.code = 'MAIN' and l.code = 'DOCK'`)
    expect(await drift('ALPHA')).toEqual([])
    const found = await drift('MAIN')
    expect(found.map((one) => [one.kind, one.key, one.field, one.what])).toEqual([
      ['company.warehouse', 'MAIN', 'outboundSteps', 'changed'],
      ['inventory.location', 'MAIN/DOCK', null, 'missing'],
    ])
    for (const one of found) expect(one.how).toMatch(/^SQL as /)
    await applied('MAIN', { revertAll: true })
    expect(await drift('MAIN')).toEqual([])
    const { rows } =
      await e.admin.query(`select l.state, w.outbound_steps from inventory.location l join company.warehouse w on w.id = l.warehouse_id
      where w.code = 'MAIN' and l.code = 'DOCK'`)
    expect(rows).toEqual([{ state: 'active', outbound_steps: 3 }])
  })

  test('TPL-05 what belongs to a warehouse without a site, or to no warehouse, stays with the company', async () => {
    await write(
      `update inventory.location l set pick_sequence = 7 from company.warehouse w where w.id = l.warehouse_id and l.code = 'A-01'`,
    )
    await write(`update ledger.mapping set account = '1120' where role = 'receivable'`)
    const without = ['NORTH', 'SOUTH'].map((code) => `inventory.location ${code}/A-01`)
    expect(names(await drift('ALPHA'))).toEqual([...without, 'ledger.mapping receivable'])
    expect(names(await drift('MAIN'))).toEqual(['inventory.location MAIN/A-01'])
    await applied('ALPHA', { revertAll: true })
    expect(names(await drift('MAIN'))).toEqual(['inventory.location MAIN/A-01'])
    await applied('MAIN', { revertAll: true })
    expect([await drift('ALPHA'), await drift('MAIN')]).toEqual([[], []])
  })

  test('TPL-06 a difference is waived at the site of the warehouse, and its plan allows it', async () => {
    await write(`update company.warehouse set handling_days = 3 where code = 'MAIN'`)
    const wanted = {
      ...{ site: 'MAIN', kind: 'company.warehouse', objectKey: 'MAIN', field: 'handlingDays', value: 3 },
      ...{ scope: 'MAIN', reason: 'The lift is being repaired', risk: 'Later promises', owner: 'Olga' },
      ...{ compensatingControl: 'Looked at every week', expiresOn: '2026-06-30' },
    }
    // Granted at the company's site it would allow nothing.
    const elsewhere = e.create('rollout.deviation.request', context(), { ...wanted, site: 'ALPHA' })
    expect(await refusal(elsewhere)).toBe('DEVIATION_ELSEWHERE')
    const asked = await e.create('rollout.deviation.request', context(), wanted)
    expect(names(await drift('MAIN'))).toEqual(['company.warehouse MAIN'])
    await e.run('rollout.deviation.approve', e.at('ALPHA'), asked.id)
    expect(await drift('MAIN')).toEqual([])
    expect(names((await planned('MAIN')).kept)).toContain('company.warehouse MAIN')
  })

  test('TPL-05 TPL-09 drift of a warehouse is adopted into the next release, which then says it of that warehouse', async () => {
    await write(`update company.warehouse set outbound_steps = 2 where code = 'MAIN'`)
    const adopted = await e.create('rollout.proposal.adopt', context(), {
      ...{ site: sites.MAIN, kind: 'company.warehouse', key: 'MAIN', field: 'outboundSteps', reason: 'One fewer' },
    })
    await e.run('rollout.proposal.accept', context(APPROVER), adopted.id)
    await e.run('rollout.proposal.release', context(APPROVER), adopted.id, { bump: 'minor', notes: 'Two steps' })
    const effects = await e.ask<Item & { site: string }>('rollout.what-if', context(), { release: '1.1.0' })
    expect(effects.filter((one) => one.kind === 'company.warehouse')).toEqual([])
    await e.run('rollout.site.follow', context(), sites.MAIN ?? '', { release: '1.1.0' })
    expect(await drift('MAIN')).toEqual([])
  })
})

describe('what was built for any site', () => {
  test('TPL-02 what its company answers holds at a warehouse, until it answers itself', async () => {
    sites.NORTH = await opened(place('NORTH'))
    await applied('NORTH')
    await e.run('rollout.site.change', context(), sites.ALPHA ?? '', { choices: { 'handling-hours': 24 } })
    expect((await planned('NORTH')).items).toMatchObject([
      { ...{ kind: 'company.warehouse', key: 'NORTH' }, fields: [{ field: 'handlingDays', from: 0, to: 3 }] },
    ])
    await e.run('rollout.site.change', context(), sites.NORTH, { choices: { 'handling-hours': 8 } })
    expect((await planned('NORTH')).items).toMatchObject([{ fields: [{ field: 'handlingDays', from: 0, to: 1 }] }])
    await applied('NORTH')
  })

  test('TPL-05 UAT-02 gates look at the drift of the warehouse alone, and acceptance judges what its company has', async () => {
    await write(`update company.warehouse set allow_negative = true where code = 'NORTH'`)
    const drifted = async (site: string) => {
      const all = await e.ask<{ id: string; value: string }>('rollout.gate-on', context(), {
        ...{ site, gate: 'G3', on: '2026-03-02' },
      })
      return all.find((one) => one.id === 'drift')?.value
    }
    expect([await drifted('NORTH'), await drifted('MAIN'), await drifted('ALPHA')]).toEqual(['1', '0', '0'])
    await applied('NORTH', { revertAll: true })
    const judged = (site = '') =>
      transaction(e.kernel.pool, { companies: [1] }, (tx) =>
        judgedOf(tx, tools, { companyId: 1, siteId: site, today: '2026-03-02' }),
      )
    expect((await judged(sites.NORTH)).hash).toBe((await judged(sites.ALPHA)).hash)
  })

  test('GOV-05 a live warehouse changes by a change request of its area only, while its company is still being designed', async () => {
    await write(`update rollout.site set state = 'stable' where code = 'NORTH'`)
    await write(`update company.warehouse set allow_negative = true where code = 'NORTH'`)
    expect(await refusal(applied('NORTH', { revertAll: true }))).toBe('CHANGE_NEEDED')
    await write(`update rollout.site set state = 'discovery' where code = 'NORTH'`)
    await applied('NORTH', { revertAll: true })
    expect(await drift('NORTH')).toEqual([])
  })

  test('TPL-01 a block of a warehouse that names what none has is refused with the release, before any site reads it', async () => {
    const block = [{ object: 'MAIN', fields: { outbound_steps: 2 } }]
    const unsound = withVersion({ ...files, 'objects/company.warehouse.yaml': JSON.stringify(block) }, '1.2.0')
    expect(await refusal(e.release(unsound))).toBe('RELEASE_UNSOUND')
  })

  test('TPL-08 rings hold the sites of warehouses too', async () => {
    const rings = await e.ask<{ sites: { code: string }[] }>('rollout.ring-proposal', context(), { release: '1.1.0' })
    expect(rings.flatMap((one) => one.sites.map((site) => site.code)).sort()).toEqual(['ALPHA', 'MAIN', 'NORTH'])
  })
})

describe('every object is exactly one site’s', () => {
  test('TPL-03 TPL-05 the objects of the company and of its places are disjoint, and together the whole', async () => {
    const said = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.keys(sites).map(async (code) => [code, names((await planned(code)).desired)] as const),
        ),
      )
    const before = (await said()).ALPHA ?? []
    sites.SOUTH = await opened(place('SOUTH'))
    const after = await said()
    const all = Object.values(after).flat()
    expect(new Set(all).size).toBe(all.length)
    for (const name of before) expect(all).toContain(name)
    expect(before.filter((name) => !(after.ALPHA ?? []).includes(name))).toEqual(['inventory.location SOUTH/A-01'])
    for (const code of ['MAIN', 'NORTH', 'SOUTH']) {
      for (const name of after[code] ?? []) expect(name.split(' ')[1]?.split('/')[0]).toBe(code)
    }
  })
})
