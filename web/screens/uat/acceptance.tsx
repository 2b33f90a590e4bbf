// Acceptance of a site: how far it is, a run at work with its progress, what came of each scenario, and who signed.
import { useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { usePerform } from '../../generic/verb/use-verb.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { type Site, SiteChoice, WithSite } from '../rollout-governance/sites.tsx'
import styles from './acceptance.module.css'
import { Coverage, Differences } from './covered.tsx'
import { Progress } from './progress.tsx'
import { Results } from './results.tsx'
import { Runs } from './runs.tsx'
import { Signatures } from './signatures.tsx'
import { Standing } from './standing.tsx'
import { Walk } from './walk.tsx'

/** While a run is at work its progress is asked for this often, in milliseconds. */
const LOOK_EVERY = 1_000
const PATH = '/rollout/acceptance'

/** The screen at /rollout/acceptance?site=CODE. */
export function Screen() {
  useLanguage()
  return (
    <WithSite title={t('uat.title')}>
      {(site, choice) => <Acceptance key={site.id} site={site} choice={choice} />}
    </WithSite>
  )
}

function Acceptance({ site, choice }: { site: Site; choice: readonly Site[] }) {
  const [chosen, setChosen] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { data, error, isPending, refetch } = useGet(
    '/api/rollout/uat-runs',
    { site: site.code },
    { refetchInterval: busy ? LOOK_EVERY : 30_000 },
  )
  const runs = data?.items ?? []
  const atWork = runs.find((one) => one.state === 'running' && one.kind === 'automatic')
  if (busy !== (atWork !== undefined)) setBusy(atWork !== undefined)
  const others = runs.filter((one) => one !== atWork)
  const shown = others.find((one) => one.id === chosen) ?? others.find((one) => one.state !== 'cancelled')
  return (
    <Page
      title={t('uat.title')}
      beside={<SiteChoice path={PATH} sites={choice} chosen={site} />}
      actions={
        may('rollout.uat-run.start') ? (
          <Start site={site} off={atWork !== undefined} onStarted={() => void refetch()} />
        ) : null
      }
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={10} />
      ) : (
        <div className={styles.screen}>
          <Standing site={site} />
          {atWork ? <Progress run={atWork} /> : null}
          {shown ? (
            <>
              {shown.state === 'running' ? <Walk run={shown} /> : null}
              <Results key={shown.id} run={shown} />
              {shown.state === 'finished' ? <Signatures run={shown} /> : null}
              <Differences run={shown} />
            </>
          ) : atWork ? null : (
            <Empty title={t('uat.never')}>{t('uat.never-rest')}</Empty>
          )}
          {runs.length > 0 ? <Coverage site={site} /> : null}
          {others.length > 0 ? <Runs runs={others} shown={shown?.id} onChoose={setChosen} /> : null}
        </div>
      )}
    </Page>
  )
}

/** Starts a run: every scenario by the machine, or one of them by hand. */
function Start({ site, off, onStarted }: { site: Site; off: boolean; onStarted: () => void }) {
  useLanguage()
  const { doing, run } = usePerform()
  const library = useGet('/api/rollout/uat-steps', { site: site.code })
  const [walked, setWalked] = useState('')
  const start = async (more: object) => {
    const documents = [{ site: site.code, ...more }]
    await run({ document: 'rollout.uat-run', verb: 'start', subjects: [], input: { documents } })
    onStarted()
  }
  return (
    <>
      {doing.state === 'failed' ? <ProblemNote error={doing.problem} /> : null}
      <select
        className={styles.pick}
        aria-label={t('uat.walk-hint')}
        value={walked}
        onChange={(event) => setWalked(event.target.value)}
      >
        <option value="">{t('uat.walk-hint')}</option>
        {(library.data?.items ?? []).map((one) => (
          <option key={one.id} value={one.id}>
            {one.id} · {one.title}
          </option>
        ))}
      </select>
      <Button
        disabled={walked === '' || doing.state === 'busy'}
        onClick={() => void start({ kind: 'manual', scenarios: [walked] })}
      >
        {t('uat.walk')}
      </Button>
      <Button tone="primary" disabled={off || doing.state === 'busy'} onClick={() => void start({})}>
        {t('uat.play')}
      </Button>
    </>
  )
}
