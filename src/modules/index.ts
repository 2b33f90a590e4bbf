// The modules of the product, lowest floor first.
import type { ModuleSpec } from '#kernel/module'
import { rollout } from '../rollout/index.ts'
import { bringUpSite, checkSite } from '../setup/bring-up.ts'
import { templateReader } from '../setup/reader.ts'
import { backgroundPlayer } from '../uat/background.ts'
import catalog from './catalog/module.ts'
import company from './company/module.ts'
import costing from './costing/module.ts'
import credit from './credit/module.ts'
import { insight } from './insight/module.ts'
import inventory from './inventory/module.ts'
import ledger from './ledger/module.ts'
import party from './party/module.ts'
import pricing from './pricing/module.ts'
import receivables from './receivables/module.ts'
import returns from './returns/module.ts'
import sales from './sales/module.ts'
import stewardship from './stewardship/module.ts'
import tax from './tax/module.ts'
import warehouse from './warehouse/module.ts'

const business: readonly ModuleSpec[] = [
  company,
  party,
  catalog,
  tax,
  pricing,
  credit,
  ledger,
  costing,
  inventory,
  sales,
  warehouse,
  receivables,
  returns,
  stewardship,
]

// What looks at all of them proves what each of them promises, those included that come after it.
const proven: readonly ModuleSpec[] = [...business, insight(() => modules.flatMap((one) => one.invariants))]

// What governs all of them knows their descriptions only; how a template is read is the set-up's, and scenarios are played elsewhere.
export const modules: readonly ModuleSpec[] = [
  ...proven,
  rollout(proven, templateReader, backgroundPlayer, {
    check: checkSite,
    build: (kernel, wanted, now) => bringUpSite(kernel, modules, wanted, now),
  }),
]
