// What fit and gap brings to the rollout, over the capabilities that the modules describe.
import { sql } from '#kernel/db'
import type { ModuleSpec } from '#kernel/module'
import { invariant } from '#kernel/verify'
import type { Part } from '../governance/shape.ts'
import { capabilitiesOf } from './capability.ts'
import { capabilitiesQuery, fitRates, workbook } from './questions.ts'
import { register } from './register/register.ts'
import { reopen } from './register/reopen.ts'
import { sign } from './register/sign.ts'
import { classifying } from './requirement/classify.ts'
import { drop } from './requirement/drop.ts'
import { generating } from './requirement/generate.ts'
import { raising } from './requirement/raise.ts'
import { requirement } from './requirement/requirement.ts'
import { reuse } from './requirement/reuse.ts'

/** The part of fit and gap over these modules. */
export const fitgapPart = (modules: readonly ModuleSpec[]): Part => {
  const capabilities = capabilitiesOf(modules)
  return {
    documents: [requirement, register],
    commands: [raising(capabilities), generating(capabilities), classifying(capabilities), reuse, drop, sign, reopen],
    queries: [workbook, fitRates, capabilitiesQuery(capabilities)],
    jobs: {},
    invariants: [
      invariant(
        'R06',
        'rollout',
        'nothing is customised without proof and the decision of the architecture lead',
        sql`select r.company_id, r.id, r.number from rollout.requirement r left join rollout.decision d on d.company_id = r.company_id and d.id = r.decision_id
         where r.state = 'classified' and r.answer = 'customise' and (d.kind is distinct from 'customisation' or d.state <> 'decided'
           or coalesce(r.tried ->> 'standard', '') = '' or coalesce(r.tried ->> 'configuration', '') = '' or coalesce(r.tried ->> 'process', '') = '')`,
      ),
    ],
  }
}
