// The papers of a site as they would be written now, each to read and to print; and drafting one, so that it can be signed.
import { Link } from '@tanstack/react-router'
import { addressOf } from '../../client/http.ts'
import { may } from '../../client/session.ts'
import { perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Section } from '../../parts/page.tsx'
import styles from './governance.module.css'
import type { Site } from './sites.tsx'

const KINDS = [
  'charter',
  'blueprint',
  'scope-baseline',
  'issue-log',
  'current-state-assessment',
  'template-validation',
  'review-programme',
  'review-council',
] as const

const draftRequest = (site: string, kind: string): Request => ({
  document: 'rollout.paper',
  verb: 'draft',
  subjects: [],
  input: { documents: [{ site, kind }] },
})

const address = (site: Site, kind: string, type: 'html' | 'pdf'): string =>
  addressOf(`/api/rollout/site/{id}/paper/${kind}.${type}`, { params: { id: site.code } })

function Paper({ site, kind }: { site: Site; kind: string }) {
  useLanguage()
  return (
    <li className={styles.paper} data-paper={kind}>
      <a className={styles.link} href={address(site, kind, 'html')} target="_blank" rel="noopener">
        {choiceWord(kind)}
      </a>
      <a className={styles.link} href={address(site, kind, 'pdf')} target="_blank" rel="noopener">
        PDF
      </a>
      {may('rollout.paper.draft') ? (
        <ActButton
          small
          act={{
            text: t('governance.draft'),
            of: `${site.id} ${kind}`,
            look: (_reason, signal) => preview(draftRequest(site.code, kind), signal),
            perform: (_reason, key) => perform(draftRequest(site.code, kind), key),
            says: () => <p>{t('governance.draft-says')}</p>,
          }}
        />
      ) : null}
    </li>
  )
}

/** The papers, or nothing for whoever may not read them. */
export function SitePapers({ site }: { site: Site }) {
  useLanguage()
  if (!may('rollout.paper.read')) return null
  return (
    <Section
      title={t('governance.papers-now')}
      beside={
        <Link to="/rollout/paper" className={styles.link}>
          {t('governance.papers-all')}
        </Link>
      }
    >
      <ul className={styles.papers}>
        {KINDS.map((kind) => (
          <Paper key={kind} site={site} kind={kind} />
        ))}
      </ul>
    </Section>
  )
}
