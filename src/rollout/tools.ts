// What the rollout is given by whoever puts the product together: the descriptions it works on, and how a template is read.
import type { ConfigurationUse } from '#kernel/configuration'
import type { Kinds } from './configuration/live.ts'
import type { Parameters, TemplateFiles, TemplateObject } from './template/template-object.ts'

/** A name in a template that leads nowhere, or a rule that it breaks. */
export type Problem = { readonly file: string; readonly place: string; readonly problem: string }

/** What a template says of itself. */
export type Manifest = {
  readonly code: string
  readonly version: string
  readonly open: readonly string[]
  /** The tax areas that it has rules for. */
  readonly areas: readonly string[]
}

export type Tools = {
  readonly kinds: Kinds
  readonly uses: readonly ConfigurationUse[]
  /** Reads the manifest. Refuses TEMPLATE_INVALID. */
  readonly manifest: (files: TemplateFiles) => Manifest
  /** Every problem of the template; none when it is sound. */
  readonly check: (files: TemplateFiles) => readonly Problem[]
  /** The objects of a site, with exact values and keys. */
  readonly compile: (files: TemplateFiles, parameters: Parameters) => readonly TemplateObject[]
}
