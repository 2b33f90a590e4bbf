// The modules of the product, lowest floor first.
import type { ModuleSpec } from '#kernel/module'

export const modules: readonly ModuleSpec[] = []
