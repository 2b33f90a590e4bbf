// One journal entry: its lines with the names of their accounts, the document that it comes from, and reversing it.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { type One, useGet, useOne } from '../../client/questions.ts'
import { currentCompany } from '../../client/session.ts'
import { Timeline } from '../../generic/document/timeline.tsx'
import { type Each, perform, preview, type Request } from '../../generic/verb/use-verb.ts'
import { money } from '../../i18n/format.ts'
import { t, useLanguage, verbWord } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { DocRef } from '../../parts/doc-ref.tsx'
import { isZero, sum } from '../../parts/exact.ts'
import { Empty, Facts, Page, ProblemNote, Section, Skeleton, Split } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { cell, growing, right, Table } from '../../parts/table.tsx'
import { Day, Instant, Ref } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { remember } from '../../shell/recent.ts'
import { eventWord, NUMBER } from './journal.tsx'

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const amount = (value: string) => (isZero(value) ? null : <span className="number">{money(value)}</span>)

function Lines({ id }: { id: string }) {
  const { data, error } = useGet('/api/ledger/entry-lines', { entry: id })
  if (error) return <ProblemNote error={error} />
  if (!data) return <Skeleton lines={4} />
  const rows = data.items
  const own = currentCompany().currency
  const foreign = rows.some((row) => row.currency !== own)
  return (
    <Table
      heads={[
        growing(t('finance.account')),
        t('finance.for'),
        foreign ? right(t('finance.in-currency')) : null,
        right(`${t('finance.debit')} ${own}`),
        right(`${t('finance.credit')} ${own}`),
      ]}
      foot={
        <tr>
          <td className={cell.grow}>{t('finance.total')}</td>
          <td />
          {foreign ? <td /> : null}
          <td className={cell.right}>{amount(sum(rows.map((row) => row.debit)))}</td>
          <td className={cell.right}>{amount(sum(rows.map((row) => row.credit)))}</td>
        </tr>
      }
    >
      {rows.map((row) => (
        <tr key={row.line}>
          <td className={cell.grow}>
            <Link to={`/finance/account/${row.account}`}>
              <span className="code">{row.account}</span> {row.name}
            </Link>
            {row.description ? <small className="quiet"> {row.description}</small> : null}
          </td>
          <td>
            {row.party_name}
            {row.item_id ? <DocRef of="catalog.item" id={row.item_id} /> : null}
          </td>
          {foreign ? (
            <td className={cell.right}>
              <span className="number quiet">{money(row.amount_currency, row.currency)}</span>
            </td>
          ) : null}
          <td className={cell.right}>{amount(row.debit)}</td>
          <td className={cell.right}>{amount(row.credit)}</td>
        </tr>
      ))}
    </Table>
  )
}

function Head({ one }: { one: One }) {
  const reverses = text(one.reverses)
  return (
    <Section title={t('finance.why-here')}>
      <Facts
        facts={[
          {
            label: t('finance.document'),
            value: <DocRef of={text(one.source)} id={text(one.sourceId)} otherwise={text(one.description)} />,
          },
          { label: t('finance.event'), value: eventWord(text(one.event) ?? '') },
          { label: t('finance.date'), value: <Day value={text(one.postingDate)} /> },
          { label: t('finance.journal-short'), value: <span className="code">{text(one.journal)}</span> },
          { label: t('finance.posted'), value: <Instant value={text(one.postedAt)} /> },
          ...(NUMBER.test(text(one.description) ?? '')
            ? []
            : [{ label: t('finance.text'), value: text(one.description) }]),
          ...(reverses
            ? [{ label: t('finance.reverses'), value: <Ref of="ledger.entry" id={reverses} as="number" /> }]
            : []),
        ]}
      />
    </Section>
  )
}

/** Only what was entered by hand is reversed here; the entry of a document goes with its document. */
function Reverse({ one }: { one: One }) {
  const allowed = useDescription('ledger.entry')?.verbs.some((verb) => verb.verb === 'reverse') === true
  if (!allowed || one.source !== 'ledger.entry' || text(one.reverses)) return null
  const request = (reason: string): Request => ({
    document: 'ledger.entry',
    verb: 'reverse',
    subjects: [],
    input: { documents: [{ entry: one.id }] },
    reason,
  })
  return (
    <ActButton<readonly Each[]>
      act={{
        text: verbWord('reverse'),
        tone: 'danger',
        of: one.id,
        reason: 'needed',
        look: (reason, signal) => preview(request(reason), signal),
        perform: (reason, key) => perform(request(reason), key),
        says: () => <p>{t('finance.reverse-says')}</p>,
      }}
    />
  )
}

/** The screen at /ledger/entry/…, in the place of the generic page. */
export function Screen() {
  useLanguage()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const navigate = useNavigate()
  const doc = useDescription('ledger.entry')
  const { data: one, error, refetch } = useOne('ledger.entry', id)
  useKeys({ Escape: () => void navigate({ to: '/finance/journal' }) })
  useEffect(() => {
    if (one) remember({ document: 'ledger.entry', id: one.id, number: one.number, title: text(one.description) })
  }, [one])
  const crumb = { to: '/finance/journal', text: t('finance.journal') }
  if (error)
    return (
      <Page title={t('finance.entry')} crumb={crumb}>
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!one) return <Skeleton lines={10} />
  return (
    <Page
      title={one.number}
      crumb={crumb}
      beside={<StateBadge state={one.state} />}
      body="bare"
      actions={<Reverse one={one} />}
    >
      {doc ? (
        <Split aside={<Timeline doc={doc} one={one} />}>
          <Head one={one} />
          <Section title={t('finance.lines')}>
            <Lines id={one.id} />
          </Section>
        </Split>
      ) : (
        <Empty title={t('document.unknown')} />
      )}
    </Page>
  )
}
