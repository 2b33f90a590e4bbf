// Onboarding of an acquired entity: its codes become the template's by approved mappings, and the coverage says what does not.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { load } from '../../../src/cli/import-load.ts'
import { translated } from '../../../src/cli/import-mapped.ts'
import { readDocuments } from '../../../src/cli/import-read.ts'
import { request } from '../../../src/modules/party/customer/request.ts'
import { propose as listCodes } from '../../../src/rollout/onboarding/propose.ts'
import { codesIn, type Translate, translatorOf } from '../../../src/rollout/onboarding/translate.ts'
import { folderForThisFile } from '../../support/clean-up.ts'
import { evaluated } from '../gate/ready.ts'
import { ALPHA, breaches, openRollout, type Rollout, refusal } from '../governance/world.ts'

let r: Rollout
const seated = (seat: string) => r.somebody(seat.replaceAll('-', ' '))
const propose = async (kind: string, sourceCode: string, more: object = {}) =>
  r.made(
    'rollout.code-mapping.propose',
    { site: 'LYON', kind, sourceCode, uses: 10, ...more },
    { who: await r.somebody('Rita Morel') },
  )
const approve = async (id: string, seat: string) =>
  refusal(r.act('rollout.code-mapping.approve', id, {}, { who: await seated(seat) }))
type Covered = {
  kind: string
  codes: number
  in_use: number
  mapped: number
  waiting: number
  unmapped: number
  unmapped_uses: number
  unmapped_value: string
  percent: string | null
  nowhere: { code: string; target: string; why: string }[]
  joined: { target: string; sources: string[] }[]
}
const coverage = async () =>
  new Map((await r.ask<Covered>('rollout.mapping-coverage', { site: 'LYON' })).map((one) => [one.kind, one]))
const translate = <R>(work: (translate: Translate) => R) =>
  transaction(r.kernel.pool, { companies: [ALPHA] }, async (tx) => work(await translatorOf(tx, ALPHA, 'LYON')))
const criterion = async () => (await evaluated(r, 'G3')).criteria.find((one) => one.id === 'codes-mapped')

beforeAll(async () => {
  r = await openRollout()
  await r.seatAll()
  await r.admin.query(`insert into party.term (company_id, id, code, name, due_days, state, created_at, updated_at) values
    (1, gen_random_uuid(), 'NET30X', '30 days', 30, 'active', now(), now()), (1, gen_random_uuid(), 'OLD90', '90 days', 90, 'closed', now(), now())`)
})

describe('mapping', () => {
  test('TPL-15 a site that nobody acquired needs none, an acquired one that lists nothing is red', async () => {
    expect(await criterion()).toMatchObject({ value: '100', verdict: 'green' })
    await r.admin.query(`update rollout.site set kind = 'acquired' where code = 'LYON'`)
    expect(await criterion()).toMatchObject({ value: null, verdict: 'red' })
  })

  test('TPL-15 is approved by the owner of the data, not by who proposed it, and only to what is in use', async () => {
    const known = await propose('term', '30T', { target: 'NET30X', value: '1200.50' })
    expect(await refusal(propose('term', '30T'))).toBe('CODE_LISTED')
    expect(await refusal(propose('colour', 'RED'))).toBe('CODE_KIND_UNKNOWN')
    expect(await approve(known, 'data-owner-product')).toBe('NOT_YOUR_SEAT')
    const own = await r.made(
      'rollout.code-mapping.propose',
      { site: 'LYON', kind: 'term', sourceCode: 'OWN', target: 'NET30X' },
      { who: await seated('data-owner-customer') },
    )
    expect(await approve(own, 'data-owner-customer')).toBe('OWN_MAPPING')
    await r.act('rollout.code-mapping.withdraw', own, {}, { reason: 'Not used' })
    expect(await approve(known, 'data-owner-customer')).toBe('-')
    const open = await propose('term', '60T', { uses: 7, value: '300' })
    expect(await approve(open, 'data-owner-customer')).toBe('CODE_TARGET_NEEDED')
    await r.act('rollout.code-mapping.change', open, { target: 'OLD90' })
    expect(await approve(open, 'data-owner-customer'), 'retired').toBe('CODE_TARGET_GONE')
  })

  test('TPL-15 the coverage says what is mapped, what is not with its weight, what leads nowhere, and what becomes one', async () => {
    await propose('term', '90T', { target: 'NEVER', uses: 2, value: '10' })
    await propose('term', '45T', { uses: 5, value: '99.99' })
    await propose('term', 'UNUSED', { uses: 0 })
    await propose('term', '30 T', { target: 'NET30X', uses: 3, value: '1' })
    expect((await coverage()).get('term')).toEqual({
      ...{ kind: 'term', codes: 6, in_use: 5, mapped: 1, waiting: 1, unmapped: 4 },
      // 60T to what is retired, 90T to what was never there, 45T to nothing yet, 30 T waits: 7 + 2 + 5 + 3.
      ...{ unmapped_uses: 17, unmapped_value: '410.99', percent: '20' },
      nowhere: [
        { code: '60T', target: 'OLD90', why: 'retired' },
        { code: '90T', target: 'NEVER', why: 'missing' },
      ],
      joined: [{ target: 'NET30X', sources: ['30 T', '30T'] }],
    })
    expect(await criterion()).toMatchObject({
      value: '20',
      verdict: 'red',
      evidence: { records: ['term 30 T', 'term 45T', 'term 60T', 'term 90T'] },
    })
  })

  test('TPL-15 the gate is green once all that is used is mapped, and red again when a target is retired (control)', async () => {
    const { rows } = await r.admin.query(`select id from rollout.code_mapping where state = 'proposed'`)
    for (const { id } of rows) {
      await r.act('rollout.code-mapping.change', id, { target: 'NET30X' }, { who: await r.somebody('Rita Morel') })
      expect(await approve(id, 'data-owner-customer')).toBe('-')
    }
    expect(await criterion()).toMatchObject({ value: '100', verdict: 'green' })
    await r.admin.query(`update party.term set state = 'closed' where code = 'NET30X'`)
    expect(await criterion()).toMatchObject({ value: '0', verdict: 'red' })
    await r.admin.query(`update party.term set state = 'active' where code = 'NET30X'`)
  })
})

