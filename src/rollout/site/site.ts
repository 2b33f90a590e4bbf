// A site of the enterprise: a company that follows the template, a warehouse below it, or the enterprise's own part, from discovery to stable.
import { document, f } from '#kernel/document'

/** The stages of a rollout in their order; a gate stands between each and the next. */
export const STAGES = [
  'discovery',
  'design',
  'build',
  'preparation',
  'test',
  'cutover',
  'hypercare',
  'settling',
  'stable',
] as const
export const SITE_KINDS = ['company', 'branch', 'warehouse', 'business-unit', 'acquired'] as const
/** What a site governs: what every company shares, one company, or one place of a company, such as a warehouse. */
export const SCOPES = ['enterprise', 'company', 'place'] as const
export type Scope = (typeof SCOPES)[number]

export const site = document('rollout.site', {
  label: 'Site',
  role: 'master',
  table: 'rollout.site',
  numbered: 'code',
  fields: {
    code: f.code(),
    name: f.text(),
    kind: f.choice(SITE_KINDS),
    scope: f.choice(SCOPES, { label: 'Governs' }),
    place: f.code({ optional: true }),
    wave: f.integer(),
    owner: f.text(),
    release: f.ref('rollout.release', { column: 'release_id' }),
    parameters: f.json(),
    goLive: f.date({ column: 'go_live_on', label: 'Goes live', optional: true }),
    calendar: f.code({ label: 'Work calendar', optional: true }),
    plan: f.ref('rollout.plan', { column: 'plan_id', label: 'Applied plan', optional: true }),
    appliedAt: f.instant({ column: 'applied_at', label: 'Applied', optional: true }),
  },
  states: STAGES,
  editableIn: STAGES,
  list: {
    columns: ['code', 'name', 'kind', 'wave', 'owner', 'release', 'appliedAt'],
    search: ['code', 'name', 'owner'],
    sort: 'code',
  },
  verbs: {
    open: { from: null, to: 'discovery' },
    change: { from: STAGES, to: STAGES },
    follow: { from: STAGES, to: STAGES },
  },
})
