// The rollout as one module over all others: it knows their descriptions, and none of them knows it.
import { KERNEL_CONFIGURATION } from '#kernel/access/configuration'
import { kindsOf } from '#kernel/configuration'
import { type ModuleSpec, module } from '#kernel/module'
import { checklistPart } from './checklist/part.ts'
import { normalised } from './configuration/normal.ts'
import { deviationPart } from './deviation/part.ts'
import { discoveryPart } from './discovery/part.ts'
import { driftOf } from './drift/drift.ts'
import { extensionPart } from './extension/part.ts'
import { fitgapPart } from './fitgap/part.ts'
import { type GateTools, gatePart, ownCriteria } from './gate/part.ts'
import { sourcesOf } from './gate/sources.ts'
import { outcomePart } from './governance/outcome/part.ts'
import { governancePart } from './governance/part.ts'
import { reviewPart, reviewsMissed } from './governance/review/part.ts'
import type { SiteBuilder } from './new-site/build.ts'
import { newSitePart } from './new-site/part.ts'
import { codesMapped } from './onboarding/coverage.ts'
import { onboardingPart } from './onboarding/part.ts'
import { figuresOf } from './pilot/figures.ts'
import { pilotPart } from './pilot/part.ts'
import { apply } from './plan/apply.ts'
import { approve, clear, discard } from './plan/decide.ts'
import { make } from './plan/make.ts'
import { plan } from './plan/plan-document.ts'
import { adopt } from './proposal/adopt.ts'
import { accept, reject, release as releaseProposals } from './proposal/decide.ts'
import { proposal } from './proposal/proposal.ts'
import { questions } from './questions.ts'
import { separationPart } from './separation/part.ts'
import { change, open } from './site/open.ts'
import { governsKind } from './site/part.ts'
import { site } from './site/site.ts'
import { follow } from './template/follow.ts'
import { withBlocks } from './template/overlay.ts'
import { publish } from './template/publish.ts'
import { release } from './template/release.ts'
import type { Parameters, TemplateFiles, TemplateObject } from './template/template-object.ts'
import { withdraw } from './template/withdraw.ts'
import type { Manifest, Problem, Tools } from './tools.ts'
import { type Player, uatPart } from './uat/part.ts'
import { whatIfQuestions } from './what-if/questions.ts'
import { open as openRing } from './what-if/ring/open.ts'
import { plan as planRings } from './what-if/ring/plan.ts'
import { replan as replanRings } from './what-if/ring/replan.ts'
import { ring } from './what-if/ring/ring.ts'
import { withdraw as withdrawRings } from './what-if/ring/withdraw.ts'
import { override as letPass } from './what-if/trial/override.ts'
import { record as recordTrial } from './what-if/trial/record.ts'
import { trial } from './what-if/trial/trial.ts'

/** How a template is read; see Tools. The objects come as their files have them, without keys. */
export type TemplateReader = {
  readonly manifest: (files: TemplateFiles) => Manifest
  readonly check: (files: TemplateFiles) => readonly Problem[]
  readonly objects: (files: TemplateFiles, parameters: Parameters) => readonly Omit<TemplateObject, 'key'>[]
}

/** The tools of the rollout over these modules. */
export function rolloutTools(modules: readonly ModuleSpec[], reader: TemplateReader): Tools {
  const kernel = { name: 'kernel', documents: [], configuration: KERNEL_CONFIGURATION }
  const kinds = kindsOf([kernel, ...modules])
  return {
    kinds,
    uses: modules.flatMap((one) => one.uses),
    manifest: reader.manifest,
    check: reader.check,
    compile: (files, parameters) => {
      const has = (kind: string) => governsKind(parameters.scope, kinds.get(kind))
      return normalised(kinds, withBlocks(normalised(kinds, reader.objects(files, parameters)), files, has))
    },
  }
}

type Part = Partial<Pick<ModuleSpec, 'documents' | 'commands' | 'queries' | 'jobs' | 'invariants'>>

/** Releases, sites and plans. */
const core = (tools: Tools): Part => ({
  documents: [release, proposal, site, plan, trial, ring],
  commands: [
    ...[publish(tools), withdraw, adopt(tools), accept, reject, releaseProposals(tools)],
    ...[open(tools), change(tools), follow, recordTrial, letPass],
    ...[planRings, replanRings, openRing(tools), withdrawRings],
    ...[make(tools), approve, clear, apply(tools), discard],
  ],
  queries: [...questions(tools), ...whatIfQuestions(tools)],
})

/** Governance, discovery, fit and gap, deviations, what a site prepares, and gates over what it has drifted to. */
const governed = (modules: readonly ModuleSpec[], tools: Tools): readonly Part[] => {
  const more = [codesMapped(tools.kinds), reviewsMissed(tools.kinds)]
  const gate = { ...sourcesOf(modules), drift: driftFor(tools), more }
  return [
    ...[governancePart, deviationPart(tools.kinds), discoveryPart, fitgapPart(modules), extensionPart],
    ...[checklistPart(tools.kinds, ownCriteria(gate)), onboardingPart(tools.kinds), gatePart(gate)],
    ...[pilotPart(modules), reviewPart(tools.kinds, gate), outcomePart(figuresOf(modules))],
  ]
}

const driftFor =
  (tools: Tools): GateTools['drift'] =>
  (tx, given) =>
    driftOf(tx, tools, given)

/** The module `rollout` over these modules. */
export function rollout(
  modules: readonly ModuleSpec[],
  reader: TemplateReader,
  player: Player,
  builder: SiteBuilder,
): ModuleSpec {
  const tools = rolloutTools(modules, reader)
  const parts: readonly Part[] = [
    ...[core(tools), newSitePart(builder), ...governed(modules, tools)],
    ...[separationPart, uatPart(tools, player)],
  ]
  return module('rollout', {
    needs: [],
    documents: parts.flatMap((one) => one.documents ?? []),
    commands: parts.flatMap((one) => one.commands ?? []),
    queries: parts.flatMap((one) => one.queries ?? []),
    jobs: Object.assign({}, ...parts.map((one) => one.jobs ?? {})),
    invariants: parts.flatMap((one) => one.invariants ?? []),
  })
}
