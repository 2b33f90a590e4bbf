// A document's address: copying it for somebody else, and what whoever follows one that leads nowhere sees.
import { Link } from '@tanstack/react-router'
import { type DocumentText, documentPath, listPath } from '../../client/descriptions.ts'
import { chooseCompany, companyCode, currentCompany, session } from '../../client/session.ts'
import { documentsWord, documentWord, t } from '../../i18n/index.ts'
import { Button, buttonClass } from '../../parts/button.tsx'
import { Empty, Page } from '../../parts/page.tsx'
import { notify } from '../../shell/notices.tsx'

/** What stands at the address of no document, or of none that the person may see: a link says not which. */
export function Unknown({ doc }: { doc: DocumentText }) {
  const others = session.get()?.companies.filter((one) => one.code !== companyCode.get()) ?? []
  const documents = documentsWord(doc.name, doc.label)
  return (
    <Page title={documentWord(doc.name, doc.label)} crumb={{ to: listPath(doc.name), text: documents }}>
      <Empty
        title={t('document.unknown')}
        action={
          <>
            {others.map((one) => (
              <Button key={one.code} onClick={() => chooseCompany(one.code)}>
                {t('document.look-in', { company: one.name })}
              </Button>
            ))}
            <Link className={buttonClass} to={listPath(doc.name)}>
              {t('document.to-list', { documents })}
            </Link>
          </>
        }
      >
        {t('document.unknown-in', { company: currentCompany().name })} {t('document.unknown-rest')}
      </Empty>
    </Page>
  )
}

function copy(document: string, id: string): void {
  const link = new URL(documentPath(document, id), location.origin)
  // Whoever works for several companies must be told which one a link is of.
  if (companyCode.get()) link.searchParams.set('company', companyCode.get() ?? '')
  void navigator.clipboard.writeText(link.href).then(() => notify('good', t('document.copied')))
}

/** The button that puts the address of a document on the clipboard. */
export const CopyLink = ({ document, id }: { document: string; id: string }) => (
  <Button tone="quiet" icon="link" aria-label={t('document.copy-link')} onClick={() => copy(document, id)} />
)
