// The first screen: what was opened lately and the lists of the person's role. Hand-made screens add what waits.
import { Link } from '@tanstack/react-router'
import { documentPath, useDescriptions } from '../client/descriptions.ts'
import { currentCompany, session } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { documentWord, t, useLanguage } from '../i18n/index.ts'
import { Icon } from '../parts/icon.tsx'
import { Page, Section } from '../parts/page.tsx'
import styles from './home.module.css'
import { placesOf } from './nav.ts'
import { recent } from './recent.ts'

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
        <Section title={t('home.lists')}>
          <ul className={styles.tiles}>
            {places.map((place) => (
              <li key={place.to}>
                <Link to={place.to} className={styles.tile}>
                  <Icon name={place.area} />
                  <span>{place.text}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t('home.lately')}>
          {lately.length === 0 ? (
            <p className="quiet">{t('home.lately-empty')}</p>
          ) : (
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
          )}
        </Section>
      </div>
    </Page>
  )
}
