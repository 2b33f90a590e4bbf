// What stands at an address where nothing is, and where something broke.
import { Link } from '@tanstack/react-router'
import { t } from '../i18n/index.ts'
import { Empty, Page, ProblemNote } from '../parts/page.tsx'

/** Nothing at this address. */
export function Nowhere() {
  return (
    <Page title={t('document.unknown')}>
      <Empty title={t('document.unknown')} action={<Link to="/">{t('nav.home')}</Link>}>
        {t('document.unknown-rest')}
      </Empty>
    </Page>
  )
}

/** A screen that broke; the frame around it goes on. */
export function Fault({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Page title={t('app.fault')}>
      <ProblemNote error={error} onRetry={reset} after={t('app.fault-rest')} />
    </Page>
  )
}
