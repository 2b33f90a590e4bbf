// The handheld: pick, pack, ship and receive by scan, with large targets, on a small screen, with and without a line.
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { online } from '../client/live.ts'
import { may } from '../client/session.ts'
import { useStore } from '../client/store.ts'
import { counted, type Key, t, useLanguage } from '../i18n/index.ts'
import { isZero } from '../parts/exact.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './handheld.module.css'
import { Pack, Ship } from './leave.tsx'
import { followLists, type List, nextOf, openOf, refresh, useLists } from './lists.ts'
import { Outbox } from './outbox.tsx'
import { Ask, Big, TypeCode, Wrong } from './parts.tsx'
import { Pick } from './pick.tsx'
import { loadQueue, queue, replay } from './queue.ts'
import { Receive } from './receive.tsx'
import { useScanner } from './scanner.ts'
import { tell } from './shared.ts'
import { right, setSound, sound, wrong as soundWrong } from './signal.ts'
import { startWorker } from './worker.ts'

const Camera = lazy(async () => ({ default: (await import('./camera.tsx')).Camera }))

type Task = 'pick' | 'pack' | 'ship' | 'receive'
type View = { at: 'home' | 'outbox' } | { at: 'task'; task: Task } | { at: 'list'; id: string }

const TASKS: readonly (readonly [Task, Key, string])[] = [
  ['pick', 'hand.pick', 'warehouse.shipment.pick'],
  ['pack', 'hand.pack', 'warehouse.shipment.pack'],
  ['ship', 'hand.ship', 'warehouse.shipment.ship'],
  ['receive', 'hand.receive', 'warehouse.receipt.receive'],
]

function Status({ view, go }: { view: View; go: (view: View) => void }) {
  const entries = useStore(queue)
  const line = useStore(online)
  const loud = useStore(sound) === 'yes'
  const trouble = entries.filter((one) => one.refused).length
  return (
    <header className={styles.head}>
      {view.at === 'home' ? (
        <Link to="/" className={styles.icon} aria-label={t('hand.leave')}>
          <Icon name="close" size={22} />
        </Link>
      ) : (
        <button type="button" className={styles.icon} aria-label={t('hand.back')} onClick={() => go({ at: 'home' })}>
          <Icon name="left" size={22} />
        </button>
      )}
      <span
        className={line ? styles.line : `${styles.line} ${styles.off}`}
        role="status"
        data-line={line ? 'on' : 'off'}
      >
        <Icon name={line ? 'check' : 'offline'} />
        {t(line ? 'hand.online' : 'hand.offline')}
      </span>
      {entries.length > 0 ? (
        <button
          type="button"
          className={trouble > 0 ? `${styles.chip} ${styles.trouble}` : styles.chip}
          data-queued={entries.length}
          onClick={() => go({ at: 'outbox' })}
        >
          {trouble > 0 ? counted('hand.trouble', trouble) : counted('hand.queued', entries.length)}
        </button>
      ) : null}
      <button
        type="button"
        className={styles.icon}
        aria-label={t(loud ? 'hand.sound-on' : 'hand.sound-off')}
        aria-pressed={loud}
        onClick={() => setSound(!loud)}
      >
        <Icon name="bell" size={20} />
      </button>
    </header>
  )
}

function Home({ lists, go }: { lists: readonly List[]; go: (view: View) => void }) {
  return (
    <>
      <Ask>{t('hand.scan-any')}</Ask>
      <div className={styles.tiles}>
        {TASKS.filter(([, , permission]) => may(permission)).map(([task, word]) => {
          const n = lists.filter((list) => nextOf(list) === task).length
          return (
            <button
              key={task}
              type="button"
              className={styles.tile}
              data-task={task}
              onClick={() => go({ at: 'task', task })}
            >
              <b>{t(word)}</b>
              {task === 'receive' ? null : <span>{counted('hand.lists', n)}</span>}
            </button>
          )
        })}
      </div>
    </>
  )
}

const NOTHING: Readonly<Record<'pick' | 'pack' | 'ship', Key>> = {
  pick: 'hand.no-pick',
  pack: 'hand.no-pack',
  ship: 'hand.no-ship',
}

