// A plan's steps, drift and allowed differences in the shapes in which the server keeps them.
import type { components } from '../../generated/api.ts'

export type Review = components['schemas']['rollout.plan-review.row']

export type Item = {
  readonly kind: string
  readonly key: string
  readonly change: 'create' | 'update' | 'end' | 'deferred'
  readonly fields: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[]
  readonly object: { readonly fields: Readonly<Record<string, unknown>> }
  readonly owner: string
  readonly reason: string
}

export type Left = {
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly what: 'changed' | 'added' | 'missing'
  readonly template: unknown
  readonly live: unknown
  readonly owner: string
  readonly conflict: boolean
}

export type Kept = {
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly value: unknown
  readonly by: string
}

// The columns are JSON, which the API describes as unknown; a plan is written by the server alone, in these shapes.
export const itemsOf = (plan: Review): readonly Item[] => plan.items as readonly Item[]
export const leftOf = (plan: Review): readonly Left[] => plan.drift as readonly Left[]
export const keptOf = (plan: Review): readonly Kept[] => plan.kept as readonly Kept[]

export const CHANGES = ['create', 'update', 'end', 'deferred'] as const
