// One approval: what is asked, by whom, what it does to the margin, and the two keys that decide it.
import { useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { post } from '../../client/http.ts'
import { type One, touched } from '../../client/questions.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { price } from '../../i18n/format.ts'
import { choiceWord, documentWord, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Facts, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant, Money, Quantity, Ref } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { Head } from './head.tsx'
import { Moved, points } from './moved.tsx'
import styles from './queues.module.css'
import { useDocument } from './use-document.ts'
import { type Approval, kindOf } from './waiting.ts'

type Members = Readonly<Record<string, unknown>>
const members = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
const rowsOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.map(members) : [])

// Documents whose own verbs decide; the others are decided as approvals, and go on when somebody does the verb itself.
const OWN_VERBS: Readonly<Record<string, { approve: string; refuse?: string }>> = {
  'price-override': { approve: 'release-price' },
  'margin-floor': { approve: 'release-price' },
  'stock-adjustment': { approve: 'approve', refuse: 'reject' },
}

/** Deciding the approval itself, with the same dry run as any verb. */
function useDecide(approval: Approval) {
  return (decision: 'approved' | 'rejected') => {
    const body = (reason: string) => ({ approval: approval.id, decision, ...(reason ? { reason } : {}) })
    return {
      of: `${approval.id} ${decision}`,
      look: (reason: string, signal: AbortSignal) =>
        post('/api/approvals/decide', body(reason), { dryRun: true, signal }),
      perform: (reason: string, key: string) => post('/api/approvals/decide', body(reason), { key }),
      says: () => (
        <p>
          {decision === 'rejected'
            ? t('work.says-refused', { name: approval.requestedByName ?? '' })
            : t('work.says-approved', { name: approval.requestedByName ?? '' })}
        </p>
      ),
      done: () => touched(approval.document, [approval.documentId]),
    }
  }
}

function Decision({ approval, one }: { approval: Approval; one: One | undefined }) {
  const [opened, setOpened] = useState<'approve' | 'refuse'>()
  const decide = useDecide(approval)
  const own = OWN_VERBS[approval.kind]
  const verbs = useDescription(approval.document)?.verbs
  const by = (verb: string | undefined) =>
    verb !== undefined && one !== undefined && verbs?.some((v) => v.verb === verb)
  useKeys({ a: () => setOpened('approve'), r: () => setOpened('refuse') }, !approval.own)
  if (approval.own) return <p className="quiet">{t('work.own')}</p>
  const around = (which: 'approve' | 'refuse') => ({
    opened: opened === which,
    onOpened: (open: boolean) => setOpened(open ? which : undefined),
  })
  const close = () => setOpened(undefined)
  return (
    <>
      {own?.refuse && by(own.refuse) && one ? (
        <VerbButton document={approval.document} verb={own.refuse} subjects={[one]} hint="r" {...around('refuse')} />
      ) : (
        <ActButton
          act={{ ...decide('rejected'), text: t('work.refuse'), tone: 'danger', hint: 'r', reason: 'needed' }}
          {...around('refuse')}
        />
      )}
      {own && by(own.approve) && one ? (
        <VerbButton
          document={approval.document}
          verb={own.approve}
          subjects={[one]}
          tone="primary"
          hint="a"
          onDone={close}
          {...around('approve')}
        />
      ) : (
        <ActButton
          act={{ ...decide('approved'), text: t('work.approve'), tone: 'primary', hint: 'a', reason: 'asked' }}
          {...around('approve')}
        />
      )}
    </>
  )
}

