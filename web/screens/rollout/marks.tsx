// The small parts that every screen of the rollout shares: a stage, a plan's state, how firm an object is, and the band.
import { Link } from '@tanstack/react-router'
import type { components } from '../../generated/api.ts'
import { percent } from '../../i18n/format.ts'
import { stateWord, t, useLanguage } from '../../i18n/index.ts'
import { compare, drawn } from '../../parts/exact.ts'
import { type Mood, StateBadge } from '../../parts/state-badge.tsx'
import styles from './rollout.module.css'

export type Site = components['schemas']['rollout.board.row']
export type Standing = components['schemas']['rollout.standing.row']

export const STAGES: readonly string[] = [
  ...['discovery', 'design', 'build', 'preparation', 'test', 'cutover', 'hypercare', 'settling', 'stable'],
]

const STAGE_MOODS: Readonly<Record<string, Mood>> = {
  ...{ discovery: 'idle', design: 'idle', build: 'info', preparation: 'info', test: 'info' },
  ...{ cutover: 'wait', hypercare: 'wait', settling: 'info', stable: 'good' },
}

/** How far a site has come. */
export const Stage = ({ stage }: { stage: string }) => (
  <StateBadge state={stage} mood={STAGE_MOODS[stage] ?? 'idle'}>
    {stateWord(stage)}
  </StateBadge>
)

const PLAN_MOODS: Readonly<Record<string, Mood>> = {
  made: 'wait',
  approved: 'info',
  applied: 'good',
  discarded: 'over',
}

export const PlanState = ({ state }: { state: string }) => (
  <StateBadge state={state} mood={PLAN_MOODS[state] ?? 'idle'}>
    {stateWord(state)}
  </StateBadge>
)

const LOCKS = {
  locked: { mood: 'good', text: 'rollout.lock-locked', why: 'rollout.lock-locked-why' },
  default: { mood: 'idle', text: 'rollout.lock-default', why: 'rollout.lock-default-why' },
  'local-choice': { mood: 'info', text: 'rollout.lock-local-choice', why: 'rollout.lock-local-choice-why' },
} as const

export type Control = keyof typeof LOCKS

/** How firm an object of the template is; the sentence behind it on hover. */
export const Lock = ({ control }: { control: Control }) => (
  <span title={t(LOCKS[control].why)}>
    <StateBadge state={control} mood={LOCKS[control].mood}>
      {t(LOCKS[control].text)}
    </StateBadge>
  </span>
)

export const lockWhy = (control: Control): string => t(LOCKS[control].why)

/** The band in which standardisation should lie, in percent. */
const BAND = { from: '70', to: '85' } as const

/** The mark is four wide and ends at the end of the bar. */
const MARK_RUNS = 0.96

type Place = 'below' | 'in' | 'above'

export const placeInBand = (share: string): Place =>
  compare(share, BAND.from) < 0 ? 'below' : compare(share, BAND.to) > 0 ? 'above' : 'in'

/** The share with a bar on which the band stands; the counts and the word behind it on hover. */
export function Standardisation({ of }: { of: Pick<Standing, 'standardisation' | 'governed' | 'on_template'> }) {
  useLanguage()
  const share = of.standardisation
  if (share === null) return <span className="quiet">–</span>
  const place = placeInBand(share)
  const why = t('rollout.standardisation-why', { on: of.on_template, governed: of.governed })
  return (
    <span className={styles.share} title={`${why}, ${t(`rollout.band-${place}`)}`}>
      <span className="number">{percent(share)}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.track} x="0" y="3" width="100" height="2" />
        <rect className={styles.band} x={BAND.from} y="1" width="15" height="6" />
        <rect className={styles[place]} x={drawn(share) * MARK_RUNS} y="0" width="4" height="8" />
      </svg>
      <span className="only-heard">{t(`rollout.band-${place}`)}</span>
    </span>
  )
}

type Followed = Pick<Site, 'code' | 'release' | 'behind' | 'may_be_behind'>

/** Whether more releases have come out since the one of the site than governance lets it wait. */
export const isTooFarBehind = ({ behind, may_be_behind: most }: Followed): boolean => behind > most

/** How far it is behind, how far it may be, and what to do. */
export const tooFarText = ({ code, release, behind, may_be_behind: most }: Followed): string =>
  t('rollout.too-far-says', { site: code, release, n: behind, most })

/** The release that a site follows, and the newer one when there is one, or that it is further behind than it may be. */
export function Release({ site }: { site: Site }) {
  useLanguage()
  return (
    <span className={styles.release}>
      <span className="code">{site.release}</span>
      {isTooFarBehind(site) ? (
        <span title={tooFarText(site)}>
          <StateBadge state="too-far-behind" mood="bad">
            {t('rollout.too-far', { n: site.behind })}
          </StateBadge>
        </span>
      ) : site.newest_release && site.newest_release !== site.release ? (
        <StateBadge state="newer" mood="wait">
          {t('rollout.newer', { number: site.newest_release })}
        </StateBadge>
      ) : null}
    </span>
  )
}

/** A link in the app's own words. */
export const To = ({ to, search, children }: { to: string; search?: Record<string, string>; children: string }) => (
  <Link to={to} {...(search ? { search } : {})} className={styles.link}>
    {children}
  </Link>
)
