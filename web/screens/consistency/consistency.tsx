// Whether the books hold: the last check with every rule, its counter-examples, the sealed audit log, and one button to check again.
import { useState } from 'react'
import { useGet, useOne } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { instant } from '../../i18n/format.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { AuditHead, headOf } from './audit-head.tsx'
import styles from './consistency.module.css'
import { EarlierChecks } from './earlier.tsx'
import { type Check, Progress } from './progress.tsx'
import { Rules } from './rules.tsx'

/** While one is at work its progress is asked for this often, in milliseconds. */
const LOOK_EVERY = 700

/** The screen at /consistency. What is at work stands on the server, so a reload or another person sees the same. */
export function Screen() {
  useLanguage()
  const [chosen, setChosen] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { data, error, isPending, refetch } = useGet(
    '/api/insight/checks',
    {},
    { refetchInterval: busy ? LOOK_EVERY : 30_000 },
  )
  const checks = data?.items ?? []
  const atWork = checks.find((one) => one.finished_at === null && !one.given_up)
  if (busy !== (atWork !== undefined)) setBusy(atWork !== undefined)
  const done = checks.filter((one) => one.finished_at !== null || one.given_up)
  const shown = done.find((one) => one.id === chosen) ?? done[0]
  return (
    <Page
      title={t('proof.title')}
      reads
      actions={may('insight.check.start') ? <Run off={atWork !== undefined} onStarted={() => void refetch()} /> : null}
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={10} />
      ) : (
        <div className={styles.screen}>
          {atWork ? <Progress check={atWork} /> : null}
          {shown ? (
            <Told check={shown} />
          ) : atWork ? null : (
            <Empty title={t('proof.never')}>{t('proof.never-rest')}</Empty>
          )}
          {done.length > 1 ? <EarlierChecks checks={done} shown={shown?.id} onChoose={setChosen} /> : null}
        </div>
      )}
    </Page>
  )
}

function Run({ off, onStarted }: { off: boolean; onStarted: () => void }) {
  useLanguage()
  const { doing, run } = usePerform()
  const [problem, setProblem] = useState<unknown>()
  const start = () => {
    setProblem(undefined)
    run({ document: 'insight.check', verb: 'start', subjects: [], input: { documents: [{}] } }).then(
      onStarted,
      setProblem,
    )
  }
  return (
    <>
      {problem ? <ProblemNote error={problem} onRetry={start} /> : null}
      <Button tone="primary" disabled={off || doing.state === 'busy'} onClick={start}>
        {t('proof.run')}
      </Button>
    </>
  )
}

/** A check that has ended: its verdict, its rules, and the head of the audit log as it found it. */
function Told({ check }: { check: Check }) {
  const { data, error, isPending, refetch } = useOne('insight.check', check.id)
  if (check.given_up)
    return (
      <section className={styles.verdict} data-mood="bad">
        <StateBadge state="given-up" mood="bad">
          {t('proof.gave-up')}
        </StateBadge>
        <p>{check.problem}</p>
      </section>
    )
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={10} />
  const head = headOf(data.head)
  const text = check.holds
    ? t('proof.holds')
    : check.breaches > 0
      ? t('proof.breaks', { n: check.breaches })
      : t('proof.breaks-head')
  return (
    <>
      <section className={styles.verdict} data-mood={check.holds ? 'good' : 'bad'}>
        <StateBadge state={check.holds ? 'holds' : 'broken'} mood={check.holds ? 'good' : 'bad'}>
          {text}
        </StateBadge>
        <p>{t('proof.checked', { number: check.number, when: instant(check.finished_at ?? check.started_at) })}</p>
      </section>
      <AuditHead head={head} />
      <Rules results={data.results} examples={data.examples} />
    </>
  )
}