/** Lines of an order whose price or margin needs a yes: what it was, what it would be, and what that leaves. */
function PricedLines({ approval, one }: { approval: Approval; one: One | undefined }) {
  const lines = rowsOf(members(approval.detail).lines)
  const ofOrder = new Map((one?.lines ?? []).map((line) => [String(line.line), line]))
  const overrides = approval.kind === 'price-override'
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('work.line')}</th>
            <th scope="col" className={styles.grow}>
              {t('work.item')}
            </th>
            <th scope="col" className={styles.right}>
              {t('stock.quantity')}
            </th>
            <th scope="col" className={styles.right}>
              {t('work.price')}
            </th>
            <th scope="col" className={styles.right}>
              {t('work.margin')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const known = ofOrder.get(String(line.line))
            const before = text(line.margin_before) ?? text(line.floor)
            return (
              <tr key={String(line.line)}>
                <td>{text(line.line)}</td>
                <td className={styles.grow}>
                  {text(known?.description)}
                  <small>
                    {overrides
                      ? choiceWord(text(line.reason)?.toLowerCase() ?? '')
                      : `${t('work.floor')} ${points(text(line.floor) ?? '0')}`}
                  </small>
                </td>
                <td className={styles.right}>
                  <Quantity value={text(known?.quantity)} unit={text(known?.unit)} />
                </td>
                <td className={styles.right}>
                  {text(line.resolved) ? <s className="quiet">{price(text(line.resolved) ?? '')}</s> : null}{' '}
                  <b className="number">{price(text(line.price) ?? '')}</b>
                </td>
                <td className={styles.right}>
                  <Moved before={before} after={text(line.margin_after) ?? text(line.margin)} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** An entry by hand that waits: it is not in the books yet, so its lines are those of the request. */
function JournalLines({ approval }: { approval: Approval }) {
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            <th scope="col" className={styles.grow}>
              {t('finance.account')}
            </th>
            <th scope="col" className={styles.right}>
              {t('finance.debit')}
            </th>
            <th scope="col" className={styles.right}>
              {t('finance.credit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(members(approval.detail).lines).map((line) => (
            <tr key={JSON.stringify(line)}>
              <td className={`${styles.grow} code`}>{text(line.account)}</td>
              <td className={styles.right}>
                <Money value={text(line.debit)} />
              </td>
              <td className={styles.right}>
                <Money value={text(line.credit)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Lines of a credit note or a count, as far as they tell what is agreed to. */
function OtherLines({ one }: { one: One }) {
  const lines = one.lines ?? []
  return (
    <div className={styles.table}>
      <table>
        <tbody>
          {lines.slice(0, 50).map((line, at) => (
            <tr key={text(line.id) ?? `line-${at + 1}`}>
              <td className={styles.grow}>
                {text(line.description) ?? <Ref of="catalog.item" id={text(line.item)} />}
              </td>
              <td className={styles.right}>
                <Quantity value={text(line.quantity)} unit={text(line.unit)} />
              </td>
              <td className={styles.right}>
                <Money value={text(line.net) ?? text(line.value)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The pane of an approval. */
export function ApprovalDetail({ approval }: { approval: Approval }) {
  useLanguage()
  const detail = members(approval.detail)
  const inBooks = approval.kind !== 'journal'
  const doc = useDescription(approval.document)
  const { data: one, error } = useDocument(approval.document, inBooks ? approval.documentId : null)
  const priced = approval.kind === 'price-override' || approval.kind === 'margin-floor'
  return (
    <>
      <Head
        title={kindOf(approval)}
        {...(inBooks ? { of: approval.document, id: approval.documentId } : {})}
        beside={one ? <StateBadge state={one.state} /> : null}
        actions={<Decision approval={approval} one={one} />}
      />
      <Facts
        facts={[
          { label: t('work.asked-by'), value: approval.requestedByName },
          { label: t('work.since'), value: <Instant value={approval.requestedAt} /> },
          { label: t('work.role'), value: choiceWord(approval.role) },
          ...(priced
            ? [{ label: t('work.measure'), value: points(approval.amount ?? '0') }]
            : [{ label: t('work.amount'), value: <Money value={approval.amount} currency={text(one?.currency)} /> }]),
          ...(one?.customer
            ? [{ label: t('work.customer'), value: <Ref of="party.customer" id={text(one.customer)} /> }]
            : []),
          ...(one?.total
            ? [{ label: t('work.order-total'), value: <Money value={text(one.total)} currency={text(one.currency)} /> }]
            : []),
          ...(text(detail.reason) ? [{ label: t('work.reason'), value: text(detail.reason) }] : []),
          ...(text(detail.description) ? [{ label: t('work.text'), value: text(detail.description) }] : []),
          ...(text(detail.date) ? [{ label: t('finance.date'), value: text(detail.date) }] : []),
          ...(text(detail.wanted)
            ? [
                {
                  label: t('work.limit-change'),
                  value: (
                    <>
                      <Money value={text(detail.limit)} /> → <Money value={text(detail.wanted)} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {error ? <ProblemNote error={error} /> : null}
      {priced ? (
        <PricedLines approval={approval} one={one} />
      ) : approval.kind === 'journal' ? (
        <JournalLines approval={approval} />
      ) : one?.lines ? (
        <OtherLines one={one} />
      ) : inBooks && !one && !error && doc ? (
        <Skeleton lines={3} />
      ) : null}
      <p className={styles.note}>
        {documentWord(approval.document, doc?.label ?? approval.document)} ·{' '}
        {t(priced ? 'work.void-note' : 'work.then-note')}
      </p>
    </>
  )
}
