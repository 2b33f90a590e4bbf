// The gates of a site: which one it stands before, what each criterion measured against which threshold, and who may go on.
import { Link } from '@tanstack/react-router'
import { addressOf } from '../../client/http.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { type Each, perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { instant } from '../../i18n/format.ts'
import { choiceWord, counted, stateWord, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Empty, Facts, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { type Criterion, criteriaOf, criterionWord, type GateRow, gateWord, standingOf } from './criteria.ts'
import { Criteria } from './criteria-table.tsx'
import styles from './governance.module.css'
import { DayAhead, LookAhead } from './look-ahead.tsx'
import { SitePapers } from './papers.tsx'
import { type Site, SiteChoice, useTexts, WithSite } from './sites.tsx'

const PATH = '/rollout/gates'

/** Every gate in its order; the one ahead is marked. */
function Gates({ gates, site, chosen }: { gates: readonly GateRow[]; site: Site; chosen: GateRow }) {
  useLanguage()
  const { on } = useTexts()
  return (
    <nav className={styles.gates} aria-label={t('governance.gates')}>
      {gates.map((one) => {
        const { state, mood, text } = standingOf(one)
        return (
          <Link
            key={one.gate}
            to={PATH}
            search={{ site: site.code, gate: one.gate, ...(on ? { on } : {}) }}
            className={styles.gate}
            data-ahead={one.ahead}
            {...(one.gate === chosen.gate ? { 'aria-current': 'true' as const } : {})}
          >
            <b>{one.gate}</b>
            <span>{gateWord(one)}</span>
            <StateBadge state={state} mood={mood}>
              {text}
            </StateBadge>
          </Link>
        )
      })}
    </nav>
  )
}

const evaluateRequest = (site: string, gate: string): Request => ({
  document: 'rollout.gate-run',
  verb: 'evaluate',
  subjects: [],
  input: { documents: [{ site, gate }] },
})

type Found = { readonly runs?: readonly { verdict: string; red: readonly string[] }[] }

function Evaluate({ site, gate, onDone }: { site: Site; gate: GateRow; onDone: () => void }) {
  useLanguage()
  if (!may('rollout.gate-run.evaluate')) return null
  const says = (done: readonly Each[]) => {
    const run = (done[0]?.answer?.result as Found | undefined)?.runs?.[0]
    if (!run) return null
    return (
      <>
        <p>{t(run.verdict === 'passed' ? 'governance.would-pass' : 'governance.would-refuse')}</p>
        {run.red.length > 0 ? <p className="quiet">{run.red.map((id) => choiceWord(id)).join(', ')}</p> : null}
      </>
    )
  }
  return (
    <ActButton
      act={{
        text: t('governance.evaluate', { gate: gate.gate }),
        tone: gate.state === 'passed' || gate.state === 'overridden' ? 'plain' : 'primary',
        of: `${site.id} ${gate.gate}`,
        look: (_reason, signal) => preview(evaluateRequest(site.code, gate.gate), signal),
        perform: (_reason, key) => perform(evaluateRequest(site.code, gate.gate), key),
        says,
        done: onDone,
      }}
    />
  )
}

function Acts({ site, gate, again }: { site: Site; gate: GateRow; again: () => void }) {
  const subject =
    gate.run && gate.number && gate.state
      ? [{ id: gate.run, number: gate.number, state: gate.state, version: gate.version ?? 1 }]
      : []
  return (
    <>
      <Evaluate site={site} gate={gate} onDone={again} />
      {gate.state === 'refused' ? (
        <VerbButton document="rollout.gate-run" verb="override" subjects={subject} tone="danger" onDone={again} />
      ) : null}
      {(gate.state === 'passed' || gate.state === 'overridden') && gate.ahead && gate.fresh ? (
        <VerbButton document="rollout.gate-run" verb="open" subjects={subject} tone="primary" onDone={again} />
      ) : null}
    </>
  )
}

/** The verdict in one sentence, before the table that it rests on. */
function Verdict({ gate, criteria }: { gate: GateRow; criteria: readonly Criterion[] }) {
  const language = useLanguage()
  const red = criteria.filter((one) => one.verdict !== 'green')
  const { state, mood, text } = standingOf(gate)
  return (
    <div className={styles.verdict} data-verdict={gate.verdict}>
      <StateBadge state={state} mood={mood}>
        {text}
      </StateBadge>
      <p>
        {red.length === 0
          ? t('governance.all-green', { n: criteria.length })
          : t('governance.red-are', {
              red: red.map((one) => criterionWord(one, language)).join(', '),
              n: red.length,
              all: criteria.length,
            })}
      </p>
      {gate.override_reason ? (
        <p className={styles.override}>
          {t('governance.overridden-by', { name: gate.overridden_by ?? '', reason: gate.override_reason })}
        </p>
      ) : null}
    </div>
  )
}

function Run({ gate }: { gate: GateRow }) {
  useLanguage()
  const criteria = criteriaOf(gate.criteria)
  if (!gate.run || !gate.number)
    return (
      <Empty title={t('governance.gate-blank', { gate: gateWord(gate) })}>
        {counted('governance.asked', gate.asked)}
      </Empty>
    )
  return (
    <>
      <Verdict gate={gate} criteria={criteria} />
      <Criteria criteria={criteria} />
      <Facts
        facts={[
          {
            label: t('governance.run'),
            value: (
              <Link to={`/rollout/gate-run/${gate.run}`} className="code">
                {gate.number}
              </Link>
            ),
          },
          {
            label: t('governance.evaluated'),
            value: `${gate.at ? instant(gate.at) : ''}${gate.evaluated_by ? ` · ${gate.evaluated_by}` : ''}`,
          },
          { label: t('governance.leads'), value: `${stateWord(gate.from_state)} → ${stateWord(gate.to_state)}` },
          { label: 'SHA-256', value: <code className={styles.hash}>{gate.hash}</code> },
          {
            label: t('governance.report'),
            value: (
              <a
                className={styles.link}
                href={addressOf('/api/rollout/gate-run/{id}/report.html', { params: { id: gate.run } })}
                target="_blank"
                rel="noopener"
              >
                {t('governance.open-report')}
              </a>
            ),
          },
          {
            label: 'PDF',
            value: (
              <a
                className={styles.link}
                href={addressOf('/api/rollout/gate-run/{id}/report.pdf', { params: { id: gate.run } })}
                target="_blank"
                rel="noopener"
              >
                {t('governance.open-pdf')}
              </a>
            ),
          },
        ]}
      />
    </>
  )
}

function GatePage({ site, sites }: { site: Site; sites: readonly Site[] }) {
  useLanguage()
  const { gate: wanted, on } = useTexts()
  const { data, error, isPending, refetch } = useGet('/api/rollout/gates', { site: site.code })
  const gates = data?.items ?? []
  const chosen = gates.find((one) => one.gate === wanted) ?? gates.find((one) => one.ahead) ?? gates[0]
  const again = () => void refetch()
  return (
    <Page
      title={t('governance.gates')}
      crumb={{ to: `/rollout/site/${site.id}`, text: site.code }}
      beside={<SiteChoice path={PATH} sites={sites} chosen={site} />}
      actions={chosen && !on ? <Acts site={site} gate={chosen} again={again} /> : null}
      body="bare"
    >
      {error ? (
        <ProblemNote error={error} onRetry={again} />
      ) : isPending || !chosen ? (
        <Skeleton lines={10} />
      ) : (
        <div className={styles.two}>
          <Gates gates={gates} site={site} chosen={chosen} />
          <section className={styles.main} aria-label={`${chosen.gate} · ${gateWord(chosen)}`}>
            <h2>
              {chosen.gate} · {gateWord(chosen)}
              {chosen.ahead ? <span className="quiet"> {t('governance.ahead')}</span> : null}
            </h2>
            <DayAhead key={on ?? ''} path={PATH} site={site.code} gate={chosen.gate} on={on} />
            {on ? <LookAhead site={site} gate={chosen} on={on} /> : <Run gate={chosen} />}
            <SitePapers site={site} />
          </section>
        </div>
      )}
    </Page>
  )
}

/** The screen at /rollout/gates?site=…&gate=…&on=…; with a day it looks ahead, and nothing is pressed there. */
export function Screen() {
  useLanguage()
  return (
    <WithSite title={t('governance.gates')}>
      {(site, sites) => <GatePage key={site.id} site={site} sites={sites} />}
    </WithSite>
  )
}
