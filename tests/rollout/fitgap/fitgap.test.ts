// Fit and gap: every capability and requirement answered by one scheme, customising only with proof, signed, locked, and reused at the next site.
import { beforeAll, describe, expect, test } from 'vitest'
import { modules } from '../../../src/modules/index.ts'
import { capabilitiesOf } from '../../../src/rollout/fitgap/capability.ts'
import { openRollout, type Person, type Rollout, refusal } from '../governance/world.ts'

let r: Rollout
let rita: Person
let authority: Person
const proof = {
  standard: 'Two workshops with the standard',
  configuration: 'Every setting of labels tried',
  process: 'The carrier refuses to print',
}

beforeAll(async () => {
  r = await openRollout()
  await r.seatAll()
  rita = await r.somebody('Rita Morel')
  authority = await r.somebody('design authority')
})

const raise = (more: object = {}, site = 'LYON') =>
  r.made(
    'rollout.requirement.raise',
    { site, title: 'Carrier labels', detail: 'In their format', area: 'warehouse', ...more },
    { who: rita },
  )
const classify = (id: string, input: object, more: object = {}) =>
  r.act('rollout.requirement.classify', id, { evidence: 'Workshop of 2 March', ...input }, { who: rita, ...more })
const row = (id: string) => r.see('select * from rollout.requirement where id = $1', [id])

describe('capabilities', () => {
  test('FIT-02 they come from the descriptions: every document that does something, and every verb', async () => {
    const all = capabilitiesOf(modules)
    const verbs = modules.flatMap((one) => one.documents).flatMap((one) => Object.keys(one.verbs))
    expect(all.filter((one) => one.verb !== null)).toHaveLength(verbs.length)
    expect(all.find((one) => one.id === 'sales.order.confirm')).toMatchObject({
      document: 'sales.order',
      area: 'sales',
      role: 'transaction',
    })
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
    const told = await r.ask<{ id: string; verb: string | null }>('rollout.capabilities', { documents: true })
    expect(told.length).toBeGreaterThan(30)
    expect(told.every((one) => one.verb === null)).toBe(true)
  })

  test('FIT-01 the register of a site is filled with them once', async () => {
    await r.create('rollout.requirement.generate', { site: 'TURIN' }, { who: rita })
    const { n } = await r.see(
      `select count(*)::int as n from rollout.requirement r join rollout.site s on s.id = r.site_id where s.code = 'TURIN'`,
    )
    expect(n).toBe((await r.ask('rollout.capabilities', { documents: true })).length)
    expect(await refusal(r.create('rollout.requirement.generate', { site: 'TURIN' }))).toBe('NOTHING_NEW')
    const history = await r.see(
      `select count(*)::int as n from kernel.audit where document = 'rollout.requirement' and verb = 'generate'`,
    )
    expect(history.n).toBe(n)
  })
})

