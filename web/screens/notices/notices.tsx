// All notices of the person, the newest first: those not read yet, or all that ever were.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '../../client/http.ts'
import { bellText, markAllRead, markRead, type Notice } from '../../client/notices.ts'
import { companyCode } from '../../client/session.ts'
import { useStore } from '../../client/store.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Button } from '../../parts/button.tsx'
import { NoticeLine } from '../../parts/notice-line.tsx'
import { Empty, Page, ProblemNote, Skeleton } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import styles from './notices.module.css'

const PAGE = 50

function useNotices(unread: boolean) {
  const company = useStore(companyCode)
  return useInfiniteQuery({
    queryKey: ['ask', company, '/api/notices', 'page', unread],
    initialPageParam: '',
    queryFn: ({ pageParam: after, signal }) =>
      get('/api/notices', {
        query: { limit: PAGE, ...(unread ? { unread: true } : {}), ...(after ? { after } : {}) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
}

/** What stands there when there is none. */
const None = ({ unread }: { unread: boolean }) => (
  <Empty title={t(unread ? 'notice.empty-unread' : 'notice.empty')}>{t('notice.empty-text')}</Empty>
)

const Line = ({ notice }: { notice: Notice }) => (
  <li className={styles.line}>
    <NoticeLine notice={notice} />
    {notice.readAt === null ? (
      <Button tone="quiet" icon="check" aria-label={t('notice.mark')} onClick={() => void markRead(notice)} />
    ) : null}
  </li>
)

/** The screen at /notices; `?show=all` shows the read ones too. */
export function Screen() {
  useLanguage()
  const navigate = useNavigate()
  const all = useSearch({ strict: false }).show === 'all'
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotices(!all)
  const [problem, setProblem] = useState<unknown>()
  const notices = data?.pages.flatMap((page) => page.items) ?? []
  const unread = data?.pages[0]?.unread ?? 0
  const newest = notices[0]?.at
  const markAll = () => newest && void markAllRead(newest).then(() => setProblem(undefined), setProblem)
  const tabs = [
    { key: 'unread', text: t('notice.unread'), count: bellText(unread), to: '/notices', chosen: !all },
    { key: 'all', text: t('notice.all'), to: '/notices', search: { show: 'all' }, chosen: all },
  ]
  return (
    <Page
      title={t('notice.title')}
      actions={unread > 0 ? <Button onClick={markAll}>{t('notice.mark-all')}</Button> : null}
    >
      <Tabs
        label={t('notice.title')}
        tabs={tabs}
        onGo={({ to, search }) => void navigate({ to, search: search ?? {} })}
      />
      {problem ? <ProblemNote error={problem} onRetry={markAll} /> : null}
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : notices.length === 0 ? (
        <None unread={!all} />
      ) : (
        <ul className={styles.list} aria-label={t('notice.title')}>
          {notices.map((notice) => (
            <Line key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('notice.older')}
        </Button>
      ) : null}
    </Page>
  )
}
