// Parts of one screen beside each other, each with its count and its address; the digits go there.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useKeys } from '../shell/keys.ts'
import styles from './tabs.module.css'

export type Tab = {
  key: string
  text: string
  count?: ReactNode
  to: string
  search?: Readonly<Record<string, string>>
  chosen: boolean
}

/** The tabs. `onGo` is called by the digit keys. */
export function Tabs({
  label,
  tabs,
  onGo,
  beside,
}: {
  label: string
  tabs: readonly Tab[]
  onGo: (tab: Tab) => void
  beside?: ReactNode
}) {
  useKeys(Object.fromEntries(tabs.map((tab, at) => [String(at + 1), () => onGo(tab)])))
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to={tab.to}
          search={tab.search ?? {}}
          className={styles.tab}
          activeOptions={{ exact: true, includeSearch: true }}
          {...(tab.chosen ? { 'aria-current': 'page' as const } : {})}
        >
          {tab.text}
          {tab.count === undefined ? null : <span className={styles.count}>{tab.count}</span>}
        </Link>
      ))}
      {beside ? <span className={styles.beside}>{beside}</span> : null}
    </nav>
  )
}
