// The drift of one site: what differs without an approval, object by object, each with its three answers.
import { useDescription } from '../../client/descriptions.ts'
import { useGet } from '../../client/questions.ts'
import { instant } from '../../i18n/format.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Empty, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { DriftObject } from './drift-object.tsx'
import { byObject } from './drifted.ts'
import styles from './rollout.module.css'
import { summaryOf, usePlan } from './use-plan.ts'
import { useWords } from './words.ts'

/** Whoever writes past the program tells nobody, so drift is asked for again by itself, in milliseconds. */
const LOOK_EVERY = 30_000

/** Since when nothing has drifted: since something governed changed last and was as it should be. */
function Nothing({ site, code }: { site: string; code: string }) {
  const { data } = useGet('/api/rollout/standing', { site })
  const moved = data?.items[0]?.moved_at
  return (
    <Empty title={t('rollout.no-drift', { site: code })}>
      {data === undefined
        ? null
        : moved
          ? t('rollout.no-drift-since', { when: instant(moved) })
          : t('rollout.no-drift-ever')}
    </Empty>
  )
}

/** The inbox of the site with this id and code. */
export function DriftInbox({ site, code }: { site: string; code: string }) {
  useLanguage()
  const words = useWords()
  const planned = usePlan(site)
  const drift = useGet('/api/rollout/drift', { site }, { refetchInterval: LOOK_EVERY })
  const mayPlan = useDescription('rollout.plan')?.verbs.some((verb) => verb.verb === 'make') === true
  if (drift.error) return <ProblemNote error={drift.error} onRetry={() => void drift.refetch()} />
  if (drift.isPending) return <Skeleton lines={8} />
  const rows = drift.data.items
  if (rows.length === 0) return <Nothing site={site} code={code} />
  const objects = byObject(rows)
  return (
    <div className={styles.inbox}>
      <div className={styles.lead}>
        <p>
          <b>{counted('rollout.drift-count', rows.length)}</b> <span className="quiet">{t('rollout.drift-lead')}</span>
        </p>
        {mayPlan && objects.length > 1 ? (
          <ActButton
            act={{
              ...planned({ revertAll: true }),
              text: t('rollout.revert-all'),
              says: (done) => (
                <>
                  <p>{t('rollout.revert-says')}</p>
                  <p className="quiet">{counted('rollout.steps', summaryOf(done)?.steps ?? 0)}</p>
                </>
              ),
            }}
          />
        ) : null}
      </div>
      {objects.map((object) => (
        <DriftObject key={`${object.kind} ${object.key}`} site={site} object={object} words={words} mayPlan={mayPlan} />
      ))}
    </div>
  )
}
