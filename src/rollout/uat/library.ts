// The scenario library as acceptance sees it, and whoever plays it: both are given to the rollout, which knows no engine.
import type { Kernel } from '#kernel/kernel'
import type { TemplateFiles } from '../template/template-object.ts'

/** One step in words: who does what with which values, and what must hold then. */
export type UatStep = {
  readonly step: number
  /** A step that only brings the world to where the story begins. */
  readonly before: boolean
  readonly who: string
  readonly what: string
  readonly values: string
  readonly expects: readonly string[]
}

/** One scenario. `needs` are objects of configuration without which it says nothing about a site, as 'KIND KEY'. */
export type UatScenario = {
  readonly id: string
  readonly title: string
  readonly process: string
  readonly given: string
  readonly critical: boolean
  /** 'separation', 'throughput', 'reports': what it tests beside the process. */
  readonly marks: readonly string[]
  readonly roles: readonly string[]
  readonly channels: readonly string[]
  /** The refusals and holds that must come. */
  readonly exceptions: readonly string[]
  readonly needs: readonly string[]
  readonly steps: readonly UatStep[]
}

/**
 * `scenarios` are those of a release, by its files; of one that has none, those that come with the product. `play` plays a
 * run that has been started to its end, and records what came of it.
 */
export type Player = {
  readonly scenarios: (files: TemplateFiles) => readonly UatScenario[]
  readonly play: (kernel: Kernel, run: { readonly companyId: number; readonly runId: string }) => Promise<void>
}

/** Of a scenario what a run keeps: enough to know what was to be covered, without its steps. */
export const keptOf = ({ steps, ...one }: UatScenario) => ({ ...one, steps: steps.length })
export type Kept = ReturnType<typeof keptOf>
