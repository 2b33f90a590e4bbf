// The first screen: what waits for the person, the lists of his role by what they are about, and what was opened lately.
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { documentPath, useDescriptions } from '../client/descriptions.ts'
import { currentCompany, session } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { documentWord, t, useLanguage } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import { Page, Section } from '../parts/page.tsx'
import styles from './home.module.css'
import { AREAS, type Area, areaKey, type Place, placesOf } from './nav.ts'
import { recent } from './recent.ts'

// Loaded after the screen stands: it brings the questions of the queues with it.
const HomeWaits = lazy(() => import('../screens/queues/home-waits.tsx'))

const Group = ({ area, places }: { area: Area; places: readonly Place[] }) =>
  places.length === 0 ? null : (
    <section aria-label={t(areaKey(area))}>
      <h3>
        <Icon name={area} />
        {t(areaKey(area))}
      </h3>
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <Link to={place.to}>{place.text}</Link>
          </li>
        ))}
      </ul>
    </section>
  )

/** The home screen. */
export function Home() {
  useLanguage()
  const descriptions = useDescriptions()
  const places = placesOf(descriptions).filter((place) => !place.quiet)
  const lately = useStore(recent)
  const name = useStore(session)?.account.name.split(' ')[0] ?? ''
  return (
    <Page title={t('nav.home')}>
      <div className={styles.home}>
        <h2 className={styles.hello}>{t('home.hello', { name })}</h2>
        <p className={styles.lead}>{t('home.lead', { company: currentCompany().name })}</p>
        {places.some(({ to }) => to === '/work') ? (
          <Suspense>
            <HomeWaits />
          </Suspense>
        ) : null}
        <Section title={t('home.lists')}>
          <div className={styles.groups}>
            {AREAS.map((area) => (
              <Group key={area} area={area} places={places.filter((place) => place.area === area)} />
            ))}
          </div>
        </Section>
        {lately.length === 0 ? null : (
          <Section title={t('home.lately')}>
            <ul className={styles.lately}>
              {lately.map((one) => (
                <li key={one.id}>
                  <Link to={documentPath(one.document, one.id)}>
                    <span className="code">{one.number}</span>
                    <b>{one.title}</b>
                    <small>
                      {documentWord(one.document, descriptions.byName.get(one.document)?.label ?? one.document)}
                    </small>
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </Page>
  )
}
