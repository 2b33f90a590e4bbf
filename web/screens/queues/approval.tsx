// One approval: what is asked, by whom, what it does to the margin, and the two keys that decide it.
import { useState } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { post } from '../../client/http.ts'
import { type One, touched } from '../../client/questions.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { choiceWord, documentWord, t, useLanguage } from '../../i18n/index.ts'
import { ActButton } from '../../parts/act-panel.tsx'
import { Facts, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Day, Instant, Money, Ref } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { JournalLines, members, OtherLines, PricedLines, text } from './approval-lines.tsx'
import { Head } from './head.tsx'
import { points } from './moved.tsx'
import styles from './queues.module.css'
import { useDocument } from './use-document.ts'
import { type Approval, kindOf } from './waiting.ts'

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
          ...(text(detail.date) ? [{ label: t('finance.date'), value: <Day value={text(detail.date)} /> }] : []),
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
