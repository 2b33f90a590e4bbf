// The page of a sales order: where it stands, what stops it, what came of it, why each line is as it is, and what can be done.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { type DocumentText, useDescription } from '../../client/descriptions.ts'
import { asProblem } from '../../client/problem.ts'
import { useOne } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { ChangedNotice } from '../../generic/document/changed.tsx'
import { CopyLink, Unknown } from '../../generic/document/link.tsx'
import { Timeline } from '../../generic/document/timeline.tsx'
import { money } from '../../i18n/format.ts'
import { documentsWord, fieldWord, t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { Facts, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Day, Ref } from '../../parts/values.tsx'
import { useKeys } from '../../shell/keys.ts'
import { Nowhere } from '../../shell/nowhere.tsx'
import { remember } from '../../shell/recent.ts'
import { openAtDesk } from './at-desk.ts'
import { Blocking } from './blocking.tsx'
import { Chain } from './chain.tsx'
import { Lines } from './lines.tsx'
import styles from './order.module.css'
import { type Order, useChain, useFamily, useOrderHolds } from './order-data.ts'
import { Reached } from './reached.tsx'
import { TakeBack } from './take-back.tsx'
import { Verbs } from './verbs.tsx'

function Head({ order }: { order: Order }) {
  const facts = [
    { label: fieldWord('customer'), value: <Ref of="party.customer" id={order.customer} /> },
    order.shipTo ? { label: fieldWord('shipTo'), value: <Ref of="party.ship-to" id={order.shipTo} as="both" /> } : null,
    { label: fieldWord('warehouse'), value: <Ref of="company.warehouse" id={order.warehouse} /> },
    order.reference ? { label: t('desk.reference'), value: order.reference } : null,
    { label: fieldWord('orderedOn'), value: <Day value={order.orderedOn} /> },
    order.requestedOn ? { label: t('desk.wanted'), value: <Day value={order.requestedOn} /> } : null,
    order.validUntil ? { label: fieldWord('validUntil'), value: <Day value={order.validUntil} /> } : null,
    { label: fieldWord('backorderRule'), value: order.backorderRule },
    { label: t('desk.net'), value: money(order.net, order.currency) },
    { label: t('desk.tax'), value: money(order.tax, order.currency) },
    { label: t('desk.total'), value: <b>{money(order.total, order.currency)}</b> },
    order.note ? { label: fieldWord('note'), value: order.note } : null,
    order.closedReason ? { label: fieldWord('closedReason'), value: order.closedReason } : null,
  ]
  return <Facts facts={facts.flatMap((fact) => (fact ? [fact] : []))} />
}

function Body({ order }: { order: Order }) {
  const chain = useChain(order.id)
  const holds = useOrderHolds(order.id)
  const family = useFamily(order)
  const lines = chain.data?.items ?? []
  return (
    <div className={styles.body}>
      <Reached id={order.id} />
      {chain.error ? <ProblemNote error={chain.error} onRetry={() => void chain.refetch()} /> : null}
      <Blocking order={order} lines={lines} holds={holds.data?.items ?? []} />
      <Chain order={order} lines={lines} family={family} />
      <Head order={order} />
      <Lines order={order} chain={lines} />
    </div>
  )
}

function Shown({ doc, id }: { doc: DocumentText; id: string }) {
  useLanguage()
  const navigate = useNavigate()
  const { data, error, refetch } = useOne('sales.order', id)
  // The members are those of the description of a sales order.
  const order = data as Order | undefined
  useKeys({ Escape: () => void navigate({ to: '/sales/order' }) })
  useEffect(() => {
    if (order) remember({ document: 'sales.order', id: order.id, number: order.number, title: null })
  }, [order])
  if (error)
    return asProblem(error).code === 'NOT_FOUND' ? (
      <Unknown doc={doc} />
    ) : (
      <ProblemNote error={error} onRetry={() => void refetch()} />
    )
  if (!order) return <Skeleton lines={10} />
  const editable = order.state === 'draft' && may('sales.order.draft') && may('sales.order.revise')
  return (
    <Page
      title={order.number}
      crumb={{ to: '/sales/order', text: documentsWord(doc.name, doc.label) }}
      beside={<StateBadge state={order.state} />}
      body="bare"
      actions={
        <>
          <CopyLink document={doc.name} id={order.id} />
          {editable ? (
            <Button onClick={() => void openAtDesk(order).then(() => navigate({ to: '/desk' }))}>
              {t('order.at-desk')}
            </Button>
          ) : null}
          <TakeBack order={order} />
          <Verbs doc={doc} order={order} />
        </>
      }
    >
      <ChangedNotice doc={doc} one={order} />
      <div className={styles.split}>
        <Body order={order} />
        <aside>
          <Timeline doc={doc} one={order} />
        </aside>
      </div>
    </Page>
  )
}

/** The screen at /sales/order/$id, where the id may be the number too. */
export function Screen() {
  const { id } = useParams({ strict: false })
  const doc = useDescription('sales.order')
  if (!doc || !id) return <Nowhere />
  return <Shown key={id} doc={doc} id={id} />
}
