// Governance at a glance: who sits where, who decides on what, which decisions wait, and which risks are called.
import { Link, useNavigate } from '@tanstack/react-router'
import { useDescription } from '../../client/descriptions.ts'
import { may } from '../../client/session.ts'
import { documentsWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { Decisions } from './decisions.tsx'
import styles from './governance.module.css'
import { Risks } from './risks.tsx'
import { Rights, Seats } from './seats.tsx'
import { useTexts } from './sites.tsx'

const PATH = '/rollout/governance'
const PARTS = ['seats', 'decisions', 'rights', 'risks'] as const
type Part = (typeof PARTS)[number]

const NEEDS: Readonly<Record<Part, string>> = {
  seats: 'rollout.seat.read',
  decisions: 'rollout.decision.read',
  rights: 'rollout.decision.read',
  risks: 'rollout.risk.read',
}

/** What is prepared around a site, by the names of the documents. */
const AROUND = [
  ['rollout.checklist-item', 'Deployment task'],
  ['rollout.code-mapping', 'Code mapping'],
  ['rollout.source-profile', 'Source profile'],
  ['rollout.pilot', 'Pilot'],
  ['rollout.review', 'Rollout review'],
  ['rollout.outcome', 'Programme outcome'],
] as const

/** The other registers, which have lists of their own. */
function More() {
  useLanguage()
  const links = [
    ['rollout.change-request.read', '/rollout/change-request', t('governance.changes')],
    ['rollout.evidence.read', '/rollout/evidence', t('governance.evidences')],
    ['rollout.paper.read', '/rollout/paper', t('governance.papers')],
    ['rollout.process.read', '/rollout/process', t('governance.processes')],
    ['rollout.finding.read', '/rollout/finding', t('governance.findings')],
    ...AROUND.map(
      ([name, label]) => [`${name}.read`, `/${name.replace('.', '/')}`, documentsWord(name, label)] as const,
    ),
  ] as const
  const shown = links.filter(([permission]) => may(permission))
  if (shown.length === 0) return null
  return (
    <Section title={t('governance.more')}>
      <p className={styles.verbs}>
        {shown.map(([permission, to, text]) => (
          <Link key={permission} to={to} className={styles.link}>
            {text}
          </Link>
        ))}
      </p>
    </Section>
  )
}

/** The screen at /rollout/governance?part=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const { part: wanted } = useTexts()
  const appoints = useDescription('rollout.seat')?.verbs.some((verb) => verb.verb === 'appoint')
  const held = PARTS.filter((one) => may(NEEDS[one]))
  const part = held.find((one) => one === wanted) ?? held[0]
  const tabs: readonly Tab[] = held.map((one) => ({
    key: one,
    text: t(`governance.${one}`),
    to: PATH,
    search: { part: one },
    chosen: one === part,
  }))
  return (
    <Page
      title={t('governance.title')}
      actions={
        appoints && part === 'seats' ? (
          <Button icon="plus" onClick={() => void navigate({ to: '/rollout/seat/new' })}>
            {t('governance.appoint')}
          </Button>
        ) : null
      }
      body="bare"
    >
      <div className={styles.screen}>
        <Tabs
          label={t('governance.title')}
          tabs={tabs}
          onGo={(tab) => void navigate({ to: tab.to, search: tab.search ?? {} })}
        />
        <div className={styles.body}>
          {part === 'seats' ? <Seats /> : null}
          {part === 'decisions' ? <Decisions /> : null}
          {part === 'rights' ? <Rights /> : null}
          {part === 'risks' ? <Risks /> : null}
          <More />
        </div>
      </div>
    </Page>
  )
}
