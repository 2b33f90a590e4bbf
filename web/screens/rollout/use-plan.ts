// Making a plan and going to it: what every screen of the rollout does when something shall change at a site.
import { useNavigate } from '@tanstack/react-router'
import { type Each, perform, preview, type Request } from '../../generic/verb/use-verb.ts'

type Reverting = { readonly revert?: readonly string[]; readonly revertAll?: true }

export type PlanSummary = { steps: number; deferred: number; drift: number; hash: string }

const requestOf = (site: string, input: Reverting): Request => ({
  document: 'rollout.plan',
  verb: 'make',
  subjects: [],
  input: { documents: [{ site, ...input }] },
})

/** What the verb `make` says of a plan; the server's schema of its answer has these members. */
export const summaryOf = (done: readonly Each[]): PlanSummary | undefined =>
  done[0]?.answer?.result as PlanSummary | undefined

export const planAddress = (done: readonly Each[]): string => `/rollout/plan/${done[0]?.answer?.ids[0] ?? ''}`

/** The two halves of an `Act` that makes a plan, and going to it afterwards. */
export function usePlan(site: string) {
  const navigate = useNavigate()
  return (input: Reverting = {}) => ({
    of: `${site} ${JSON.stringify(input)}`,
    look: (_reason: string, signal: AbortSignal) => preview(requestOf(site, input), signal),
    perform: (_reason: string, key: string) => perform(requestOf(site, input), key),
    done: (done: readonly Each[]) => void navigate({ to: planAddress(done) }),
  })
}

type Site = { readonly id: string; readonly number: string; readonly state: string; readonly version?: number }
type Keys = { readonly follow: string; readonly plan: string }

/** Has a site follow a release, and makes the plan at once when that is wished; answers the plan's address then. */
export async function followRelease(site: Site, release: string, keys: Keys, planAtOnce: boolean) {
  await perform({ document: 'rollout.site', verb: 'follow', subjects: [site], input: { release } }, keys.follow)
  return planAtOnce ? planAddress(await perform(requestOf(site.id, {}), keys.plan)) : undefined
}
