// Discovery: what a site answers, maps, finds, links and who spoke, and the papers that are signed upon it.
import { beforeAll, describe, expect, test } from 'vitest'
import { chaptersPdf } from '../../../src/documents/chapters.ts'
import { chapter, differences } from '../../../src/rollout/gate/paper/chapter.ts'
import { paperHtml } from '../../../src/rollout/gate/paper/html.ts'
import { rolloutPaperRoutes } from '../../../src/rollout/gate/paper/routes.ts'
import { readPdf } from '../../documents/readers.ts'
import { paperSigned } from '../gate/ready.ts'
import { openRollout, type Rollout, refusal, sources } from '../governance/world.ts'

let r: Rollout

beforeAll(async () => {
  r = await openRollout()
  await r.seatAll()
})

describe('the questionnaire', () => {
  const given = (more: object = {}) => ({
    site: 'LYON',
    question: 'credit',
    answer: 'Three clerks',
    source: 'Workshop',
    ...more,
  })

  test('DIS-01 a question is answered once, corrected, and open again when it is withdrawn', async () => {
    const id = await r.made('rollout.answer.give', given())
    expect(await refusal(r.create('rollout.answer.give', given()))).toBe('LISTED_ALREADY')
    expect(await refusal(r.create('rollout.answer.give', given({ question: 'weather' })))).toBe('QUESTION_UNKNOWN')
    await r.act('rollout.answer.correct', id, { answer: 'Two clerks and the controller' })
    const told = async () =>
      await r.ask<{ question: string; answer: string | null }>('rollout.questionnaire', { site: 'LYON' })
    expect((await told()).find((one) => one.question === 'credit')?.answer).toBe('Two clerks and the controller')
    expect((await told())[0]?.answer).toBeNull()
    await r.act('rollout.answer.withdraw', id, {}, { reason: 'It was Turin' })
    expect((await told()).every((one) => one.answer === null)).toBe(true)
  })
})

describe('processes', () => {
  const mapped = (more: object = {}) => ({
    site: 'LYON',
    area: 'order-to-cash',
    name: 'Take orders',
    variant: 'Telephone',
    volume: 4000,
    owner: 'Ana',
    system: 'Old system',
    stance: 'differentiator',
    steps: ['call', 'price', 'confirm'],
    ...more,
  })

  test('DIS-02 DIS-09 the owner of the area approves a map, and a change asks him again', async () => {
    const id = await r.made('rollout.process.map', mapped())
    expect(await refusal(r.create('rollout.process.map', mapped()))).toBe('LISTED_ALREADY')
    expect(await refusal(r.create('rollout.process.map', mapped({ area: 'weather' })))).toBe('AREA_NEEDED')
    expect(
      await refusal(r.act('rollout.process.approve', id, {}, { who: await r.somebody('process owner warehouse') })),
    ).toBe('NOT_YOUR_SEAT')
    const owner = await r.somebody('process owner order to cash')
    await r.act('rollout.process.approve', id, {}, { who: owner })
    await r.act('rollout.process.change', id, { stance: 'standardise', volume: 3800 })
    expect(
      await r.see('select state, stance, volume, approved_by, steps from rollout.process where id = $1', [id]),
    ).toEqual({
      state: 'mapped',
      stance: 'standardise',
      volume: 3800,
      approved_by: null,
      steps: ['call', 'price', 'confirm'],
    })
    const gone = await r.made('rollout.process.map', mapped({ name: 'Fax' }))
    await r.act('rollout.process.drop', gone, {}, { reason: 'Nobody sends any' })
  })
})

