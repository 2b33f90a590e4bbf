// Which site a screen is about: one of the company, chosen by the address, and the field that chooses another.
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useGet } from '../../client/questions.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import type { components } from '../../generated/api.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { inputClass } from '../../parts/field.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import styles from './governance.module.css'

export type Site = components['schemas']['rollout.board.row']

type SearchTexts = Readonly<Record<string, string | undefined>>

/** What the address says beside the path. */
export const useTexts = (): SearchTexts => useSearch({ strict: false }) as SearchTexts

/** The choice of a site at this address; it keeps nothing else of the address. */
export function SiteChoice({ path, sites, chosen }: { path: string; sites: readonly Site[]; chosen: Site }) {
  useLanguage()
  const navigate = useNavigate()
  return (
    <select
      className={`${inputClass} ${styles.select}`}
      aria-label={t('rollout.site')}
      value={chosen.code}
      onChange={(event) => void navigate({ to: path, search: { site: event.target.value } })}
    >
      {sites.map((one) => (
        <option key={one.id} value={one.code}>
          {one.code} · {one.name}
        </option>
      ))}
    </select>
  )
}

type WithSiteProps = { title: string; children: (site: Site, choice: readonly Site[]) => ReactNode }

/** Draws with the site that the address names, else with the company itself before what all share; or says that there is none. */
export function WithSite({ title, children }: WithSiteProps) {
  useLanguage()
  const company = useStore(companyCode)
  const { site: wanted } = useTexts()
  const { data, error, isPending, refetch } = useGet('/api/rollout/board', {})
  const own = (data?.items ?? []).filter((one) => one.company === company)
  const named = own.find((one) => one.code === wanted || one.id === wanted)
  const site = named ?? own.find((one) => one.scope === 'company') ?? own[0]
  if (site) return children(site, own)
  return (
    <Page title={title}>
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton lines={8} />
      ) : (
        <Empty title={t('governance.no-site')}>{t('governance.no-site-rest')}</Empty>
      )}
    </Page>
  )
}
