// A release is signed when it is published, and every byte that changes afterwards shows, as does a foreign signature.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { proveReleases, signReleases } from '../../../src/rollout/template/signature.ts'
import { withVersion } from '../../../src/rollout/template/version.ts'
import { readTemplateFiles } from '../../../src/setup/index.ts'
import { folderForThisFile } from '../../support/clean-up.ts'
import { APPROVER, enterprise, MAKER } from '../support/enterprise.ts'

const home = folderForThisFile()
let e: Awaited<ReturnType<typeof enterprise>>

beforeAll(async () => {
  e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.admin.query(`select set_config('tw.companies', '1', false)`)
  await e.release()
})

const problems = async (where = home) =>
  (await proveReleases(e.kernel.pool, where)).map((one) => `${one.number}: ${one.problem ?? 'ok'}`)

/** Plants something as the owner of the database, sees it, and takes it back. */
async function planted(statement: string, mend: string): Promise<readonly string[]> {
  const owner = (text: string) =>
    e.admin.query(
      `alter table rollout.release disable trigger user; ${text}; alter table rollout.release enable trigger user`,
    )
  await owner(`create temporary table kept on commit preserve rows as select * from rollout.release; ${statement}`)
  try {
    return await problems()
  } finally {
    await owner(`${mend}; drop table kept`)
  }
}
const FROM_KEPT = `update rollout.release r set files = k.files, hash = k.hash, signature = k.signature, key_id = k.key_id, number = k.number
  from kept k where k.id = r.id`

test('TPL-01 a release is signed by the key that signs the audit log; until then it is not proven', async () => {
  expect(await problems()).toEqual(['1.0.0: it is not signed yet'])
  expect(await signReleases(e.kernel.pool, home)).toEqual({ signed: ['1.0.0'], problems: [] })
  expect(await signReleases(e.kernel.pool, home)).toEqual({ signed: [], problems: [] })
  expect(await problems()).toEqual(['1.0.0: ok'])
  const { rows } = await e.admin.query('select signature, key_id from rollout.release')
  expect(rows[0].key_id).toMatch(/^[0-9a-f]{8}$/)
  expect(rows[0].signature).toMatch(/^tradewright\/release\n\d+\n/)
})

test('TPL-01 a release that brings proposals out is recorded and signed as any other', async () => {
  const site = { code: 'ALPHA', name: 'ALPHA', scope: 'company', kind: 'company', wave: 1, owner: 'Olga' }
  const opened = await e.create('rollout.site.open', e.at('ALPHA'), { ...site, taxArea: 'US-ALPHA', release: '1.0.0' })
  const plan = await e.create('rollout.plan.make', e.at('ALPHA', MAKER), { site: opened.id })
  const { rows } = await e.admin.query(`select encode(hash, 'hex') as hash from rollout.plan`)
  await e.run('rollout.plan.approve', e.at('ALPHA', APPROVER), plan.id, { hash: rows[0].hash })
  await e.run('rollout.plan.apply', e.at('ALPHA', MAKER), plan.id)
  await e.admin.query(`update ledger.account set name = 'Debtors' where code = '1100'`)
  const proposed = await e.create('rollout.proposal.adopt', e.at('ALPHA', MAKER), {
    ...{ site: opened.id, kind: 'ledger.account', key: '1100', field: 'name', reason: 'What everybody says' },
  })
  await e.run('rollout.proposal.accept', e.at('ALPHA', APPROVER), proposed.id)
  await e.run('rollout.proposal.release', e.at('ALPHA', APPROVER), proposed.id, { bump: 'patch', notes: 'Words' })
  expect(await signReleases(e.kernel.pool, home)).toEqual({ signed: ['1.0.1'], problems: [] })
  expect(await problems()).toEqual(['1.0.0: ok', '1.0.1: ok'])
})