describe('what else there is', () => {
  test('DIS-03 findings are noted with how often and how risky, and somebody says what becomes of them', async () => {
    const id = await r.made('rollout.finding.note', {
      site: 'LYON',
      kind: 'spreadsheet',
      title: 'Freight table',
      detail: 'On a drive',
      frequency: 'weekly',
      risk: 'high',
    })
    await r.act('rollout.finding.dispose', id, { disposition: 'requirement', note: 'Carrier rates' })
    expect(await r.see('select state, disposition from rollout.finding where id = $1', [id])).toEqual({
      state: 'decided',
      disposition: 'requirement',
    })
    const none = await r.made('rollout.finding.note', {
      site: 'LYON',
      kind: 'issue',
      title: 'Cold hall',
      detail: '',
      frequency: 'seldom',
      risk: 'low',
    })
    await r.act('rollout.finding.drop', none, {}, { reason: 'No matter of software' })
  })

  test('DIS-07 links to other systems are listed once with direction, volume, criticality and owner', async () => {
    const link = { site: 'LYON', name: 'Carrier', direction: 'both', volume: 900, criticality: 'high', owner: 'Luc' }
    const id = await r.made('rollout.integration.add', link)
    expect(await refusal(r.create('rollout.integration.add', link))).toBe('LISTED_ALREADY')
    await r.act('rollout.integration.drop', id, {}, { reason: 'Ends in May' })
  })

  test('DIS-06 entering participants warns of functions that nobody spoke for', async () => {
    const enter = (fn: string) =>
      r.create('rollout.participant.enter', { site: 'LYON', function: fn, name: 'Ana', workshop: 'Kick-off' })
    expect((await enter('sales')).result).toEqual({
      missing: ['customer-service', 'warehouse', 'procurement', 'finance', 'technology', 'internal-control'],
    })
    expect(await refusal(enter('poetry'))).toBe('FUNCTION_UNKNOWN')
    expect(await refusal(enter('sales'))).toBe('LISTED_ALREADY')
    const told = await r.ask<{ function: string; missing: boolean; people: string }>('rollout.functions', {
      site: 'LYON',
    })
    expect(told.filter((one) => !one.missing)).toMatchObject([{ function: 'sales', people: 'Ana' }])
    const { id } = await r.see('select id from rollout.participant')
    await r.act('rollout.participant.strike', id, {}, { reason: 'Was not there' })
    expect((await r.ask<{ missing: boolean }>('rollout.functions', { site: 'LYON' })).every((one) => one.missing)).toBe(
      true,
    )
  })
})

