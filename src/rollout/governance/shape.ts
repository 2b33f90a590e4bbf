// What a part of the rollout brings to its module.
import type { ModuleSpec } from '#kernel/module'

export type Part = Pick<ModuleSpec, 'documents' | 'commands' | 'queries' | 'jobs' | 'invariants'>