test.each([
  [
    'a byte of a file',
    `update rollout.release set files = jsonb_set(files, '{units.csv}', to_jsonb((files ->> 'units.csv') || ' ')) where number = '1.0.0'`,
    '1.0.0: its files do not give its hash',
  ],
  [
    'a hash',
    `update rollout.release set hash = sha256('x') where number = '1.0.0'`,
    '1.0.0: its files do not give its hash',
  ],
  [
    'the files and hash of another release',
    `update rollout.release r set files = o.files, hash = o.hash from rollout.release o where r.number = '1.0.0' and o.number = '1.0.1'`,
    '1.0.0: the audit log has another hash of it',
  ],
  [
    'the signature of another release',
    `update rollout.release r set signature = o.signature from rollout.release o where r.number = '1.0.0' and o.number = '1.0.1'`,
    '1.0.0: its signature is of another release',
  ],
  [
    'a byte of the signature',
    `update rollout.release set signature = overlay(signature placing case substr(signature, length(signature) - 20, 1) when 'A' then 'B' else 'A' end from length(signature) - 20 for 1) where number = '1.0.0'`,
    '1.0.0: its signature cannot be trusted',
  ],
  [
    'the key id',
    `update rollout.release set key_id = '00000000' where number = '1.0.0'`,
    '1.0.0: its signature is of another release',
  ],
  [
    'the number',
    `update rollout.release set number = '9.9.9' where number = '1.0.0'`,
    '9.9.9: its signature is of another release',
  ],
  [
    'no signature',
    `update rollout.release set signature = null, key_id = null where number = '1.0.0'`,
    '1.0.0: it is not signed yet',
  ],
])(
  'TPL-01 %s that was planted by the owner of the database turns the proof red (control)',
  async (_, statement, problem) => {
    const [first, second] = await planted(statement, FROM_KEPT)
    expect(first).toContain(problem)
    expect(second).toBe('1.0.1: ok')
    expect(await problems()).toEqual(['1.0.0: ok', '1.0.1: ok'])
  },
)

test('TPL-01 what was altered is not signed anew, whoever took the signature away', async () => {
  const spoil = `update rollout.release set signature = null, key_id = null, notes = notes, hash = sha256('x') where number = '1.0.1'`
  const signing = e.admin.query(
    `alter table rollout.release disable trigger user; create temporary table kept as select * from rollout.release; ${spoil}`,
  )
  await signing
  expect(await signReleases(e.kernel.pool, home)).toEqual({
    signed: [],
    problems: ['Release 1.0.1 stays unsigned: its files do not give its hash.'],
  })
  await e.admin.query(`${FROM_KEPT}; drop table kept; alter table rollout.release enable trigger user`)
  expect(await problems()).toEqual(['1.0.0: ok', '1.0.1: ok'])
})

test('TPL-01 a signature stays as it is, the application cannot take it back', async () => {
  const again = e.kernel.pool.query(`update rollout.release set signature = 'x', key_id = 'y' where number = '1.0.0'`)
  await expect(again).rejects.toThrow(/signed already/)
  await expect(e.kernel.pool.query(`update rollout.release set files = '{}'`)).rejects.toThrow(/permission denied/)
})

test('TPL-01 another key does not go on where this one signed, and proves nothing; its public half is enough to prove', async () => {
  const other = folderForThisFile()
  const [first] = await problems(other)
  expect(first).toContain('no key to check it with')
  const files = withVersion(readTemplateFiles(), '1.1.0')
  await e.create('rollout.release.publish', e.at('ALPHA'), { files, notes: 'Next' })
  await expect(signReleases(e.kernel.pool, other)).rejects.toMatchObject({ code: 'RELEASE_KEY_MISSING' })
  cpSync(join(home, 'keys'), join(other, 'keys'), { recursive: true, filter: (from) => !from.endsWith('.key') })
  expect((await problems(other)).slice(0, 2)).toEqual(['1.0.0: ok', '1.0.1: ok'])
  expect(await signReleases(e.kernel.pool, home)).toEqual({ signed: ['1.1.0'], problems: [] })
})
