// The extension that ships, at work: its tests played on copies with a template, kept in the register, and a release held back until they are green.
import { beforeAll, describe, expect, test } from 'vitest'
import { playExtension } from '../../../src/extension/play.ts'
import { extensionFolder, namedExtensions, withExtensions } from '../../../src/extension/running.ts'
import { modules } from '../../../src/modules/index.ts'
import { checklist } from '../../../src/rollout/extension/checklist.ts'
import { installInto } from '../../../src/rollout/extension/load/install.ts'
import { type Loaded, loadExtension } from '../../../src/rollout/extension/load/load.ts'
import { hashOf } from '../../../src/rollout/template/publish.ts'
import { type Outcome, onDatabase } from '../../../src/scenario/index.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { TEMPLATE } from '../../support/global.ts'
import { enterprise, refusal } from '../support/enterprise.ts'
import { DOOR_TAGS, spoilt } from './spoilt.ts'

const server = process.env.TRADEWRIGHT_TEST_SERVER ?? ''
const playground = {
  ground: { serverUrl: server, appUrl: (name: string) => onDatabase(server, name) },
  from: TEMPLATE,
  told: 'played beside the tests',
  thrownAway: false,
  close: async () => undefined,
}
const FILES = readTemplateFiles()
const next = (version: string) => ({
  ...FILES,
  'template.yaml': (FILES['template.yaml'] ?? '').replace(/^version: \S+/m, `version: ${version}`),
})

let e: Awaited<ReturnType<typeof enterprise>>
let doors: Loaded
let outcomes: readonly Outcome[]

beforeAll(async () => {
  doors = await loadExtension(DOOR_TAGS, modules)
  outcomes = await playExtension({ playground, extension: doors, modules })
  e = await enterprise([
    { code: 'ALPHA', currency: 'USD', country: 'US' },
    { code: 'BETA', currency: 'EUR', country: 'DE' },
  ])
  await e.admin.query(
    `insert into access.account (id, email, name, kind, created_at) values (gen_random_uuid(), 'owner@example.com', 'Olga', 'person', now())`,
  )
  await e.release()
})

const API = () => e.at('ALPHA')
const record = (id: string, files: Readonly<Record<string, string>>, played: readonly Outcome[], code = doors.hash) =>
  e.run('rollout.extension.record', API(), id, {
    release: '1.0.0',
    templateHash: hashOf(files).toString('hex'),
    codeHash: code,
    scenarios: played.map(({ id: scenario, ok }) => ({ id: scenario, ok })),
  })
const publish = (version: string) => refusal(e.release(next(version), 'Next'))

/** Takes door tags through the register, tested with these files of the newest release. */
async function live(files: Readonly<Record<string, string>>): Promise<string> {
  const { id } = await e.create('rollout.extension.propose', API(), {
    code: 'door-tags',
    name: 'Door tags',
    category: 'extend',
    businessOwner: 'owner@example.com',
    justification: 'Drivers look for the right door',
    tests: doors.manifest.tests,
    upgradeImpact: 'One view, one event',
    metric: 'Minutes a stop',
    baseline: '12',
    target: '8',
    retiresOn: '2027-03-01',
  })
  const answers = Object.fromEntries(
    checklist().questions.map((one) => [one.question, one.answers.at(-1)?.answer ?? '']),
  )
  await e.run('rollout.extension.challenge', API(), id, { answers })
  await e.run('rollout.extension.review', API(), id, { outcome: 'suitable', note: 'Uses hooks only' })
  await e.run('rollout.extension.approve', API(), id)
  await record(id, files, outcomes)
  await e.run('rollout.extension.go-live', API(), id)
  return id
}

describe('EXT-04 EXT-02 the extension that ships', () => {
  test('EXT-04 EXT-02 passes its own tests over real HTTP, in the world of a template, with what listens', () => {
    expect(outcomes.map(({ id, failure }) => ({ id, failure }))).toEqual(
      doors.manifest.tests.map((id) => ({ id, failure: undefined })),
    )
  })

  test('EXT-04 one that does less than its tests say is found by them (control)', async () => {
    const deaf = await loadExtension(
      spoilt([
        ['closed.ts', 'kept.length === 0', 'kept.length >= 0'],
        ['extension.yaml', 'T-XDT-01, T-XDT-02, T-XDT-03', 'T-XDT-03'],
      ]),
      modules,
    )
    const played = await playExtension({ playground, extension: deaf, modules })
    expect(played.map(({ id, ok }) => [id, ok])).toEqual([['T-XDT-03', false]])
  })
})

describe('EXT-04 a release waits for the extensions that are live', () => {
  test('EXT-04 it is refused while the newest outcome with its files is missing or red, and comes out when it is green', async () => {
    expect(await publish('1.0.1')).toBe('nothing refused')
    const id = await live(next('1.0.1'))
    expect(await publish('1.1.0')).toBe('EXTENSIONS_UNTESTED')
    await record(
      id,
      next('1.1.0'),
      outcomes.map((one, at) => ({ ...one, ok: at > 0 })),
    )
    expect(await publish('1.1.0')).toBe('EXTENSIONS_UNTESTED')
    await record(id, next('1.1.0'), outcomes)
    // Green for those files, and for no others.
    expect(await publish('1.2.0')).toBe('EXTENSIONS_UNTESTED')
    expect(await publish('1.1.0')).toBe('nothing refused')
  })

  test('EXT-04 another company’s release waits for it too, and a retired one holds nothing back', async () => {
    const asked = e.create('rollout.release.publish', e.at('BETA'), { files: next('1.3.0'), notes: 'From BETA' })
    expect(await refusal(asked)).toBe('EXTENSIONS_UNTESTED')
    const { id } = (await e.admin.query(`select id from rollout.extension where code = 'door-tags'`)).rows[0]
    await e.run('rollout.extension.retire', { ...API(), reason: 'To see that nothing waits' }, id)
    expect(await publish('1.3.0')).toBe('nothing refused')
  })
})

describe('EXT-02 what the product runs with', () => {
  const running = (folders: readonly string[]) => withExtensions(e.kernel, modules, folders)

  test('EXT-02 only what is installed, live and tested to the byte is loaded behind the product', async () => {
    expect(await refusal(running([DOOR_TAGS]))).toBe('EXTENSION_NOT_INSTALLED')
    await installInto(e.url, doors)
    expect(await refusal(running([DOOR_TAGS]))).toBe('EXTENSION_NOT_LIVE')
    await e.admin.query(`update rollout.extension set state = 'live' where code = 'door-tags'`)
    expect((await running([DOOR_TAGS])).map((one) => one.name)).toEqual([
      ...modules.map((one) => one.name),
      'x-door-tags',
    ])
    const changed = spoilt([['tags.ts', 'limit 1000', 'limit 999']])
    expect(await refusal(running([changed]))).toBe('EXTENSION_NOT_LIVE')
    expect(await running([])).toEqual(modules)
    expect(await refusal(running(['/nowhere']))).toBe('NO_EXTENSION')
  })

  test('EXT-02 folders are named as paths are, and found by code among those that ship', () => {
    expect(namedExtensions('')).toEqual([])
    expect(namedExtensions('/a/x:/b/y')).toEqual(['/a/x', '/b/y'])
    expect(extensionFolder('door-tags')).toBe(DOOR_TAGS)
  })
})
