// The page of a site: what it is, how far it has come, how it stands on the template, its drift, plans and deviations.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useGet, useOne } from '../../client/questions.ts'
import { chooseCompany, companyCode, may } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { instant } from '../../i18n/format.ts'
import { choiceWord, counted, stateWord, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Button } from '../../parts/button.tsx'
import { Empty, Facts, Page, ProblemNote, Section, Skeleton } from '../../parts/page.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { useKeys } from '../../shell/keys.ts'
import { remember } from '../../shell/recent.ts'
import { DriftInbox } from './drift-inbox.tsx'
import { FollowButton } from './follow.tsx'
import { Deviations, Plans } from './lists.tsx'
import { Release, type Site, STAGES, Stage, Standardisation, type Standing } from './marks.tsx'
import styles from './rollout.module.css'
import { summaryOf, usePlan } from './use-plan.ts'
import { membersOf, plainText } from './value.tsx'

const TABS = ['drift', 'plans', 'deviations', 'about'] as const
type TabName = (typeof TABS)[number]

/** The stages as a line: those behind, the one that it is in, those to come. */
function Way({ stage }: { stage: string }) {
  const at = STAGES.indexOf(stage)
  return (
    <ol className={styles.way} aria-label={t('rollout.stage')}>
      {STAGES.map((one, place) => (
        <li
          key={one}
          className={place < at ? styles.past : place === at ? styles.here : undefined}
          {...(place === at ? { 'aria-current': 'step' as const } : {})}
        >
          {stateWord(one)}
        </li>
      ))}
    </ol>
  )
}

/** What a site governs; one of a warehouse leads to the site of its company. */
function Governs({ site }: { site: Site }) {
  if (site.place === null) return t(`rollout.governs-${site.scope === 'enterprise' ? 'enterprise' : 'company'}`)
  return (
    <>
      {t('rollout.governs-place', { place: site.place })}
      {site.below === null ? null : (
        <small>
          <Link to={`/rollout/site/${site.below}`}>{t('rollout.below', { site: site.below })}</Link>
        </small>
      )}
    </>
  )
}

function Standings({ site, now }: { site: Site; now: Standing | undefined }) {
  return (
    <Facts
      facts={[
        {
          label: t('rollout.governs'),
          value: <Governs site={site} />,
        },
        { label: t('rollout.wave-label'), value: site.wave },
        { label: t('rollout.owner'), value: site.owner },
        { label: t('rollout.release'), value: <Release site={site} /> },
        {
          label: t('rollout.standardisation'),
          value: now ? (
            <>
              <Standardisation of={now} />
              <small className="quiet">
                {t('rollout.standardisation-why', { on: now.on_template, governed: now.governed })}
              </small>
            </>
          ) : (
            <span className="quiet">{t('rollout.counting')}</span>
          ),
        },
        {
          label: t('rollout.applied-plan'),
          value: site.plan ? (
            <>
              <Link to={`/rollout/plan/${site.plan_id}`} className="code">
                {site.plan}
              </Link>
              <small className="quiet">{site.applied_at ? instant(site.applied_at) : null}</small>
            </>
          ) : (
            t('rollout.never-applied')
          ),
        },
      ]}
    />
  )
}

/** By what the template is compiled for this site. */
function About({ site, parameters }: { site: Site; parameters: unknown }) {
  const given = Object.fromEntries(membersOf(parameters))
  const choices = membersOf(given.choices)
  return (
    <div className={styles.about}>
      <Section title={t('rollout.about')}>
        <Facts
          facts={[
            { label: t('rollout.company'), value: site.company_name },
            { label: t('rollout.kind'), value: choiceWord(site.kind) },
            { label: t('rollout.currency'), value: plainText(given.currency) },
            { label: t('rollout.tax-area'), value: plainText(given.taxArea) },
          ]}
        />
      </Section>
      <Section title={t('rollout.choices')}>
        {choices.length === 0 ? (
          <p className="quiet">{t('rollout.no-choices')}</p>
        ) : (
          <Facts facts={choices.map(([name, value]) => ({ label: name, value: plainText(value) }))} />
        )}
      </Section>
    </div>
  )
}

