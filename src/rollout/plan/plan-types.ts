// What a plan is made of: what goes in, the steps that come out, and what stands at the site for another reason.
import type { LiveObject, Value } from '../configuration/object.ts'
import type { TemplateObject } from '../template/template-object.ts'

/** An accepted difference that has been approved. Without `field` it is about the object being there at all. */
export type Deviation = {
  readonly number: string
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly value: Value
  /** The last day on which it holds, 'YYYY-MM-DD'. */
  readonly expiresOn: string
}

/** What keeps objects as they are: live documents lean on these keys. */
export type InUse = {
  readonly kind: string
  readonly fields: readonly string[]
  readonly because: string
  readonly keys: ReadonlySet<string>
}

export type PlanInput = {
  readonly desired: readonly TemplateObject[]
  /** What the template gave at the last apply; null for a site that was never applied. */
  readonly base: readonly TemplateObject[] | null
  readonly live: readonly LiveObject[]
  readonly deviations: readonly Deviation[]
  readonly inUse: readonly InUse[]
  /** Kinds to which a site may add objects of its own. */
  readonly open: readonly string[]
  /** Drift to take back, by name of the object. */
  readonly revert: ReadonlySet<string>
  readonly today: string
}

export type FieldChange = { readonly field: string; readonly from: Value; readonly to: Value }

/** One step of a plan. `object` is what stands there afterwards, or what ends. */
export type Item = {
  readonly kind: string
  readonly key: string
  readonly change: 'create' | 'update' | 'end' | 'deferred'
  readonly fields: readonly FieldChange[]
  readonly object: LiveObject
  readonly owner: string
  /** Why, in business words; of a deferred one also the way out. */
  readonly reason: string
}

/** A difference that nobody approved. `conflict`: the template moved as well, so somebody must decide. */
export type Drift = {
  readonly kind: string
  readonly key: string
  /** Null: the object as a whole was added or is missing. */
  readonly field: string | null
  readonly what: 'changed' | 'added' | 'missing'
  readonly template: Value
  readonly live: Value
  readonly owner: string
  readonly conflict: boolean
  /** The deviation that covered it until it ran out. */
  readonly expired: string | null
}

/** A difference that is allowed: `by` names the deviation, or says that the template lets a site choose. */
export type Kept = {
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly value: Value
  readonly by: string
}

export type Plan = {
  readonly items: readonly Item[]
  readonly drift: readonly Drift[]
  readonly kept: readonly Kept[]
  /** Governed values in all, and those that stand as the template has them. */
  readonly governed: number
  readonly onTemplate: number
  /** Nothing is deferred and nothing has drifted: after this plan the site is what the template says. */
  readonly complete: boolean
  /** No conflict waits for a decision. */
  readonly applyable: boolean
}
