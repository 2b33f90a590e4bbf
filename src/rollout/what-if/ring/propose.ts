// Which site comes in which ring: pilots first, then those with nothing to do or the least risk, those that fail last: pure.
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { readYaml } from '#kernel/yaml'
import type { Scope } from '../../site/site.ts'
import type { TemplateFiles } from '../../template/template-object.ts'
import { refuse } from './refusals.ts'

const count = Type.Integer({ minimum: 0 })
const Rules = Type.Array(
  Type.Object({
    ring: count,
    name: Type.String({ minLength: 1 }),
    // Of all sites, how many percent are in this ring or one before it.
    share: Type.Integer({ minimum: 0, maximum: 100 }),
    'quiet-days': count,
  }),
  { minItems: 1 },
)
export type RingRule = Static<typeof Rules>[number]

/** The rings of a release as its governance has them, ring 0 first. Refuses RINGS_WITHOUT_RULES. */
export function ringRules(number: string, files: TemplateFiles): readonly RingRule[] {
  const content: unknown = readYaml(files['governance.yaml'] ?? '')
  const rings = typeof content === 'object' && content !== null && 'rings' in content ? content.rings : undefined
  const bad = (problem: string) => refuse('RINGS_WITHOUT_RULES', { number, problem })
  if (!Value.Check(Rules, rings)) return bad('there is no list of rings with a ring, a name, a share and quiet days')
  const sorted = [...rings].sort((a, b) => a.ring - b.ring)
  if (sorted.some((one, at) => one.ring !== at)) return bad('the rings are not numbered 0, 1, 2')
  if (sorted.at(-1)?.share !== 100) return bad('the last ring does not take in all sites')
  return sorted
}

/** A site as the plan looks at it. `steps` and `conflicts` are the what-if's; `failing` are scenarios that fail there; one that `follows` the release already stays where it is. */
export type Candidate = {
  readonly site: string
  readonly code: string
  readonly company: number
  readonly scope: Scope
  readonly wave: number
  readonly pilot: boolean
  readonly follows: boolean
  readonly steps: number
  readonly conflicts: number
  readonly failing: number
}

export type Placed = {
  readonly site: string
  readonly code: string
  readonly company: number
  readonly reason: string
}
export type Ring = {
  readonly ring: number
  readonly name: string
  readonly quietDays: number
  readonly sites: readonly Placed[]
}

const reasonOf = (one: Candidate): string => {
  if (one.scope === 'enterprise') return 'governs what every company shares'
  if (one.follows) return 'follows it already'
  const risk =
    one.failing > 0
      ? `${one.failing} scenarios fail`
      : one.conflicts > 0
        ? `${one.conflicts} conflicts to decide`
        : one.steps > 0
          ? `${one.steps} steps`
          : 'nothing to do'
  return one.pilot ? `pilot, ${risk}` : risk
}

/** Before whom somebody comes: who follows already, a pilot, then whoever has fewer failures, conflicts and steps; the wave decides at last. */
function before(a: Candidate, b: Candidate): number {
  const order = (one: Candidate) => [
    one.follows ? 0 : 1,
    one.pilot ? 0 : 1,
    one.failing,
    one.conflicts,
    one.steps,
    one.wave,
  ]
  const [x, y] = [order(a), order(b)]
  for (const at of x.keys()) if (x[at] !== y[at]) return (x[at] ?? 0) - (y[at] ?? 0)
  return a.code < b.code ? -1 : 1
}

/**
 * The rings over all sites. What governs the enterprise comes first, with who follows already and the pilots. Where a ring's share gives less
 * than a whole site more, it takes one all the same; a site that fails stands in the last ring, and a ring may be empty.
 */
export function proposeRings(sites: readonly Candidate[], rules: readonly RingRule[]): readonly Ring[] {
  const shared = sites.filter((one) => one.scope === 'enterprise')
  const all = sites.filter((one) => one.scope !== 'enterprise').sort(before)
  const fails = (one: Candidate) => one.failing > 0 && !one.follows
  const able = all.filter((one) => !fails(one))
  const first = able.filter((one) => one.pilot || one.follows).length
  let taken = 0
  return rules.map(({ ring, name, share, 'quiet-days': quietDays }, at) => {
    const last = at === rules.length - 1
    const wanted = Math.max(Math.floor((all.length * share) / 100), taken + 1, ring === 0 ? first : 0)
    const own = last ? able.slice(taken) : able.slice(taken, wanted)
    taken += own.length
    const failing = last ? all.filter(fails) : []
    const placed = [...(ring === 0 ? shared : []), ...own, ...failing]
    const told = placed.map((one) => ({
      ...{ site: one.site, code: one.code, company: one.company },
      reason: reasonOf(one),
    }))
    return { ring, name, quietDays, sites: told }
  })
}
