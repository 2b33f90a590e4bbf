// Profiles of source data: counted once from the file, scored exactly, judged against template and mappings, and without a value of anybody's row.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '#kernel/db'
import { readCsv } from '#kernel/exchange'
import { knownCodes } from '../../../src/rollout/discovery/profile/known-codes.ts'
import { outliersOf } from '../../../src/rollout/discovery/profile/outliers.ts'
import { type KnownCodes, profileOf } from '../../../src/rollout/discovery/profile/profile.ts'
import { type Figures, scoreOf } from '../../../src/rollout/discovery/profile/score.ts'
import { evaluated, red } from '../gate/ready.ts'
import { ALPHA, kinds, openRollout, type Rollout, refusal } from '../governance/world.ts'

const NONE: KnownCodes = { template: () => new Set(), mapped: () => new Set() }
const codes = (template: readonly string[], mapped: readonly string[] = []): KnownCodes => ({
  template: () => new Set(template),
  mapped: () => new Set(mapped),
})
const profile = (object: string, csv: string, known: KnownCodes = NONE) =>
  profileOf(object, readCsv(Buffer.from(csv)), { codes: known })

const CUSTOMERS = `Code;Name;Street;City;Postcode;Country;Term;Credit limit
1;Müller & Co.;Am Hof 1;Hagen;58095;DE;30T;1000
2;MULLER CO;Am Hof 1;Hagen;58095;DE;30t;1100
3;Schmidt;;Hagen;58096;DE;NET30;900
4;Weber;Weg 2;Hagen;;DE;NET30;n/a
5;Adams;Road 3;Leeds;LS1;GB;??;1050
6;Baker;Road 4;Leeds;LS2;GB;NET30;950
7;Clark;Road 5;Leeds;LS3;GB;NET30;1020
8;Dyer;Road 6;Leeds;LS4;GB;NET30;980
9;Evans;Road 7;Leeds;LS5;GB;NET30;99000
10;Frost;Road 8;Leeds;LS6;GB;NET30;zwölf
`

describe('profiling', () => {
  test('DIS-05 counts rows, second ones by their normalised key, empty cells, odd numbers and codes that nobody knows', async () => {
    const found = await profile('customer', CUSTOMERS, codes(['NET30'], ['30T']))
    expect(found).toMatchObject({ rows: 10, broken: 0, duplicates: 1 })
    const column = (name: string) => found.columns.find((one) => one.column === name)
    expect(column('street')).toEqual({ column: 'street', filled: 9, empty: 1 })
    expect(column('postcode')).toEqual({ column: 'postcode', filled: 9, empty: 1 })
    expect(found.numbers).toEqual([{ column: 'creditLimit', cells: 9, unreadable: 1, outliers: 1 }])
    expect(found.codes).toEqual([
      {
        ...{ column: 'term', kind: 'term', cells: 9, known: 7, mapped: 1, unknown: 1 },
        ...{ spellings: 1, examples: ['30t'] },
      },
    ])
  })

  test('DIS-05 keeps no value of a row: no name, street or number is in what comes out', async () => {
    const text = JSON.stringify(await profile('customer', CUSTOMERS, codes(['NET30'])))
    for (const word of ['ller', 'Schmidt', 'Am Hof', 'Leeds', '58095', '99000', 'zwölf'])
      expect(text).not.toContain(word)
  })

  test('DIS-05 a row that cannot be read is broken, and no row at all is refused', async () => {
    expect(await profile('account', 'code,name\n1,A\n2,B,too many\n')).toMatchObject({ rows: 1, broken: 1 })
    expect(await refusal(profile('account', 'code,name\n'))).toBe('PROFILE_EMPTY')
    expect(await refusal(profile('colour', 'code\n1\n'))).toBe('OBJECT_UNKNOWN')
  })

  test('DIS-05 outliers are by the modified z-score of Iglewicz and Hoaglin, exactly', () => {
    // Median 10, MAD 1: the bound 3.5 / 0.6745 = 5.189… lies between 15.18 and 15.19.
    const calm = ['8', '9', '9', '10', '10', '11', '11', '12']
    expect(outliersOf([...calm, '15.18'])).toBe(0)
    expect(outliersOf([...calm, '15.19'])).toBe(1)
    expect(outliersOf([...calm, '4.81'])).toBe(1)
    expect(outliersOf(['5', '5', '5', '5', '5', '5', '5', '900']), 'more than half the same').toBe(0)
    expect(outliersOf(['1', '2', '900']), 'too few to tell').toBe(0)
  })

  test('DIS-05 the score is exact, from its parts, and falls with each fault (control)', async () => {
    const figures = await profile('customer', CUSTOMERS, codes(['NET30'], ['30T']))
    const { score, parts } = scoreOf(figures)
    // 67 of 70 required cells (street, postcode, term), 9 of 10 rows, 7 of 9 numbers, 8 of 9 codes.
    expect(parts.map((one) => [one.part, one.right, one.of, one.percent])).toEqual([
      ['completeness', 67, 70, '95.71'],
      ['uniqueness', 9, 10, '90.00'],
      ['validity', 7, 9, '77.78'],
      ['conformity', 8, 9, '88.89'],
    ])
    // (67/70 + 9/10 + 7/9 + 8/9) / 4 = 88.0952…
    expect(score).toBe('88.10')
    const worse = (more: Partial<Figures>) => Number(scoreOf({ ...figures, ...more }).score)
    expect(worse({ duplicates: 2 })).toBeLessThan(88.1)
    expect(worse({ numbers: figures.numbers.map((one) => ({ ...one, outliers: 2 })) })).toBeLessThan(88.1)
    expect(worse({ codes: figures.codes.map((one) => ({ ...one, mapped: 0, unknown: 2 })) })).toBeLessThan(88.1)
    // A required column that is not in the file at all is empty in every row.
    expect(worse({ columns: figures.columns.filter((one) => one.column !== 'city') })).toBeLessThan(88.1)
    expect(scoreOf({ ...figures, numbers: [], codes: [] }).parts.filter((one) => one.percent === null)).toHaveLength(2)
  })
})

