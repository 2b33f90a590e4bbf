// Whatever two configurations are: a plan leads from the one to the other, and after it nothing is left to do.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byName, type LiveObject, nameOf, same, type Value } from '../../src/rollout/configuration/object.ts'
import { planOf } from '../../src/rollout/plan/plan.ts'
import type { Deviation, Plan, PlanInput } from '../../src/rollout/plan/plan-types.ts'
import type { TemplateObject } from '../../src/rollout/template/template-object.ts'

const value: fc.Arbitrary<Value> = fc.constantFrom<Value>(null, true, 'one', 'two', 3, [1, 2], { a: 1 })
const fields = fc.record({ code: fc.constant('x'), first: value, second: value })
const control = fc.constantFrom<TemplateObject['control']>('locked', 'default', 'local-choice')
const names = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 4 })), {
  selector: (one) => one.join(),
})

const templates = (marks: fc.Arbitrary<TemplateObject['control']>): fc.Arbitrary<TemplateObject[]> =>
  names.chain((all) =>
    fc.tuple(
      ...all.map(([kind, key]) =>
        fc
          .record({ fields, control: marks, owner: fc.constant('Olga'), reason: fc.constant('Because') })
          .map((rest) => ({ kind, key: String(key), ...rest })),
      ),
    ),
  )
const live: fc.Arbitrary<LiveObject[]> = names.chain((all) =>
  fc.tuple(...all.map(([kind, key]) => fields.map((one) => ({ kind, key: String(key), fields: one })))),
)
const NOTHING = { deviations: [], inUse: [], open: [], revert: new Set<string>(), today: '2026-03-02' }
const lived = (objects: readonly TemplateObject[]): LiveObject[] =>
  objects.map(({ kind, key, fields: all }) => ({ kind, key, fields: all }))

/** What stands after the steps of a plan, as the database would have it. */
function standing(plan: Plan, before: readonly LiveObject[]): LiveObject[] {
  const found = new Map(byName(before))
  for (const item of plan.items) {
    if (item.change === 'end') found.delete(nameOf(item))
    else if (item.change !== 'deferred') found.set(nameOf(item), item.object)
  }
  return [...found.values()]
}
const sorted = (objects: readonly LiveObject[]) => [...objects].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
const everything = (input: PlanInput): ReadonlySet<string> =>
  new Set([...input.desired, ...input.live, ...(input.base ?? [])].map(nameOf))

