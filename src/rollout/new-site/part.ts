// What new sites bring to the rollout: asking, deciding, and the work behind a decision.
import type { Part } from '../governance/shape.ts'
import { bringUp, type SiteBuilder } from './build.ts'
import { approve, BRING_UP, conclude, reject } from './decide.ts'
import { newSite } from './new-site.ts'
import { request } from './request.ts'

/** The part over whoever sets companies up. */
export const newSitePart = (builder: SiteBuilder): Part => ({
  documents: [newSite],
  commands: [request(builder), approve, reject, conclude],
  queries: [],
  jobs: { [BRING_UP]: { run: bringUp(builder) } },
  invariants: [],
})
