// The papers of a document as a menu: each opens beside in the person's language, or is saved for a label printer.
import { apiPath } from '../client/descriptions.ts'
import { addressOf } from '../client/http.ts'
import type { One } from '../client/questions.ts'
import { type Key, locale, t, useLanguage } from '../i18n/index.ts'
import { Button } from './button.tsx'
import { Menu } from './pop.tsx'

type Paper = { readonly file: string; readonly text: Key; readonly not?: readonly string[] }

const PAPERS: Readonly<Record<string, readonly Paper[]>> = {
  'warehouse.shipment': [
    { file: 'pick-list.pdf', text: 'paper.pick-list' },
    { file: 'packing-slip.pdf', text: 'paper.packing-slip' },
    { file: 'label.pdf', text: 'paper.label', not: ['cancelled'] },
    { file: 'label.zpl', text: 'paper.label-zpl', not: ['cancelled'] },
  ],
  'receivables.invoice': [{ file: 'invoice.pdf', text: 'paper.invoice' }],
  'receivables.credit-note': [{ file: 'credit-note.pdf', text: 'paper.credit-note' }],
}

/** The address of a paper. A shelf and its list speak the person's language; what goes to customers speaks the company's. */
export function paperAddress(document: string, id: string, file: string): string {
  const language = file === 'pick-list.pdf' ? { language: locale().startsWith('de') ? 'de' : 'en' } : {}
  return addressOf(`${apiPath(document)}/{id}/paper/${file}`, { params: { id }, query: language })
}

function open(address: string, file: string): void {
  const link = document.createElement('a')
  link.href = address
  if (file.endsWith('.pdf')) {
    link.target = '_blank'
    link.rel = 'noopener'
  } else link.download = file
  link.click()
}

/** The menu, or nothing where a document has no papers. */
export function Papers({ document: name, one }: { document: string; one: One }) {
  useLanguage()
  // A credit note is kept among the invoices, and printed as what it is.
  const as = name === 'receivables.invoice' && one.kind === 'credit-note' ? 'receivables.credit-note' : name
  const papers = (PAPERS[as] ?? []).filter((paper) => !paper.not?.includes(one.state))
  if (papers.length === 0) return null
  return (
    <Menu
      target={
        <Button tone="quiet" icon="export">
          {t('paper.print')}
        </Button>
      }
      items={papers.map((paper) => ({
        key: paper.file,
        text: t(paper.text),
        onChoose: () => open(paperAddress(as, one.id, paper.file), paper.file),
      }))}
    />
  )
}