describe('answers', () => {
  test('FIT-01 FIT-02 an answer names evidence, and what of the product meets it', async () => {
    const id = await raise({ title: 'Orders by phone' })
    expect(await refusal(raise({ title: 'Orders by phone' }))).toBe('TOPIC_THERE')
    expect(await refusal(classify(id, { answer: 'adopt' }))).toBe('CAPABILITY_NEEDED')
    expect(await refusal(classify(id, { answer: 'adopt', capability: 'sales.order.sing' }))).toBe('CAPABILITY_UNKNOWN')
    expect(await refusal(raise({ title: 'Other', capability: 'nothing.at.all' }))).toBe('CAPABILITY_UNKNOWN')
    await classify(id, {
      answer: 'adopt',
      capability: 'sales.order.draft',
      businessValue: 5,
      effort: '0.5',
      controlImpact: 'none',
      repeatability: 5,
      scenario: 'Q2C-01',
    })
    expect(await row(id)).toMatchObject({
      state: 'classified',
      answer: 'adopt',
      capability: 'sales.order.draft',
      business_value: 5,
      effort: '0.50',
      repeatability: 5,
      scenario: 'Q2C-01',
      decided_by: rita.id,
    })
  })

  test('FIT-03 customising is refused until each other road was tried and the architecture lead decided', async () => {
    const id = await raise()
    await expect(classify(id, { answer: 'customise' })).rejects.toMatchObject({
      code: 'CUSTOMISE_UNPROVEN',
      detail: { lacking: 'the standard and configuration and another way of working' },
    })
    const { process: _, ...two } = proof
    await expect(classify(id, { answer: 'customise', tried: two })).rejects.toMatchObject({
      code: 'CUSTOMISE_UNPROVEN',
      detail: { lacking: 'another way of working' },
    })
    expect(await refusal(classify(id, { answer: 'customise', tried: proof }))).toBe('CUSTOMISE_UNDECIDED')
    const decision = await r.made('rollout.decision.propose', {
      site: 'LYON',
      kind: 'customisation',
      title: 'Labels',
      context: 'Their format',
    })
    expect(await refusal(classify(id, { answer: 'customise', tried: proof, decision }))).toBe('CUSTOMISE_UNDECIDED')
    await r.act(
      'rollout.decision.decide',
      decision,
      { decision: 'Build it' },
      { who: await r.somebody('architecture lead') },
    )
    await classify(id, { answer: 'customise', tried: proof, decision, cause: 'functional' })
    expect(await row(id)).toMatchObject({ answer: 'customise', decision_id: decision, tried: proof })
  })

  test('TPL-06 to configure otherwise than the template asks for the deviation in the same step, and nothing else does', async () => {
    const deviation = {
      kind: 'party.term',
      objectKey: 'NET30',
      field: 'dueDays',
      value: 45,
      scope: 'Public hand',
      reason: 'Law',
      risk: 'Cash',
      owner: 'Rita',
      compensatingControl: 'List',
      expiresOn: '2026-09-30',
    }
    const id = await raise({ title: 'Longer terms', capability: 'party.term' })
    expect(await refusal(classify(id, { answer: 'adopt', deviation }))).toBe('DEVIATION_WITHOUT_CONFIGURE')
    expect(
      await refusal(classify(id, { answer: 'configure', deviation: { ...deviation, expiresOn: '2026-01-01' } })),
    ).toBe('DEVIATION_OVER')
    expect((await row(id)).state).toBe('open')
    await classify(id, { answer: 'configure', deviation, cause: 'policy' })
    const { deviation_id } = await row(id)
    expect(
      await r.see('select state, object_key, value, requested_by from rollout.deviation where id = $1', [deviation_id]),
    ).toEqual({ state: 'requested', object_key: 'NET30', value: 45, requested_by: rita.id })
    expect(
      (
        await r.see(`select count(*)::int as n from kernel.audit where document_id = $1 and verb = 'request'`, [
          deviation_id,
        ])
      ).n,
    ).toBe(1)
    expect(await refusal(r.act('rollout.deviation.approve', deviation_id, {}, { who: rita }))).toBe('NOT_YOUR_SEAT')
  })

  test('FIT-04 the rate counts what the standard meets, without what is put off', async () => {
    const later = await raise({ title: 'Robots' })
    await classify(later, { answer: 'defer' })
    const [lyon] = (
      await r.ask<{ site: string; fit: string; answers: object; causes: object; classified: number }>(
        'rollout.fit-rates',
      )
    ).filter((one) => one.site === 'LYON')
    // Adopted 1 of customised, adopted and configured by deviation.
    expect(lyon).toMatchObject({
      fit: '33.33',
      classified: 4,
      answers: { adopt: 1, customise: 1, configure: 1, defer: 1 },
      causes: { functional: 1, policy: 1 },
    })
  })
})

