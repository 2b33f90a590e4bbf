// Holds of every other kind, and what goes wrong elsewhere: the reason, who can change it, and the button or the way there.
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { documentPath, useDescription } from '../../client/descriptions.ts'
import { VerbButton } from '../../generic/verb/verb-button.tsx'
import { choiceWord, documentWord, t, useLanguage, verbWord } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Facts } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant, Money } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { Head } from './head.tsx'
import { Moved } from './moved.tsx'
import styles from './queues.module.css'
import { useDocument } from './use-document.ts'
import { useSteps } from './use-steps.ts'
import { type Hold, reasonOf, type Facts as Told, type Waiting } from './waiting.ts'

type Margin = { line?: unknown; margin_before?: string; margin_after?: string; margin?: string; floor?: string }
const marginsOf = (value: unknown): readonly Margin[] => (Array.isArray(value) ? value : [])

/** The pane of a hold that is not about credit. */
export function HoldDetail({ hold }: { hold: Hold }) {
  useLanguage()
  const { open, around } = useSteps(hold.order_id)
  const release = hold.kind === 'price' || hold.kind === 'margin' ? 'release-price' : 'release-hold'
  useKeys({ a: () => open(release), r: () => open('cancel') })
  return (
    <>
      <Head
        title={hold.customer_name}
        of="sales.order"
        id={hold.order_id}
        beside={<StateBadge state="on_hold">{choiceWord(hold.kind)}</StateBadge>}
        actions={
          <>
            <VerbButton {...around('cancel')} tone="danger" hint="r" />
            <VerbButton
              {...around(release)}
              tone="primary"
              hint="a"
              {...(release === 'release-hold' ? { values: { kinds: [hold.kind] } } : {})}
            />
          </>
        }
      />
      <p className={styles.reason}>{reasonOf(hold)}</p>
      <Facts
        facts={[
          { label: t('work.order-total'), value: <Money value={hold.total} currency={hold.currency} /> },
          { label: t('work.since'), value: <Instant value={hold.raised_at} /> },
          { label: t('work.due'), value: <Instant value={hold.due_at} /> },
          {
            label: t('work.role'),
            value: hold.escalated_to
              ? `${choiceWord(hold.role)} → ${choiceWord(hold.escalated_to)}`
              : choiceWord(hold.approver ?? hold.role),
          },
        ]}
      />
      {marginsOf(hold.margin).map((one) => (
        <p key={JSON.stringify(one)} className={styles.note}>
          {t('work.line')} {String(one.line ?? '')}{' '}
          <Moved before={one.margin_before ?? one.floor ?? null} after={one.margin_after ?? one.margin ?? null} />
        </p>
      ))}
      {hold.suggestion ? <p className={styles.note}>{hold.suggestion}</p> : null}
    </>
  )
}

/** The pane of anything else that waits. */
export function OtherDetail({
  one,
  document,
  id,
  facts,
  to,
}: {
  one: Waiting
  document: string
  id: string | null
  facts: Told
  to: string | undefined
}) {
  useLanguage()
  const doc = useDescription(document)
  const { data } = useDocument(document, id)
  const [opened, setOpened] = useState<string>()
  const navigate = useNavigate()
  const possible =
    data && !to ? (doc?.verbs ?? []).filter((verb) => !verb.creates && verb.from.includes(data.state)).slice(0, 3) : []
  useKeys({ a: () => (to ? void navigate({ to }) : setOpened(possible[0]?.verb)) })
  return (
    <>
      <Head
        title={one.title}
        of={document}
        id={id}
        beside={data ? <StateBadge state={data.state} /> : null}
        actions={
          to ? (
            <Button tone="primary" hint="a" onClick={() => void navigate({ to })}>
              {verbWord('open')}
            </Button>
          ) : data ? (
            possible.map((verb, at) => (
              <VerbButton
                key={verb.verb}
                document={document}
                verb={verb.verb}
                subjects={[data]}
                tone={at === 0 ? 'primary' : 'plain'}
                opened={opened === verb.verb}
                onOpened={(open) => setOpened(open ? verb.verb : undefined)}
                {...(at === 0 ? { hint: 'a' } : {})}
              />
            ))
          ) : null
        }
      />
      <p className={styles.reason}>{one.why}</p>
      <Facts
        facts={[
          { label: t('work.role'), value: choiceWord(one.role) },
          ...(one.since ? [{ label: t('work.since'), value: <Instant value={one.since} /> }] : []),
          ...(one.amount
            ? [{ label: t('work.amount'), value: <Money value={one.amount} currency={one.currency} /> }]
            : []),
          ...facts.filter((fact) => fact.value),
        ]}
      />
      {id && doc ? (
        <p className={styles.note}>
          <Link to={documentPath(document, id)}>
            {verbWord('open')}: {documentWord(document, doc.label)}
          </Link>
        </p>
      ) : null}
    </>
  )
}
