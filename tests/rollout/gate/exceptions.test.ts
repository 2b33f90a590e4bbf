// Exceptions of each process: described with owner, hours and what the system does, held against the rest of the template, and told in the blueprint.
import { beforeAll, describe, expect, test } from 'vitest'
import { checkTemplate, parseTemplate, readTemplateFiles } from '../../../src/setup/index.ts'
import { openRollout, type Rollout } from '../governance/world.ts'

const FILES = readTemplateFiles()
const FILE = 'exceptions.yaml'
const TEXT = FILES[FILE] ?? ''

/** The problems of the template when its exceptions, or another file, say something else. */
function problems(from: string, to: string, file = FILE): readonly string[] {
  const text = FILES[file] ?? ''
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
  const template = { folder: '', ...parseTemplate({ ...FILES, [file]: text.replace(from, to) }) }
  return checkTemplate(template).map((one) => `${one.file}, ${one.place}: ${one.problem}`)
}

describe('BLU-03 exceptions are held against the rest of the template', () => {
  test('BLU-03 the template describes exceptions for every process that has an owner, and for every hold', () => {
    const template = { folder: '', ...parseTemplate(FILES) }
    expect(checkTemplate(template)).toEqual([])
    const lines = template.exceptions?.exceptions ?? []
    expect(new Set(lines.map((one) => one.process))).toEqual(template.processes)
    expect(template.processes.size).toBe(5)
    expect(lines.flatMap((one) => one.hold ?? []).sort()).toEqual(template.holds.holds.map((one) => one.type).sort())
    expect(template.scenarios.size).toBeGreaterThan(60)
  })

  test.each([
    [
      'a role that is not there',
      'handled-by: credit-officer',
      'handled-by: nobody',
      'credit-hold: there is no role nobody',
    ],
    [
      'a role without the right',
      'by: [returns.rma.receive, returns.rma.inspect]',
      'by: [ledger.period.unlock]',
      'damaged-return: warehouse-supervisor does not hold ledger.period.unlock',
    ],
    ['a hold that is not there', 'hold: margin', 'hold: mood', 'margin-hold: there is no hold mood'],
    [
      'a hold that nobody describes',
      'hold: margin',
      'hold: price',
      'margin: no exception says how this hold is handled',
    ],
    [
      'other hours than the hold has',
      'within-hours: 48\n    by: [sales.order.release-hold]',
      'within-hours: 49\n    by: [sales.order.release-hold]',
      'manual-hold: the hold manual gives 48 hours',
    ],
    [
      'another way out than the hold has',
      'by: [sales.order.release-price]\n    scenarios: [T-PRC-05]',
      'by: [sales.order.reprice]\n    scenarios: [T-PRC-05]',
      'margin-hold: the hold margin is let go by sales.order.release-price',
    ],
    [
      'a process without an owner',
      'process: service',
      'process: marketing',
      'damaged-return: there is no owner of a process marketing',
    ],
    [
      'a process without an exception',
      'process: service',
      'process: warehouse',
      'service: no exception is described for this process',
    ],
    ['a scenario that is not there', 'T-FIN-02', 'T-FIN-99', 'books-differ: there is no scenario T-FIN-99'],
    ['one name twice', 'exception: expired-lot', 'exception: short-stock', 'short-stock: it is there twice'],
  ])('BLU-03 %s is found', (_what, from, to, problem) => {
    expect(problems(from, to)).toContain(`exceptions.yaml, ${problem}`)
  })

  test('BLU-03 a hold that changes hands elsewhere is found too', () => {
    expect(problems('responsible: credit-officer', 'responsible: sales-manager', 'holds.yaml')).toEqual([
      "exceptions.yaml, credit-hold: the hold credit is sales-manager's to handle",
    ])
  })

  test('BLU-03 a line without hours is no exception, and a template from before them is sound', () => {
    expect(() => problems('    within-hours: 8\n', '')).toThrow(/exceptions.yaml/)
    const { [FILE]: _, ...older } = FILES
    expect(checkTemplate({ folder: '', ...parseTemplate(older) })).toEqual([])
  })
})

describe('BLU-03 the blueprint tells them', () => {
  let r: Rollout
  type Chapter = { id: string; tables: readonly { rows: readonly (readonly string[])[] }[] }
  beforeAll(async () => {
    r = await openRollout()
  })
  const rows = async (files: object, chapter = 'exceptions') => {
    await r.admin.query('update rollout.release set files = $1', [JSON.stringify(files)])
    const id = await r.made('rollout.paper.draft', { site: 'LYON', kind: 'blueprint' })
    const { content } = await r.see('select content from rollout.paper where id = $1', [id])
    const chapters: readonly Chapter[] = content.chapters
    return chapters.find((one) => one.id === chapter)?.tables[0]?.rows ?? []
  }

  test('BLU-03 by process, as the release of the site has them, and otherwise when that says otherwise', async () => {
    const told = await rows({ [FILE]: TEXT })
    expect(told).toHaveLength(TEXT.match(/- exception:/g)?.length ?? 0)
    expect(told.map((one) => one[0])).toEqual([...told.map((one) => one[0])].sort())
    const credit = told.find((one) => one[1]?.startsWith('An order goes beyond'))
    expect(credit?.slice(3)).toEqual([
      'credit-officer',
      '8',
      'sales.order.release-credit, sales.order.recheck',
      'T-CRD-01, T-CRD-05, T-CRD-07',
    ])
    expect(told.find((one) => one[1]?.startsWith('The same order'))?.at(-1)).toBe('nobody has walked it yet')
    const changed = await rows({ [FILE]: TEXT.replace('within-hours: 8', 'within-hours: 2') })
    expect(changed.find((one) => one[1]?.startsWith('An order goes beyond'))?.[4]).toBe('2')
    expect(await rows({})).toEqual([])
  })

  test('BLU-02 and what must be withstood, each with the test that proves it', async () => {
    const told = await rows({ 'quality-targets.yaml': FILES['quality-targets.yaml'] }, 'quality-targets')
    expect(told.find((one) => one[0] === 'recovery-time')?.slice(2, 4)).toEqual(['30000', 'milliseconds'])
    expect(told.find((one) => one[1]?.startsWith('Three people'))?.at(-1)).toBe('T-Q2C-03')
    expect(await rows({}, 'quality-targets')).toEqual([])
  })
})
