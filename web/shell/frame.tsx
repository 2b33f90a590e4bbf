// The frame around every screen: navigation, company and warehouse, search, account; and the screen itself.
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useDescriptions } from '../client/descriptions.ts'
import { online } from '../client/live.ts'
import { useStore } from '../client/store.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { Button, Kbd } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Mark } from '../parts/mark.tsx'
import { Skeleton } from '../parts/page.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Bell } from './bell.tsx'
import { CompanySwitch } from './company-switch.tsx'
import styles from './frame.module.css'
import { Help, helpOpen } from './help.tsx'
import { useKeys } from './keys.ts'
import { AREAS, areaKey, PARTS, type Part, type Place, partKey, placesOf } from './nav.ts'
import { Palette, paletteOpen } from './palette.tsx'
import { folded } from './preferences.ts'

/** A place that has others below its address is marked only when one is at itself. */
function NavLink({ place, places }: { place: Place; places: readonly Place[] }) {
  const exact = places.some((other) => other.to.startsWith(`${place.to}/`))
  return (
    <Link to={place.to} className={styles.link} activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact }}>
      {place.text}
    </Link>
  )
}

/** The folded lists of a part of an area; the part in which one is stands open. */
function PartOfArea({ part, own, places }: { part: Part; own: readonly Place[]; places: readonly Place[] }) {
  const path = useLocation({ select: (location) => location.pathname })
  const here = own.some((place) => path === place.to || path.startsWith(`${place.to}/`))
  return (
    <details className={styles.part} open={here}>
      <summary>
        {t(partKey(part))}
        <Icon name="right" size={12} />
      </summary>
      {own.map((place) => (
        <NavLink key={place.to} place={place} places={places} />
      ))}
    </details>
  )
}

/** Screens and daily lists stand open; what is needed now and then is folded away under its area or its part of it. */
function Navigation({ places }: { places: readonly Place[] }) {
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <Link to="/" className={styles.link} activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: true }}>
        <Icon name="home" />
        {t('nav.home')}
      </Link>
      {AREAS.map((area) => {
        const own = places.filter((place) => place.area === area)
        const daily = own.filter((place) => !place.quiet)
        const rest = own.filter((place) => place.quiet)
        if (own.length === 0) return null
        const parts = PARTS.filter((part) => rest.some((place) => place.part === part))
        return (
          <details key={area} className={styles.area} open={daily.length > 0}>
            <summary>
              <Icon name={area} size={14} />
              {t(areaKey(area))}
              <Icon name="right" size={12} />
            </summary>
            {[...daily, ...rest.filter((place) => !place.part)].map((place) => (
              <NavLink key={place.to} place={place} places={places} />
            ))}
            {parts.map((part) => (
              <PartOfArea key={part} part={part} own={rest.filter((place) => place.part === part)} places={places} />
            ))}
          </details>
        )
      })}
    </nav>
  )
}

function Offline() {
  return useStore(online) ? null : (
    <div className={styles.offline} role="status">
      <Icon name="offline" />
      {t('app.offline')}
    </div>
  )
}

/** `g` and a letter go to a list, as in the help. */
function useGoKeys(places: readonly Place[]): void {
  const navigate = useNavigate()
  const go = places.flatMap((place) =>
    place.letter ? [[`g ${place.letter}`, () => void navigate({ to: place.to })] as const] : [],
  )
  useKeys({
    'mod+k': () => paletteOpen.set(true),
    '?': () => helpOpen.set(true),
    'g h': () => void navigate({ to: '/' }),
    ...Object.fromEntries(go),
  })
}

/** Everything around the screen. */
export function Frame() {
  useLanguage()
  const places = placesOf(useDescriptions())
  const isFolded = useStore(folded) === 'yes'
  useGoKeys(places)
  return (
    <div className={isFolded ? `${styles.frame} ${styles.folded}` : styles.frame}>
      <a className={styles.skip} href="#main">
        {t('nav.skip')}
      </a>
      <header className={styles.side}>
        <Link to="/" className={styles.brand} aria-label="Tradewright">
          <Mark />
          <span>Tradewright</span>
        </Link>
        <CompanySwitch />
        <button type="button" className={styles.search} onClick={() => paletteOpen.set(true)} title={t('shell.search')}>
          <Icon name="search" />
          <span>{t('shell.search')}</span>
          <Kbd>Ctrl K</Kbd>
        </button>
        <Navigation places={places} />
        <div className={styles.foot}>
          <AccountMenu />
          <Bell />
          <Button tone="quiet" icon="help" aria-label={t('shell.help')} onClick={() => helpOpen.set(true)} />
          <Button
            tone="quiet"
            icon="sidebar"
            aria-label={t('nav.collapse')}
            onClick={() => folded.set(isFolded ? 'no' : 'yes')}
          />
        </div>
      </header>
      <main className={styles.main} id="main" tabIndex={-1}>
        <Offline />
        <div>
          <Suspense fallback={<Skeleton />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
      <Palette places={places} />
      <Help places={places} />
    </div>
  )
}
