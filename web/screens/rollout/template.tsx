// The template as a site reads it: every object with its owner, how firm it is and why; and releases and sites compared.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useRef, useState } from 'react'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { inputClass } from '../../parts/field.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { useKeys } from '../../shell/keys.ts'
import { Compare } from './compare.tsx'
import { useOwnSites } from './drift.tsx'
import type { Site } from './marks.tsx'
import { Objects } from './objects.tsx'
import styles from './rollout.module.css'
import { WhatIf } from './what-if.tsx'

type Search = Readonly<Record<string, string | undefined>>
export type Go = (next: Search) => void

/** The sites and releases one may choose from, and what the address says is chosen. */
function useChosen() {
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Search
  const own = useOwnSites()
  const releases = useGet('/api/rollout/releases', {})
  const site =
    own.sites.find((one) => one.id === search.site || one.code === search.site) ??
    own.sites.find((one) => one.scope === 'company') ??
    own.sites[0]
  const go: Go = (next) =>
    void navigate({
      to: '/rollout/template',
      search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)),
      replace: true,
    })
  return { own, releases, site, search, go }
}

type ToolProps = { sites: readonly Site[]; site: Site; numbers: readonly string[]; search: Search; go: Go }

/** For which site, and in the list of objects of which release. */
function Choices({ sites, site, numbers, search, go }: ToolProps) {
  return (
    <>
      <select
        className={`${inputClass} ${styles.select}`}
        aria-label={t('rollout.site')}
        value={site.id}
        onChange={(event) => go({ site: event.target.value, at: undefined, from: undefined, to: undefined })}
      >
        {sites.map((one) => (
          <option key={one.id} value={one.id}>
            {one.code} · {one.name}
          </option>
        ))}
      </select>
      {search.view === 'compare' ? null : (
        <select
          className={`${inputClass} ${styles.select}`}
          aria-label={t('rollout.release')}
          value={search.release ?? site.release}
          onChange={(event) => go({ release: event.target.value })}
        >
          {numbers.map((number) => (
            <option key={number} value={number}>
              {number}
              {number === site.release ? ` · ${t('rollout.follow-now')}` : ''}
            </option>
          ))}
        </select>
      )}
    </>
  )
}

/** The screen at /rollout/template?view=compare&site=…&release=…&from=…&to=…&at=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const { own, releases, site, search, go } = useChosen()
  const [typed, setTyped] = useState(search.q ?? '')
  const q = useDeferredValue(typed.trim().toLocaleLowerCase())
  const box = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => box.current?.focus() })
  const error = own.error ?? releases.error
  const views = ['objects', 'compare', ...(may('rollout.proposal.read') ? ['what-if'] : [])] as const
  const view = views.find((one) => one === search.view) ?? 'objects'
  const tab = (key: string, text: string): Tab => ({
    key,
    text,
    to: '/rollout/template',
    search: { ...(site ? { site: site.id } : {}), ...(key === 'objects' ? {} : { view: key }) },
    chosen: key === view,
  })
  const tabs = [
    tab('objects', t('rollout.objects')),
    tab('compare', t('rollout.compare')),
    ...(views.length > 2 ? [tab('what-if', t('rollout.what-if'))] : []),
  ]
  return (
    <Page title={t('rollout.template')} body="bare">
      {error ? (
        <ProblemNote error={error} onRetry={own.again} />
      ) : own.isPending || !releases.data ? (
        <Skeleton lines={10} />
      ) : !site ? (
        <Empty title={t('rollout.no-template')}>{t('rollout.no-template-rest')}</Empty>
      ) : (
        <div className={styles.screen}>
          <Tabs
            label={t('rollout.template')}
            tabs={tabs}
            onGo={(one) => void navigate({ to: one.to, search: one.search ?? {} })}
          />
          {view === 'what-if' ? null : (
            <div className={styles.tools}>
              <input
                ref={box}
                type="search"
                className={inputClass}
                aria-label={t('rollout.find-object')}
                placeholder={`${t('rollout.find-object')}  /`}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <Choices
                sites={own.sites}
                site={site}
                numbers={releases.data.items.map((one) => one.number)}
                search={search}
                go={go}
              />
            </div>
          )}
          {view === 'what-if' ? (
            <WhatIf releases={releases.data.items} release={search.release} go={go} />
          ) : view === 'compare' ? (
            <Compare site={site} releases={releases.data.items} search={search} q={q} go={go} />
          ) : (
            <Objects site={site.id} release={search.release ?? site.release} q={q} at={search.at} go={go} />
          )}
        </div>
      )}
    </Page>
  )
}
