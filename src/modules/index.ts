// The modules of the product, lowest floor first.
import type { ModuleSpec } from '#kernel/module'
import catalog from './catalog/module.ts'
import company from './company/module.ts'
import party from './party/module.ts'
import tax from './tax/module.ts'

export const modules: readonly ModuleSpec[] = [company, party, catalog, tax]