function MakePlan({ site }: { site: string }) {
  const planned = usePlan(site)
  if (!may('rollout.plan.make')) return null
  return (
    <ActButton
      act={{
        ...planned(),
        text: t('rollout.make-plan'),
        tone: 'primary',
        says: (done) => (
          <p>{t('rollout.make-plan-says', { steps: counted('rollout.steps', summaryOf(done)?.steps ?? 0) })}</p>
        ),
      }}
    />
  )
}

function SitePage({ site }: { site: Site }) {
  useLanguage()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const chosen: TabName = TABS.find((one) => one === search.tab) ?? 'drift'
  const { data: one } = useOne('rollout.site', site.id)
  const now = useGet('/api/rollout/standing', { site: site.id }, { refetchInterval: 30_000 }).data?.items[0]
  useKeys({ Escape: () => void navigate({ to: '/rollout/board' }) })
  useEffect(() => remember({ document: 'rollout.site', id: site.id, number: site.code, title: site.name }), [site])
  const tab = (key: TabName, text: string, count?: number | string): Tab => ({
    key,
    text,
    ...(count === undefined ? {} : { count }),
    to: `/rollout/site/${site.id}`,
    search: key === 'drift' ? {} : { tab: key },
    chosen: key === chosen,
  })
  const tabs = [
    tab('drift', t('rollout.drift'), now?.drift ?? '…'),
    tab('plans', t('rollout.plans'), site.waiting === 0 ? undefined : site.waiting),
    ...(may('rollout.deviation.read')
      ? [tab('deviations', t('rollout.deviations'), site.deviations + site.asked)]
      : []),
    tab('about', t('rollout.about')),
  ]
  return (
    <Page
      title={`${site.code} · ${site.name}`}
      crumb={{ to: '/rollout/board', text: t('rollout.board') }}
      beside={<Stage stage={site.stage} />}
      actions={
        one ? (
          <>
            <VerbButton document="rollout.site" verb="change" subjects={[one]} />
            <FollowButton one={one} release={site.release} />
            <MakePlan site={site.id} />
          </>
        ) : null
      }
      body="bare"
    >
      <div className={styles.screen}>
        <div className={styles.summary}>
          <Way stage={site.stage} />
          <Standings site={site} now={now} />
        </div>
        <Tabs
          label={site.code}
          tabs={tabs}
          onGo={(next) => void navigate({ to: next.to, search: next.search ?? {} })}
        />
        <div className={styles.scroll} tabIndex={-1}>
          {chosen === 'drift' ? (
            <DriftInbox site={site.id} code={site.code} />
          ) : chosen === 'plans' ? (
            <div className={styles.padded}>
              <Plans code={site.code} />
            </div>
          ) : chosen === 'deviations' ? (
            <div className={styles.padded}>
              <Deviations code={site.code} />
            </div>
          ) : (
            <About site={site} parameters={one?.parameters} />
          )}
        </div>
      </div>
    </Page>
  )
}

/** The screen at /rollout/site/id, where the id may be the code too. */
export function Screen() {
  useLanguage()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  return <Found id={id} />
}

/** The site, when there is one; of a site of another company it is said which one. */
function Found({ id }: { id: string }) {
  const company = useStore(companyCode)
  const { data, error, isPending, refetch } = useGet('/api/rollout/board', {})
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={10} />
  const own = data.items.find((one) => (one.id === id || one.code === id) && one.company === company)
  const site = own ?? data.items.find((one) => one.id === id || one.code === id)
  if (!site)
    return (
      <Page title={t('rollout.site')} crumb={{ to: '/rollout/board', text: t('rollout.board') }}>
        <Empty title={t('rollout.no-site')} />
      </Page>
    )
  if (!own)
    return (
      <Page title={`${site.code} · ${site.name}`} crumb={{ to: '/rollout/board', text: t('rollout.board') }}>
        <Empty
          title={t('rollout.elsewhere', { company: site.company_name })}
          action={
            <Button onClick={() => chooseCompany(site.company)}>
              {t('rollout.switch', { company: site.company_name })}
            </Button>
          }
        >
          {t('rollout.elsewhere-rest')}
        </Empty>
      </Page>
    )
  return <SitePage key={own.id} site={own} />
}
