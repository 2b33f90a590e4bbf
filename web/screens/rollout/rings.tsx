// In which rings the sites follow a release: each ring with its sites, what every one has shown, and what holds the ring back.
import { useGet } from '../../client/questions.ts'
import type { components } from '../../generated/api.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { day, instant } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { ProblemNote, Section } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import styles from './rings.module.css'
import { PlanRings } from './rings-plan.tsx'
import rollout from './rollout.module.css'

type Ring = components['schemas']['rollout.rings.row']
type Shown = components['schemas']['rollout.ring-sites.row']
type Held = { readonly site?: string; readonly ring?: number; readonly lacks: string }

/** These columns are JSON, which the API describes as unknown; the server writes them in these shapes. */
const sitesOf = (one: Ring): readonly Shown[] => (one.sites ?? []) as readonly Shown[]
const heldOf = (one: Ring): readonly Held[] => (one.held ?? []) as readonly Held[]

/** One ring stands for its plan where the plan as a whole is withdrawn. */
const subjectOf = ({ id, number, state, version }: Ring) => ({ id, number, state, version })

/** Good when nothing is missing, bad when something broke, and waiting for the rest. */
const moodOf = ({ lacks }: Shown): 'shown' | 'lacks' | 'broken' =>
  lacks === null ? 'shown' : lacks === 'drift' || lacks === 'green' ? 'broken' : 'lacks'

const SIGNS = { shown: '✓', lacks: '…', broken: '!' } as const

/** What a site has still to show, in words. */
function lackText(one: Shown): string {
  switch (one.lacks) {
    case 'apply':
      return t('rollout.ring-lacks-apply')
    case 'play':
      return t('rollout.ring-lacks-play')
    case 'green':
      return t('rollout.ring-lacks-green', { scenarios: one.scenarios })
    case 'quiet':
      return t('rollout.ring-lacks-quiet', { day: day(one.quietUntil ?? '') })
    case 'drift':
      return counted('rollout.ring-lacks-drift', one.drift)
    default:
      return one.applied ? t('rollout.ring-shown', { day: day(one.applied) }) : ''
  }
}

function Site({ one, open }: { one: Shown; open: boolean }) {
  const mood = moodOf(one)
  // Before its ring opens nothing is expected of a site.
  const text = !open && one.lacks === 'apply' ? t('rollout.ring-not-yet') : lackText(one)
  return (
    <li data-site={one.site} data-lacks={one.lacks ?? 'nothing'}>
      <span className={`${styles.mark} ${styles[mood]}`} aria-hidden="true">
        {SIGNS[mood]}
      </span>
      <span className="code">{one.site}</span>
      <span>{text}</span>
    </li>
  )
}

/** Why the ring is not open yet, or that it may be opened. */
function HeldBack({ one }: { one: Ring }) {
  if (one.state === 'open')
    return (
      <p className={styles.held}>
        {t('rollout.ring-opened', { when: one.opened_at ? instant(one.opened_at) : '', name: one.opened_by ?? '' })}
      </p>
    )
  const held = heldOf(one)
  const before = held.find((each) => each.ring !== undefined)
  const text =
    before !== undefined
      ? t('rollout.ring-held-by-ring', { ring: before.ring ?? 0 })
      : held.length > 0
        ? t('rollout.ring-held-by-sites', { sites: held.map((each) => each.site ?? '').join(', ') })
        : t('rollout.ring-may-open')
  return (
    <p className={styles.held} data-held={held.length > 0}>
      {text}
    </p>
  )
}

function RingCard({ one }: { one: Ring }) {
  useLanguage()
  const sites = sitesOf(one)
  const next = one.state === 'planned' && heldOf(one).length === 0
  return (
    <li className={styles.ring} data-ring={one.ring} data-state={one.state}>
      <header>
        <h3>{t('rollout.ring-title', { ring: one.ring, name: one.name })}</h3>
        <StateBadge state={one.state} mood={one.state === 'open' ? 'info' : 'idle'} />
      </header>
      {sites.length === 0 ? <p className="quiet">{t('rollout.ring-empty')}</p> : null}
      <ul className={styles.sites}>
        {sites.map((each) => (
          <Site key={each.site} one={each} open={one.state === 'open'} />
        ))}
      </ul>
      <HeldBack one={one} />
      {next ? (
        <div>
          <VerbButton document="rollout.ring" verb="open" subjects={[subjectOf(one)]} tone="primary" />
        </div>
      ) : null}
    </li>
  )
}

/** The rings of a release as they stand, and planning them where none do. */
export function Rings({ release }: { release: string }) {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/rings', { release })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return null
  const rings = data.items
  const [first] = rings
  return (
    <Section
      title={t('rollout.rings')}
      beside={
        <span className={rollout.aside}>
          {first
            ? t('rollout.rings-by', { plan: first.plan, name: first.planned_by ?? t('rollout.nobody') })
            : t('rollout.rings-none', { release })}
        </span>
      }
    >
      <ol className={styles.rings}>
        {rings.map((one) => (
          <RingCard key={one.id} one={one} />
        ))}
      </ol>
      <div className={styles.acts}>
        <PlanRings key={release} release={release} anew={first !== undefined} />
        {first ? <VerbButton document="rollout.ring" verb="withdraw" subjects={[subjectOf(first)]} /> : null}
      </div>
    </Section>
  )
}
