// The rollout as one module over all others: it knows their descriptions, and none of them knows it.
import { KERNEL_CONFIGURATION } from '#kernel/access/configuration'
import { kindsOf } from '#kernel/configuration'
import { type ModuleSpec, module } from '#kernel/module'
import { normalised } from './configuration/normal.ts'
import { apply } from './plan/apply.ts'
import { approve, discard } from './plan/decide.ts'
import { make } from './plan/make.ts'
import { plan } from './plan/plan-document.ts'
import { questions } from './questions.ts'
import { separationPart } from './separation/part.ts'
import { change, follow, open } from './site/open.ts'
import { site } from './site/site.ts'
import { publish } from './template/publish.ts'
import { release } from './template/release.ts'
import type { Parameters, TemplateFiles, TemplateObject } from './template/template-object.ts'
import { withdraw } from './template/withdraw.ts'
import type { Manifest, Problem, Tools } from './tools.ts'

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
    compile: (files, parameters) => normalised(kinds, reader.objects(files, parameters)),
  }
}

/** The module `rollout` over these modules. */
export function rollout(modules: readonly ModuleSpec[], reader: TemplateReader): ModuleSpec {
  const tools = rolloutTools(modules, reader)
  return module('rollout', {
    needs: [],
    documents: [release, site, plan, ...separationPart.documents],
    commands: [
      ...[publish(tools), withdraw],
      ...[open(tools), change(tools), follow],
      ...[make(tools), approve, apply(tools), discard],
      ...separationPart.commands,
    ],
    queries: [...questions(tools), ...separationPart.queries],
    jobs: separationPart.jobs,
    invariants: separationPart.invariants,
  })
}