describe('translation', () => {
  test('TPL-15 speaks by approved mappings alone, in any case where one is meant', async () => {
    expect(await translate((say) => [say('term', '30T'), say('term', ' 30t ')])).toEqual(['NET30X', 'NET30X'])
    expect(await refusal(translate((say) => say('term', 'WHAT')))).toBe('CODE_UNMAPPED')
    const { rows } = await r.admin.query(`select id from rollout.code_mapping where source_code = '45T'`)
    await r.act('rollout.code-mapping.change', rows[0].id, { target: 'NET30X' })
    expect(await refusal(translate((say) => say('term', '45T'))), 'no longer approved').toBe('CODE_UNMAPPED')
  })

  test('TPL-15 an import says their codes in the template’s, and rejects a document with one that nobody mapped', async () => {
    const file = join(folderForThisFile(), 'theirs.csv')
    writeFileSync(
      file,
      'code,name,country,currency,term\nC1,Theirs,DE,EUR,30t\nC2,Others,DE,EUR,WHAT\nC3,Nothing said,DE,EUR,\n',
    )
    const read = await readDocuments(file, request, { seed: 'x', ignored: [], progress: () => undefined })
    expect(read.rejected).toEqual([])
    const { candidates, rejected, rowsIn } = await translated(r.kernel, ALPHA, 'LYON', request, read)
    expect(rowsIn).toBe(3)
    expect(candidates.map((one) => [one.input.code, one.input.term])).toEqual([
      ['C1', 'NET30X'],
      ['C3', undefined],
    ])
    expect(rejected).toEqual([expect.objectContaining({ line: 3, column: 'term', code: 'CODE_UNMAPPED' })])
  })

  test('TPL-15 the codes themselves come from a file, with how often they are used, all of it or nothing', async () => {
    const file = join(folderForThisFile(), 'codes.csv')
    const rows = (last: string) =>
      `site,kind,sourceCode,sourceName,uses,value,target\nLYON,unit,STK,Stück,41200,99812.40,\nLYON,unit,KRT,Karton,310,1200,\n${last}`
    const importing = async (text: string) => {
      writeFileSync(file, text)
      const read = await readDocuments(file, listCodes, { seed: 'codes', ignored: [], progress: () => undefined })
      const given = { kernel: r.kernel, context: r.context(), command: listCodes, read, progress: () => undefined }
      return (await load({ ...given, mode: 'all-or-nothing' })).receipt
    }
    const bad = await importing(rows('LYON,unit,STK,Noch einmal,1,1,\n'))
    expect([bad.rowsIn, bad.loaded]).toEqual([3, 0])
    expect((await coverage()).has('unit')).toBe(false)
    expect((await importing(rows(''))).loaded).toBe(2)
    expect((await coverage()).get('unit')).toMatchObject({
      codes: 2,
      unmapped: 2,
      unmapped_uses: 41510,
      unmapped_value: '101012.4',
    })
  })

  test('TPL-15 knows which columns of an import hold codes', () => {
    expect(codesIn('term', undefined)).toBe('term')
    expect(codesIn('category', 'catalog.category')).toBe('item-category')
    expect(codesIn('category', 'party.customer')).toBeUndefined()
    expect(codesIn('name', undefined)).toBeUndefined()
  })
})

test('TPL-15 the books tell a mapping that somebody approved for himself (control)', async () => {
  expect(await breaches(r, 'R21')).toBe(0)
  await r.admin.query(`update rollout.code_mapping set approved_by = proposed_by where source_code = '30T'`)
  expect(await breaches(r, 'R21')).toBe(1)
})