describe('plans of any two configurations', () => {
  test('TPL-04 apply(plan(a, b)) is b, and a plan after it is empty', () => {
    fc.assert(
      fc.property(templates(control), templates(control), (a, b) => {
        const input: PlanInput = { ...NOTHING, desired: b, base: a, live: lived(a) }
        const now = standing(planOf(input), input.live)
        expect(sorted(now)).toEqual(sorted(lived(b)))
        expect(planOf({ ...input, base: b, live: now })).toMatchObject({
          items: [],
          drift: [],
          kept: [],
          complete: true,
        })
      }),
      { numRuns: 500 },
    )
  })

  test('TPL-03 an empty site becomes what the template says', () => {
    fc.assert(
      fc.property(templates(control), (b) => {
        const plan = planOf({ ...NOTHING, desired: b, base: null, live: [] })
        expect(plan.items.every((item) => item.change === 'create')).toBe(true)
        expect(sorted(standing(plan, []))).toEqual(sorted(lived(b)))
      }),
    )
  })

  test('TPL-05 whatever a site made of locked objects, to revert it all brings the template back; without, nothing of it is touched', () => {
    fc.assert(
      fc.property(templates(fc.constant<TemplateObject['control']>('locked')), live, (b, now) => {
        const input: PlanInput = { ...NOTHING, desired: b, base: b, live: now }
        const left = planOf(input)
        expect(left.items).toEqual([])
        expect(left.drift.length === 0).toBe(same(sorted(lived(b)), sorted(now)))
        const back = planOf({ ...input, revert: everything(input) })
        expect(sorted(standing(back, now))).toEqual(sorted(lived(b)))
      }),
      { numRuns: 500 },
    )
  })

  test('TPL-06 with a deviation for every difference nothing has drifted; the day after their last day all of it has again', () => {
    fc.assert(
      fc.property(templates(fc.constant<TemplateObject['control']>('locked')), live, (b, now) => {
        const input: PlanInput = { ...NOTHING, desired: b, base: b, live: now }
        const { drift } = planOf(input)
        const deviations: Deviation[] = drift.map((one, at) => ({
          number: `DEV-${at}`,
          kind: one.kind,
          key: one.key,
          field: one.field,
          value: one.live,
          expiresOn: NOTHING.today,
        }))
        expect(planOf({ ...input, deviations })).toMatchObject({ items: [], drift: [] })
        const expired = planOf({ ...input, deviations, today: '2026-03-03' })
        expect(expired.drift.map(({ expired: _, ...one }) => one)).toEqual(drift.map(({ expired: _, ...one }) => one))
        expect(expired.drift.map((one) => one.expired)).toEqual(deviations.map((one) => one.number))
      }),
    )
  })

  test('adopted into the template, a difference is none', () => {
    fc.assert(
      fc.property(templates(fc.constant<TemplateObject['control']>('locked')), live, (b, now) => {
        const adopted = now.map(
          (one): TemplateObject => ({ ...one, control: 'locked', owner: 'Olga', reason: 'Adopted' }),
        )
        expect(planOf({ ...NOTHING, desired: adopted, base: b, live: now })).toMatchObject({ items: [], drift: [] })
      }),
    )
  })

  test('TPL-08 every combination of base, template and live of one locked value: followed, kept as drift, or a conflict', () => {
    for (const base of ['a', 'b', 'c']) {
      for (const theirs of ['a', 'b', 'c']) {
        for (const mine of ['a', 'b', 'c']) {
          const object = (text: string): TemplateObject => ({
            kind: 'k',
            key: '1',
            fields: { f: text },
            control: 'locked',
            owner: 'Olga',
            reason: '',
          })
          const plan = planOf({
            ...NOTHING,
            desired: [object(theirs)],
            base: [object(base)],
            live: lived([object(mine)]),
          })
          const verdict =
            plan.items.length > 0
              ? 'follow'
              : plan.drift.length === 0
                ? 'same'
                : plan.drift[0]?.conflict
                  ? 'conflict'
                  : 'drift'
          const expected = mine === theirs ? 'same' : mine === base ? 'follow' : base === theirs ? 'drift' : 'conflict'
          expect([base, theirs, mine, verdict]).toEqual([base, theirs, mine, expected])
          expect(plan.applyable).toBe(expected !== 'conflict')
        }
      }
    }
  })

  test('a site may have what is allowed and nothing else', () => {
    const object = (text: Value, allowed: Value): TemplateObject => ({
      kind: 'k',
      key: '1',
      fields: { f: text },
      control: 'default',
      owner: 'Olga',
      reason: '',
      allowed: { f: allowed },
    })
    const drifted = (mine: Value, allowed: Value) =>
      planOf({
        ...NOTHING,
        desired: [object('5', allowed)],
        base: [object('5', allowed)],
        live: [{ kind: 'k', key: '1', fields: { f: mine } }],
      }).drift.length
    expect([
      drifted('7', { min: '0', max: '15' }),
      drifted('16', { min: '0', max: '15' }),
      drifted('x', { min: '0', max: '15' }),
    ]).toEqual([0, 1, 1])
    expect([drifted('b', ['a', 'b']), drifted('c', ['a', 'b'])]).toEqual([0, 1])
    expect([
      drifted({ x: 1 }, { x: [1, 2] }),
      drifted({ x: 3 }, { x: [1, 2] }),
      drifted({ y: 1 }, { x: [1, 2] }),
    ]).toEqual([0, 1, 1])
    expect(drifted('whatever', 'any name')).toBe(0)
  })
})