describe('papers', () => {
  test('DIS-08 a paper is drafted from what holds, signed by its seat, and replaces the edition before', async () => {
    const first = await paperSigned(r, 'current-state-assessment', 'rollout office')
    expect(await refusal(r.create('rollout.paper.draft', { site: 'LYON', kind: 'novel' }))).toBe('PAPER_KIND')
    const second = await r.made('rollout.paper.draft', { site: 'LYON', kind: 'current-state-assessment' })
    expect(await refusal(r.act('rollout.paper.sign', second, {}, { who: await r.somebody('steering chair') }))).toBe(
      'NOT_YOUR_SEAT',
    )
    await r.act('rollout.paper.sign', second, {}, { who: await r.somebody('rollout office') })
    const { rows } = await r.admin.query(
      `select id, edition, state from rollout.paper where kind = 'current-state-assessment' order by edition`,
    )
    expect(rows).toEqual([
      { id: first, edition: 1, state: 'replaced' },
      { id: second, edition: 2, state: 'signed' },
    ])
    await r.act('rollout.paper.replace', second, {}, { reason: 'The site moved' })
  })

  test('BLU-04 what changed since the draft is named, and cannot be signed', async () => {
    const id = await r.made('rollout.paper.draft', { site: 'LYON', kind: 'blueprint' })
    await r.admin.query(`update party.term set due_days = 45 where company_id = 1 and code = 'NET30'`)
    await expect(
      r.act('rollout.paper.sign', id, {}, { who: await r.somebody('design authority') }),
    ).rejects.toMatchObject({
      code: 'PAPER_CHANGED',
      detail: { chapters: 'Configuration: party.term' },
    })
    await r.admin.query(`update party.term set due_days = 30 where company_id = 1 and code = 'NET30'`)
    await r.act('rollout.paper.sign', id, {}, { who: await r.somebody('design authority') })
  })

  test('BLU-01 the blueprint has the flows, the configuration, the roles and the reports of the product', async () => {
    const { content } = await r.see(`select content from rollout.paper where kind = 'blueprint' and state = 'signed'`)
    const chapters = new Map<string, { tables: { rows: string[][] }[]; whole?: { rows: number } }>(
      content.chapters.map((one: { id: string }) => [one.id, one]),
    )
    expect([...chapters.keys()]).toEqual([
      'site',
      'flows',
      'configuration party.term',
      'roles',
      'separations',
      'reports',
      'exceptions',
      'quality-targets',
      'requirements',
      'deviations',
      'integrations',
      'decisions',
    ])
    expect(chapters.get('configuration party.term')?.tables[0]?.rows).toEqual([
      ['NET30', 'dueDays: 30; name: 30 days net'],
    ])
    expect(chapters.get('flows')?.tables[0]?.rows).toContainEqual(['Merge', 'undo', 'merged', 'undone', 'a reason'])
    expect(chapters.get('reports')?.tables[0]?.rows.length).toBeGreaterThan(20)
  })

  test('a long chapter keeps the first rows and the hash of all, so that a change in the last one shows', () => {
    const rows = Array.from({ length: 1000 }, (_, at) => [String(at)])
    const long = { title: 'x', chapters: [chapter('a', 'A', ['n'], rows)] }
    expect(long.chapters[0]?.tables[0]?.rows).toHaveLength(200)
    const other = { title: 'x', chapters: [chapter('a', 'A', ['n'], [...rows.slice(0, 999), ['else']])] }
    expect(differences(long, other)).toEqual(['A'])
    expect(differences(long, long)).toEqual([])
    expect(differences(long, { title: 'x', chapters: [] })).toEqual(['A'])
  })

  test('no text of a paper can act in a browser', () => {
    const html = paperHtml(
      {
        title: '<script>alert(1)</script>',
        chapters: [chapter('a', 'A & "B"', ['n'], [['<img src=x onerror=alert(1)>']])],
      },
      ["it's"],
    )
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toContain('A &amp; &quot;B&quot;')
    expect(html).toContain('it&#39;s')
  })

  test('BLU-01 a paper is set as a PDF with every chapter, whatever stands in it', async () => {
    const { content } = await r.see(`select content from rollout.paper where kind = 'blueprint' and state = 'signed'`)
    const bytes = await chaptersPdf(content, ['Edition 1'], new Date('2026-03-02T15:00:00Z'))
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const { pages } = await readPdf(bytes, false)
    expect(pages.length).toBeGreaterThan(3)
    const whole = pages.join(' ')
    for (const chapter of content.chapters) expect(whole, chapter.title).toContain(chapter.title.split(' ')[0])
    expect(whole).toContain('NET30')
  })

  test('every kind of paper and the report of a gate have an address of their own', () => {
    const routes = rolloutPaperRoutes(sources)
    const both = rolloutPaperRoutes(sources, chaptersPdf)
    expect(both.map((one) => one.url)).toEqual(routes.flatMap((one) => [one.url, one.url.replace('.html', '.pdf')]))
    expect(routes.map((one) => one.url)).toEqual([
      '/api/rollout/site/:id/paper/current-state-assessment.html',
      '/api/rollout/site/:id/paper/issue-log.html',
      '/api/rollout/site/:id/paper/scope-baseline.html',
      '/api/rollout/site/:id/paper/charter.html',
      '/api/rollout/site/:id/paper/blueprint.html',
      ...['template-validation', 'review-hypercare', 'review-programme', 'review-council', 'review-process'].map(
        (kind) => `/api/rollout/site/:id/paper/${kind}.html`,
      ),
      '/api/rollout/paper/:id/paper.html',
      '/api/rollout/gate-run/:id/report.html',
    ])
    expect(routes.every((one) => one.needs.kind === 'may')).toBe(true)
  })
})