function Choose({
  task,
  lists,
  go,
}: {
  task: 'pick' | 'pack' | 'ship'
  lists: readonly List[]
  go: (view: View) => void
}) {
  const own = lists.filter((list) => nextOf(list) === task)
  if (own.length === 0) return <p className={styles.nothing}>{t(NOTHING[task])}</p>
  return (
    <ul className={styles.list}>
      {own.map((list) => (
        <li key={list.id}>
          <button
            type="button"
            className={styles.row}
            data-list={list.number}
            onClick={() => go({ at: 'list', id: list.id })}
          >
            <b className="code">{list.number}</b>
            <span>{list.customer}</span>
            <small>
              {task === 'pick' ? `${list.lines.find((line) => !isZero(openOf(line)))?.location ?? ''} · ` : ''}
              {counted('board.lines', list.lines.length)}
            </small>
          </button>
        </li>
      ))}
    </ul>
  )
}

type BodyProps = {
  view: View
  lists: readonly List[] | undefined
  go: (view: View) => void
  wrong: (text: string) => void
}

function Body({ view, lists, go, wrong }: BodyProps) {
  const line = useStore(online)
  if (view.at === 'outbox') return <Outbox />
  if (view.at === 'task' && view.task === 'receive') return <Receive wrong={wrong} done={() => go({ at: 'home' })} />
  if (lists === undefined) return <p className={styles.nothing}>{t(line ? 'hand.loading' : 'hand.never')}</p>
  if (view.at === 'home') return <Home lists={lists} go={go} />
  if (view.at === 'task' && view.task !== 'receive') return <Choose task={view.task} lists={lists} go={go} />
  const list = view.at === 'list' ? lists.find((one) => one.id === view.id) : undefined
  if (!list)
    return (
      <>
        <Ask done>{t('hand.all-done')}</Ask>
        <Big tone="primary" onClick={() => go({ at: 'task', task: 'pick' })}>
          {t('hand.next-list')}
        </Big>
      </>
    )
  const next = nextOf(list)
  if (next === 'pick') return <Pick list={list} wrong={wrong} />
  if (next === 'pack') return <Pack key={list.id} list={list} />
  return (
    <Ship
      key={list.id}
      list={list}
      done={() => go({ at: 'task', task: 'ship' })}
      isList={(code) => lists.some((one) => one.number === code.toUpperCase())}
    />
  )
}

const titleOf = (view: View, lists: readonly List[] | undefined): string => {
  if (view.at === 'list') {
    const list = lists?.find((one) => one.id === view.id)
    return list ? `${t(`hand.${nextOf(list)}`)} ${list.number}` : t('hand.title')
  }
  return view.at === 'task' ? t(`hand.${view.task}`) : view.at === 'outbox' ? t('hand.queue-title') : t('hand.title')
}

/** A worker looks after pages that were loaded under its own address. */
const loadedElsewhere = (): boolean =>
  performance.getEntriesByType('navigation').some((one) => !new URL(one.name).pathname.startsWith('/handheld'))

function useStart(): void {
  useEffect(() => {
    if (loadedElsewhere() && !import.meta.hot) return location.replace(`/handheld${location.search}`)
    void startWorker()
    void loadQueue().then(replay)
    return followLists()
  }, [])
  const line = useStore(online)
  useEffect(() => {
    if (line) void refresh()
  }, [line])
}

/** The screen at /handheld. */
export function Screen() {
  useLanguage()
  useStart()
  const lists = useLists()
  const [view, setView] = useState<View>({ at: 'home' })
  const [fault, setFault] = useState<string>()
  const [camera, setCamera] = useState(false)
  const go = (next: View) => {
    setFault(undefined)
    setView(next)
  }
  const wrong = (text: string) => {
    soundWrong()
    setFault(text)
  }
  const scanned = (code: string) => {
    setFault(undefined)
    const list = lists?.find((one) => one.number === code.toUpperCase())
    if (list) {
      right()
      go({ at: 'list', id: list.id })
    } else if (!tell(code)) wrong(lists ? t('hand.wrong-list', { scanned: code }) : t('hand.loading'))
  }
  useScanner(scanned)
  const title = titleOf(view, lists)
  useEffect(() => {
    document.title = `${title} · Tradewright`
  }, [title])
  return (
    <div className={styles.screen}>
      <Status view={view} go={go} />
      <div className={styles.body}>
        <h1>{title}</h1>
        {camera ? (
          <Suspense>
            <Camera heard={scanned} />
          </Suspense>
        ) : null}
        <Body view={view} lists={lists} go={go} wrong={wrong} />
      </div>
      <footer className={styles.foot}>
        <TypeCode heard={scanned} />
        {'mediaDevices' in navigator ? (
          <Big tone="quiet" aria-pressed={camera} onClick={() => setCamera(!camera)}>
            {t(camera ? 'hand.camera-off' : 'hand.camera')}
          </Big>
        ) : null}
      </footer>
      {fault === undefined ? null : <Wrong text={fault} onClose={() => setFault(undefined)} />}
    </div>
  )
}
