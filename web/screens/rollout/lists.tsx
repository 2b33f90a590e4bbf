// The plans of a site and its deviations, as the tabs of its page show them.
import { Link } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { instant } from '../../i18n/format.ts'
import { choiceWord, stateWord, t, useLanguage } from '../../i18n/index.ts'
import { Empty, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { type Mood, StateBadge } from '../../parts/state-badge.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day } from '../../parts/values.tsx'
import { PlanState } from './marks.tsx'
import styles from './rollout.module.css'
import { keyText, useWords } from './words.ts'

function Person({ name, at }: { name: string | null; at: string | null }) {
  if (!name) return null
  return (
    <>
      {name}
      {at ? <small>{instant(at)}</small> : null}
    </>
  )
}

/** Every plan of the site, the newest first. */
export function Plans({ code }: { code: string }) {
  useLanguage()
  const { data, error, isPending, refetch } = useGet('/api/rollout/plans', { site: code })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  if (data.items.length === 0) return <Empty title={t('rollout.no-plans')}>{t('rollout.no-plans-rest')}</Empty>
  return (
    <Table
      className={styles.plans}
      heads={[
        t('rollout.plan'),
        '',
        growing(t('rollout.kind')),
        t('rollout.release'),
        right(t('rollout.steps-head')),
        right(t('rollout.deferred')),
        right(t('rollout.left')),
        t('rollout.made'),
        t('rollout.approved'),
        t('rollout.applied'),
      ]}
    >
      {data.items.map((one) => (
        <tr key={one.id}>
          <td>
            <Link to={`/rollout/plan/${one.id}`} className="code">
              {one.number}
            </Link>
          </td>
          <td>
            <PlanState state={one.state} />
          </td>
          <td className={cell.grow}>
            {t(one.kind === 'revert' ? 'rollout.plan-kind-revert' : 'rollout.plan-kind-follow')}
          </td>
          <td className="code">{one.release}</td>
          <td className={cell.right}>{one.steps}</td>
          <td className={cell.right}>{one.deferred}</td>
          <td className={cell.right}>{one.drift}</td>
          <td>
            <Person name={one.made_by} at={one.made_at} />
          </td>
          <td>{one.approved_by}</td>
          <td>
            <Person name={one.applied_by} at={one.applied_at} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

const STANDINGS: Readonly<Record<string, Mood>> = {
  ...{ valid: 'good', soon: 'wait', expired: 'bad', requested: 'wait', rejected: 'over', withdrawn: 'over' },
}

/** What may differ at the site, the most pressing first. */
export function Deviations({ code }: { code: string }) {
  useLanguage()
  const words = useWords()
  const { data, error, isPending, refetch } = useGet('/api/rollout/deviation-cards', { site: code, all: true })
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={6} />
  if (data.items.length === 0)
    return <Empty title={t('rollout.no-deviations')}>{t('rollout.no-deviations-rest')}</Empty>
  return (
    <Table
      heads={[
        t('rollout.deviation'),
        '',
        growing(t('rollout.object')),
        t('rollout.reason'),
        t('rollout.owner'),
        t('rollout.approved'),
        t('rollout.until'),
        right(t('rollout.days-left')),
      ]}
    >
      {data.items.map((one) => (
        <tr key={one.id}>
          <td>
            <Link to={`/rollout/deviation/${one.id}`} className="code">
              {one.number}
            </Link>
          </td>
          <td>
            <StateBadge state={one.standing} mood={STANDINGS[one.standing] ?? 'idle'}>
              {STANDINGS[one.standing] ? choiceWord(one.standing) : stateWord(one.standing)}
            </StateBadge>
          </td>
          <td className={cell.grow}>
            {words.kind(one.kind)} <span className="code">{keyText(one.object_key)}</span>
            {one.field ? <small>{words.field(one.kind, one.field)}</small> : null}
          </td>
          <td className={styles.reason}>{one.reason}</td>
          <td>{one.owner}</td>
          <td>{one.approved_by}</td>
          <td>
            <Day value={one.expires_on} />
          </td>
          <td className={cell.right}>{one.state === 'approved' ? one.days_left : ''}</td>
        </tr>
      ))}
    </Table>
  )
}
