// The work queues: what waits for me, approvals, orders held for credit, and orders that wait for stock.
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDescription } from '../../client/descriptions.ts'
import { useName } from '../../client/names.ts'
import { useGet } from '../../client/questions.ts'
import { may } from '../../client/session.ts'
import { choiceWord, t, useLanguage } from '../../i18n/index.ts'
import { Kbd } from '../../parts/button.tsx'
import { Inbox, InboxRow, Mark } from '../../parts/inbox.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { Instant, Money } from '../../parts/values.tsx'
import { ApprovalDetail } from './approval.tsx'
import { Backorders } from './backorders.tsx'
import { CreditDetail } from './credit-hold.tsx'
import { HoldDetail, OtherDetail } from './other.tsx'
import styles from './queues.module.css'
import { useWaiting, type Waiting } from './waiting.ts'

type Queue = 'mine' | 'approvals' | 'credit' | 'backorders'

/** An approval knows only what it is about; its number comes with the others of the screen. */
function Title({ one }: { one: Waiting }) {
  const of = one.what.is === 'approval' && one.what.approval.kind !== 'journal' ? one.what.approval : undefined
  const readable = useDescription(of?.document ?? '') !== undefined
  const name = useName(of?.document ?? '', of && readable ? of.documentId : null)
  return name ? `${one.title} ${name.number}` : one.title
}

const Row = ({ one }: { one: Waiting }) => (
  <InboxRow
    mark={<Mark mood={one.overdue ? 'bad' : 'wait'}>{t(one.overdue ? 'work.late' : 'work.waits')}</Mark>}
    title={<Title one={one} />}
    end={<Money value={one.amount} currency={one.currency} />}
    below={one.why}
    belowEnd={
      <>
        {choiceWord(one.role)}
        {one.since ? (
          <>
            {' '}
            · <Instant value={one.since} />
          </>
        ) : null}
      </>
    }
  />
)

function Detail({ one }: { one: Waiting }): ReactNode {
  switch (one.what.is) {
    case 'approval':
      return <ApprovalDetail approval={one.what.approval} />
    case 'hold':
      return one.what.hold.kind === 'credit' ? (
        <CreditDetail hold={one.what.hold} />
      ) : (
        <HoldDetail hold={one.what.hold} />
      )
    default:
      return (
        <OtherDetail one={one} document={one.what.document} id={one.what.id} facts={one.what.facts} to={one.what.to} />
      )
  }
}

const Hints = () => (
  <span className={styles.hints} aria-hidden="true">
    <Kbd>j</Kbd>
    <Kbd>k</Kbd> {t('work.move')} <Kbd>a</Kbd> {t('work.accept')} <Kbd>r</Kbd> {t('work.refuse-hint')}
  </span>
)

/** The screen at /work?queue=…&at=… */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const queues = useWaiting()
  const short = useGet('/api/warehouse/backorders', {}, { enabled: may('sales.order.read') })
  const queue: Queue =
    search.queue === 'approvals' || search.queue === 'credit' || search.queue === 'backorders' ? search.queue : 'mine'
  const go = (to: Queue, at?: string) =>
    void navigate({
      to: '/work',
      search: { ...(to === 'mine' ? {} : { queue: to }), ...(at ? { at } : {}) },
      replace: at !== undefined,
    })
  const tab = (key: Queue, text: string, count: number | undefined): Tab => ({
    key,
    text,
    count,
    to: '/work',
    search: key === 'mine' ? {} : { queue: key },
    chosen: key === queue,
  })
  const sells = may('sales.order.read')
  const tabs = [
    tab('mine', t('work.mine'), queues.mine.length),
    tab('approvals', t('work.approvals'), queues.approvals.length),
    ...(sells ? [tab('credit', t('work.credit'), queues.credit.length)] : []),
    ...(sells ? [tab('backorders', t('work.backorders'), short.data?.items.length ?? 0)] : []),
  ]
  const label = tabs.find((one) => one.chosen)?.text ?? ''
  return (
    <Page title={t('work.title')} body="bare">
      <div className={styles.screen}>
        <Tabs label={t('work.title')} tabs={tabs} onGo={(one) => go(one.key as Queue)} beside={<Hints />} />
        <div className={styles.place}>
          {queue === 'backorders' ? (
            <Backorders
              rows={short.data?.items}
              error={short.error}
              chosen={search.at}
              onChoose={(at) => go('backorders', at ?? '')}
            />
          ) : queues.error ? (
            <ProblemNote error={queues.error} onRetry={queues.again} />
          ) : queues.pending ? (
            <Skeleton lines={10} />
          ) : (
            <Inbox
              key={queue}
              label={label}
              rows={queues[queue]}
              keyOf={(one) => one.key}
              chosen={search.at}
              onChoose={(at) => go(queue, at ?? '')}
              row={(one) => <Row one={one} />}
              detail={(one) => <Detail one={one} />}
              nothing={<Empty title={t(`work.none-${queue}`)}>{t('work.none-rest')}</Empty>}
            />
          )}
        </div>
      </div>
    </Page>
  )
}
