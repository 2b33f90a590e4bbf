// The review of a plan: its counts, its people and its hash on top, then every step; approved, applied or discarded here.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { asProblem } from '../../client/problem.ts'
import { useGet } from '../../client/questions.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { percentOf } from '../../parts/exact.ts'
import { Empty, Facts, Figures, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { useKeys } from '../../shell/keys.ts'
import { notify } from '../../shell/notices.tsx'
import { remember } from '../../shell/recent.ts'
import { PlanState, Standardisation } from './marks.tsx'
import { InTheWay, PlanActs, shortHash } from './plan-acts.tsx'
import { PlanDiff } from './plan-diff.tsx'
import { CHANGES, itemsOf, keptOf, leftOf, type Review } from './plan-parts.ts'
import styles from './rollout.module.css'

function Hash({ hash }: { hash: string }) {
  const copy = () => void navigator.clipboard.writeText(hash).then(() => notify('good', t('rollout.copied')))
  return (
    <span className={styles.hash} title={t('rollout.hash-why')}>
      <span className="code">{shortHash(hash)}</span>
      <Button tone="quiet" icon="link" aria-label={t('rollout.copy-hash')} onClick={copy} />
    </span>
  )
}

const person = (name: string | null, at: string | null) =>
  name === null ? null : at === null ? name : t('rollout.made-by', { name, when: instant(at) })

function Counts({ plan }: { plan: Review }) {
  const items = itemsOf(plan)
  return (
    <Figures
      figures={[
        ...CHANGES.map((change) => ({
          label: t(`rollout.${change}`),
          value: items.filter((one) => one.change === change).length,
        })),
        { label: t('rollout.kept'), value: keptOf(plan).length },
        { label: t('rollout.left'), value: leftOf(plan).length },
      ]}
    />
  )
}

function Told({ plan }: { plan: Review }) {
  const share = percentOf(String(plan.on_template), String(plan.governed)) ?? null
  return (
    <Facts
      facts={[
        {
          label: t('rollout.site'),
          value: (
            <Link to={`/rollout/site/${plan.site_id}`}>
              <span className="code">{plan.site}</span> {plan.site_name}
            </Link>
          ),
        },
        {
          label: t('rollout.kind'),
          value: t(plan.kind === 'revert' ? 'rollout.plan-kind-revert' : 'rollout.plan-kind-follow'),
        },
        { label: t('rollout.release'), value: <span className="code">{plan.release}</span> },
        {
          label: t('rollout.parent'),
          value: plan.parent ? (
            <Link to={`/rollout/plan/${plan.parent_id}`} className="code">
              {plan.parent}
            </Link>
          ) : (
            t('rollout.parent-none')
          ),
        },
        { label: t('rollout.made'), value: person(plan.made_by, plan.made_at) },
        ...(plan.approved_by ? [{ label: t('rollout.approved'), value: plan.approved_by }] : []),
        ...(plan.applied_by ? [{ label: t('rollout.applied'), value: person(plan.applied_by, plan.applied_at) }] : []),
        {
          label: t('rollout.standardisation-then'),
          value: (
            <Standardisation of={{ standardisation: share, governed: plan.governed, on_template: plan.on_template }} />
          ),
        },
        { label: t('rollout.hash'), value: <Hash hash={plan.hash} /> },
      ]}
    />
  )
}

function PlanPage({ plan }: { plan: Review }) {
  useLanguage()
  const navigate = useNavigate()
  useKeys({ Escape: () => void navigate({ to: `/rollout/site/${plan.site_id}`, search: { tab: 'plans' } }) })
  useEffect(
    () => remember({ document: 'rollout.plan', id: plan.id, number: plan.number, title: plan.site_name }),
    [plan],
  )
  return (
    <Page
      title={plan.number}
      crumb={{ to: `/rollout/site/${plan.site_id}`, text: plan.site }}
      beside={<PlanState state={plan.state} />}
      actions={<PlanActs plan={plan} />}
      body="bare"
    >
      <div className={styles.plan}>
        <InTheWay plan={plan} />
        <div className={styles.summary}>
          <Counts plan={plan} />
          <Told plan={plan} />
        </div>
        <div className={styles.padded}>
          <PlanDiff plan={plan} />
        </div>
      </div>
    </Page>
  )
}

function Reviewed({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useGet('/api/rollout/plan-review', { plan: id })
  if (error)
    return (
      <Page title={t('rollout.plan')} crumb={{ to: '/rollout/board', text: t('rollout.board') }}>
        {asProblem(error).code === 'PLAN_UNKNOWN' ? (
          <Empty title={t('rollout.no-plan')}>{asProblem(error).message}</Empty>
        ) : (
          <ProblemNote error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    )
  const plan = data?.items[0]
  return isPending || !plan ? <Skeleton lines={12} /> : <PlanPage key={plan.id} plan={plan} />
}

/** The screen at /rollout/plan/id, where the id may be the number too. */
export function Screen() {
  useLanguage()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return <Reviewed id={id} />
}
