// What can be done with a plan now, and by whom: approving exactly its hash, applying, discarding; and what stands in the way.
import type { ReactNode } from 'react'
import { may, session } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Icon } from '../../parts/icon.tsx'
import { To } from './marks.tsx'
import type { Review } from './plan-parts.ts'
import styles from './rollout.module.css'
import { usePlan } from './use-plan.ts'

/** As many characters of a hash as people compare by eye. */
export const shortHash = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-4)}`

const requestOf = (plan: Review, verb: string, input: Request['input'] = {}): Request => ({
  document: 'rollout.plan',
  verb,
  subjects: [{ id: plan.id, number: plan.number, state: plan.state, version: plan.version }],
  input,
})

function ActOn({
  plan,
  verb,
  input,
  text,
  says,
}: {
  plan: Review
  verb: string
  input?: Request['input']
  text: string
  says: string
}) {
  const request = requestOf(plan, verb, input)
  return (
    <ActButton
      act={{
        text,
        tone: 'primary',
        of: `${plan.id} ${plan.version}`,
        look: (_reason, signal) => preview(request, signal),
        perform: (_reason, key) => perform(request, key),
        says: () => <p>{says}</p>,
      }}
    />
  )
}

/** The plan's buttons: those of its state that the person may press. */
export function PlanActs({ plan }: { plan: Review }) {
  useLanguage()
  const own = useStore(session)?.account.id === plan.made_by_id
  const open = plan.stale === null
  const subject = { id: plan.id, number: plan.number, state: plan.state, version: plan.version }
  return (
    <>
      {plan.state === 'made' || plan.state === 'approved' ? (
        <VerbButton document="rollout.plan" verb="discard" subjects={[subject]} />
      ) : null}
      {plan.state === 'made' && may('rollout.plan.approve') && !own && open ? (
        <ActOn
          plan={plan}
          verb="approve"
          input={{ hash: plan.hash }}
          text={t('rollout.approve')}
          says={t('rollout.approve-says', { hash: shortHash(plan.hash) })}
        />
      ) : null}
      {plan.state === 'approved' && may('rollout.plan.apply') && open ? (
        <ActOn
          plan={plan}
          verb="apply"
          text={t('rollout.apply')}
          says={t('rollout.apply-says', { steps: counted('rollout.steps', plan.steps), site: plan.site })}
        />
      ) : null}
    </>
  )
}

function MakeAgain({ site }: { site: string }) {
  const planned = usePlan(site)
  return may('rollout.plan.make') ? (
    <ActButton act={{ ...planned(), text: t('rollout.again'), says: () => <p>{t('rollout.again-says')}</p> }} />
  ) : null
}

type NoteProps = { mood: 'bad' | 'wait'; children: ReactNode; action?: ReactNode }

const Note = ({ mood, children, action }: NoteProps) => (
  <div className={`${styles.note} ${styles[`note_${mood}`]}`}>
    <Icon name={mood === 'bad' ? 'stop' : 'clock'} />
    <div>{children}</div>
    {action}
  </div>
)

/** What stands between this plan and its being applied, in a sentence; nothing once it is done. */
export function InTheWay({ plan }: { plan: Review }) {
  useLanguage()
  const own = useStore(session)?.account.id === plan.made_by_id
  if (plan.state !== 'made' && plan.state !== 'approved') return null
  if (plan.stale !== null) {
    return (
      <Note mood="bad" action={<MakeAgain site={plan.site_id} />}>
        <b>{t('rollout.stale')}</b> {t(`rollout.stale-${plan.stale}`)}
      </Note>
    )
  }
  if (!plan.applyable) {
    return (
      <Note
        mood="bad"
        action={
          <To to="/rollout/drift" search={{ site: plan.site }}>
            {t('rollout.to-drift')}
          </To>
        }
      >
        {t('rollout.undecided')}
      </Note>
    )
  }
  if (plan.state === 'approved')
    return may('rollout.plan.apply') ? null : <Note mood="wait">{t('rollout.waits-apply')}</Note>
  if (own) return <Note mood="wait">{t('rollout.own')}</Note>
  return may('rollout.plan.approve') ? null : <Note mood="wait">{t('rollout.waits-approval')}</Note>
}
