// Puts together what the papers of a site say, always from what holds at this moment; no chapter depends on the clock alone.
import type { Tx } from '#kernel/db'
import type { ModuleSpec } from '#kernel/module'
import type { Site } from '../../governance/site.ts'
import { refuse } from '../refusals.ts'
import type { Chapter, Content } from './chapter.ts'
import { configurationChapters, flows, reports, roles, separations } from './chapters-blueprint.ts'
import { answers, findings, integrations, participants, processes } from './chapters-discovery.ts'
import { exceptionsOf, targetsOf } from './chapters-exceptions.ts'
import {
  decisionsOf,
  deviationsOf,
  gatesAhead,
  requirements,
  rightsOf,
  risksOf,
  seatsOf,
  siteFacts,
} from './chapters-governance.ts'
import { acceptance, heldAndDeviated, lessons, pilotOutcome } from './chapters-pilot.ts'
import {
  changesOpen,
  decisionsWaiting,
  gatesStanding,
  keyFigures,
  measures,
  outcomesStanding,
  risksCalled,
  tasksWaiting,
} from './chapters-review.ts'

/** A live object of configuration, as the site has it. */
export type LiveObject = {
  readonly kind: string
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** What papers are drawn from beside the rollout's own tables: the descriptions of the product, and the configuration of a company. */
export type Sources = {
  readonly modules: readonly ModuleSpec[]
  readonly live: (tx: Tx, companyId: number) => Promise<readonly LiveObject[]>
}

/** For whom a chapter is written. */
export type About = {
  readonly tx: Tx
  readonly companyId: number
  readonly site: Site
  readonly today: string
  readonly now: Date
  readonly sources: Sources
}

type Kind = {
  readonly name: string
  readonly signs: string
  readonly chapters: readonly ((about: About) => Promise<Chapter | readonly Chapter[]>)[]
}

/** The kinds of papers: their names, the decision right by which they are signed, and their chapters. */
export const PAPERS: Readonly<Record<string, Kind>> = {
  'current-state-assessment': {
    name: 'Current state',
    signs: 'discovery',
    chapters: [siteFacts, answers, processes, integrations, participants],
  },
  'issue-log': { name: 'Issue log', signs: 'discovery', chapters: [findings] },
  'scope-baseline': {
    name: 'Scope baseline',
    signs: 'discovery',
    chapters: [siteFacts, processes, integrations, requirements],
  },
  charter: {
    name: 'Rollout charter',
    signs: 'charter',
    chapters: [siteFacts, seatsOf, rightsOf, gatesAhead, processes, risksOf],
  },
  blueprint: {
    name: 'Blueprint',
    signs: 'blueprint',
    chapters: [
      siteFacts,
      flows,
      configurationChapters,
      roles,
      separations,
      reports,
      exceptionsOf,
      targetsOf,
      requirements,
      deviationsOf,
      integrations,
      decisionsOf,
    ],
  },
  'template-validation': {
    name: 'Template validation',
    signs: 'template-change',
    chapters: [siteFacts, pilotOutcome, heldAndDeviated, deviationsOf, acceptance, lessons],
  },
  'review-hypercare': {
    name: 'Hypercare stand-up',
    signs: 'discovery',
    chapters: [
      siteFacts,
      measures(['severe-incidents', 'support-backlog', 'severe-defects', 'stable-days', 'adoption']),
      keyFigures(7),
      changesOpen,
    ],
  },
  'review-programme': {
    name: 'Programme office',
    signs: 'discovery',
    chapters: [siteFacts, gatesStanding, tasksWaiting, risksCalled, decisionsWaiting, changesOpen],
  },
  'review-council': {
    name: 'Steering council',
    signs: 'scope',
    chapters: [siteFacts, outcomesStanding, gatesStanding, risksCalled, decisionsWaiting, deviationsOf],
  },
  'review-process': {
    name: 'Process performance',
    signs: 'discovery',
    chapters: [
      siteFacts,
      keyFigures(90),
      measures(['standardisation-rate', 'adoption', 'open-deviations', 'lessons-proposed']),
      outcomesStanding,
      deviationsOf,
    ],
  },
}

/** A kind of paper. Refuses PAPER_KIND. */
export const paperKind = (kind: string): Kind =>
  PAPERS[kind] ?? refuse('PAPER_KIND', { kind, known: Object.keys(PAPERS).join(', ') })

/** What a paper of that kind would say now. Refuses PAPER_KIND. */
export async function contentOf(kind: string, about: About): Promise<Content> {
  const { name, chapters } = paperKind(kind)
  const written: Chapter[] = []
  for (const write of chapters) written.push(...[await write(about)].flat())
  return { title: `${name}, ${about.site.name} (${about.site.code})`, chapters: written }
}

/** The seat that signs a kind of paper has this decision right. */
export const rightOfPaper = (kind: string): string => paperKind(kind).signs