describe('signature', () => {
  test('FIT-05 it is signed when everything is classified, by the seat, once, and locks the register', async () => {
    const open = await raise({ title: 'Still open' })
    expect(await refusal(r.create('rollout.register.sign', { site: 'LYON' }, { who: rita }))).toBe('NOT_YOUR_SEAT')
    await expect(r.create('rollout.register.sign', { site: 'LYON' }, { who: authority })).rejects.toMatchObject({
      code: 'REGISTER_OPEN',
      detail: { open: 1, all: 5 },
    })
    await r.act('rollout.requirement.drop', open, {}, { reason: 'Nobody needs it' })
    await r.create('rollout.register.sign', { site: 'LYON' }, { who: authority })
    expect(await refusal(r.create('rollout.register.sign', { site: 'LYON' }, { who: authority }))).toBe(
      'REGISTER_SIGNED',
    )
    const { id } = await r.see(`select id from rollout.requirement where title = 'Orders by phone'`)
    expect(await refusal(classify(id, { answer: 'defer' }))).toBe('REGISTER_LOCKED')
    expect(await refusal(r.act('rollout.requirement.drop', id, {}, { reason: 'x' }))).toBe('REGISTER_LOCKED')
    expect(await refusal(r.create('rollout.requirement.generate', { site: 'LYON' }))).toBe('REGISTER_LOCKED')
  })

  test('FIT-05 GOV-07 later change comes by an approved change request; what comes without one is seen to be outside the scope', async () => {
    const wild = await raise({ title: 'Suddenly wanted' })
    expect(await row(wild)).toMatchObject({ in_baseline: false })
    const [lyon] = (await r.ask<{ site: string; unbaselined: number }>('rollout.fit-rates')).filter(
      (one) => one.site === 'LYON',
    )
    expect(lyon?.unbaselined).toBe(1)
    const change = await r.made(
      'rollout.change-request.request',
      {
        site: 'LYON',
        class: 'major',
        matter: 'scope',
        title: 'More',
        description: 'More',
        impact: 'Days',
        risk: 'Late',
      },
      { who: rita },
    )
    expect(await refusal(classify(wild, { answer: 'process-change', changeRequest: change }))).toBe(
      'CHANGE_NOT_APPROVED',
    )
    expect(await refusal(classify(wild, { answer: 'process-change', changeRequest: 'CHG-1999-00001' }))).toBe(
      'CHANGE_NOT_HERE',
    )
    await r.act('rollout.change-request.approve', change, {}, { who: await r.somebody('steering chair') })
    await classify(wild, { answer: 'process-change', changeRequest: change })
    expect(await row(wild)).toMatchObject({ in_baseline: true, change_request_id: change })
    const { id } = await r.see(`select id from rollout.register where state = 'signed'`)
    await r.act('rollout.register.reopen', id, { changeRequest: change }, { reason: 'Scope was changed', who: rita })
    const { id: phone } = await r.see(`select id from rollout.requirement where title = 'Orders by phone'`)
    await classify(phone, { answer: 'adopt' })
  })

  test('FIT-04 the next site takes over what an earlier one signed, with its reasons, but never a customisation', async () => {
    const same = await raise({ title: 'Orders by phone' }, 'TURIN')
    const [seen] = (
      await r.ask<{ id: string; precedent: string; precedent_site: string }>('rollout.workbook', { site: 'TURIN' })
    ).filter((one) => one.id === same)
    expect(seen).toMatchObject({ precedent: 'adopt', precedent_site: 'LYON' })
    await r.act('rollout.requirement.reuse', same, {}, { who: rita })
    expect(await row(same)).toMatchObject({
      state: 'classified',
      answer: 'adopt',
      evidence: expect.stringMatching(/^LYON REQ-2026-\d+: Workshop of 2 March$/),
      repeatability: 5,
    })
    const labels = await raise({}, 'TURIN')
    expect(await refusal(r.act('rollout.requirement.reuse', labels, {}, { who: rita }))).toBe('NO_PRECEDENT')
    const fresh = await raise({ title: 'Nobody had this' }, 'TURIN')
    expect(await refusal(r.act('rollout.requirement.reuse', fresh, {}, { who: rita }))).toBe('NO_PRECEDENT')
  })
})
