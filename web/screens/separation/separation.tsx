// Separation of duties: what a role would break, who asks for which, what is waived until when, and whose access is looked at.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Page } from '../../parts/page.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { Compose } from './compose.tsx'
import { Requests } from './requests.tsx'
import { Reviews } from './reviews.tsx'
import styles from './separation.module.css'
import { Simulator } from './simulator.tsx'
import { Waivers } from './waivers.tsx'

const PARTS = ['simulate', 'compose', 'requests', 'waivers', 'reviews'] as const
type Part = (typeof PARTS)[number]

const partOf = (text: unknown, shown: readonly Part[]): Part =>
  shown.find((one) => one === text) ?? shown[0] ?? 'requests'

/** What the person may look at: everybody asks, whoever owns a role decides, an auditor looks on. */
function useParts(): readonly Part[] {
  const held: Readonly<Record<Part, boolean>> = {
    simulate: may('rollout.access-request.ask'),
    compose: may('rollout.access-request.read') && may('access.role.read'),
    requests: may('rollout.access-request.ask') || may('rollout.access-request.approve'),
    waivers: may('rollout.access-waiver.read'),
    reviews: may('rollout.access-review.read'),
  }
  return PARTS.filter((one) => held[one])
}

/** The screen at /separation?part=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const shown = useParts()
  const part = partOf(search.part, shown)
  const decides = may('rollout.access-request.approve')
  const inbox = useGet('/api/rollout/access-inbox', {}, { enabled: decides })
  const waivers = useGet('/api/rollout/waivers', {}, { enabled: shown.includes('waivers') })
  const counts: Readonly<Partial<Record<Part, number | undefined>>> = {
    ...(decides ? { requests: inbox.data?.items.length } : {}),
    waivers: waivers.data?.items.filter((one) => one.mine).length,
  }
  const tabs: readonly Tab[] = shown.map((one) => ({
    key: one,
    text: t(`separation.${one}`),
    to: '/separation',
    search: { part: one },
    chosen: one === part,
    ...(counts[one] ? { count: counts[one] } : {}),
  }))
  return (
    <Page title={t('separation.title')} body="bare">
      <div className={styles.screen}>
        <Tabs
          label={t('separation.title')}
          tabs={tabs}
          onGo={(tab) => void navigate({ to: tab.to, search: tab.search ?? {} })}
        />
        <div className={styles.body}>
          {part === 'simulate' ? <Simulator /> : null}
          {part === 'compose' ? <Compose /> : null}
          {part === 'requests' ? <Requests /> : null}
          {part === 'waivers' ? <Waivers /> : null}
          {part === 'reviews' ? <Reviews /> : null}
        </div>
      </div>
    </Page>
  )
}