describe('a profile of a site', () => {
  let r: Rollout
  let figures: Figures
  const fileHash = createHash('sha256').update(CUSTOMERS).digest('hex')
  const take = async (more: object = {}) =>
    r.create(
      'rollout.source-profile.take',
      { site: 'LYON', object: 'customer', fileName: 'customers.csv', fileHash, figures, ...more },
      { who: await r.somebody('Rita Morel') },
    )

  beforeAll(async () => {
    r = await openRollout()
    await r.seatAll()
    figures = await profile('customer', CUSTOMERS, codes(['NET30'], ['30T']))
  })

  test('DIS-05 is kept with its score, and stands as evidence once the data owner has signed it', async () => {
    const { ids, result } = await take()
    expect(result).toEqual({ scores: [{ object: 'customer', score: '88.10' }] })
    const kept = await r.see(
      `select p.score::text, p.rows_read, p.duplicates, e.id, e.state, e.kind, e.subject, e.value::text, e.file_hash from rollout.source_profile p join rollout.evidence e on e.company_id = p.company_id and e.id = p.evidence_id where p.id = $1`,
      [ids[0]],
    )
    expect(kept).toMatchObject({
      ...{ score: '88.10', rows_read: 10, duplicates: 1, state: 'recorded', kind: 'data-profile' },
      ...{ subject: 'customer', value: '88.10', file_hash: fileHash },
    })
    expect(red(await evaluated(r, 'G1'))).toContain('data-profile-taken')
    await r.act('rollout.evidence.sign', kept.id, {}, { who: await r.somebody('data owner customer') })
    expect(red(await evaluated(r, 'G1'))).not.toContain('data-profile-taken')
    await r.act('rollout.source-profile.withdraw', ids[0] ?? '', {}, { reason: 'The wrong file' })
  })

  test.each([
    [
      'more faults than cells',
      (f: Figures) => ({ ...f, numbers: [{ column: 'creditLimit', cells: 1, unreadable: 1, outliers: 1 }] }),
    ],
    ['more cells than rows', (f: Figures) => ({ ...f, columns: [{ column: 'name', filled: 11, empty: 0 }] })],
    ['codes that do not add up', (f: Figures) => ({ ...f, codes: f.codes.map((one) => ({ ...one, unknown: 0 })) })],
    ['every row a second one', (f: Figures) => ({ ...f, duplicates: 10 })],
    ['other columns required', (f: Figures) => ({ ...f, required: ['name'] })],
  ])('DIS-05 counts that no file has are refused: %s', async (_, spoil) => {
    expect(await refusal(take({ figures: spoil(figures) }))).toBe('PROFILE_COUNTS')
  })

  test('DIS-05 is judged by the codes that the template has here, and by what mappings translate', async () => {
    await r.admin.query(
      `insert into party.term (company_id, id, code, name, due_days, state, created_at, updated_at) values (1, gen_random_uuid(), 'NET30', '30 days', 30, 'active', now(), now()) on conflict do nothing`,
    )
    const id = await r.made('rollout.code-mapping.propose', {
      site: 'LYON',
      kind: 'term',
      sourceCode: '30T',
      target: 'NET30',
    })
    const known = () =>
      transaction(r.kernel.pool, { companies: [ALPHA] }, (tx) => knownCodes(tx, kinds, ALPHA, r.sites.LYON))
    expect((await known()).template('term').has('NET30')).toBe(true)
    expect((await known()).mapped('term').has('30T'), 'not approved yet').toBe(false)
    await r.act('rollout.code-mapping.approve', id, {}, { who: await r.somebody('data owner customer') })
    expect((await known()).mapped('term').has('30T')).toBe(true)
  })
})
