// The grid of lines: only those in sight are drawn, so that a thousand are as light as ten; keys move, rows are pasted.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { may } from '../../client/session.ts'
import type { Store } from '../../client/store.ts'
import { counted, t, useLanguage } from '../../i18n/index.ts'
import { notify } from '../../shell/notices.tsx'
import { addLine, type Change, linesFrom, pasteRows, removeLine, setLine } from './actions.ts'
import { answerOf, useAnswers } from './ask-lines.ts'
import type { Bought } from './card-data.ts'
import styles from './desk.module.css'
import { codeOf, type Draft, newLine, numbersOf } from './draft.ts'
import { hasNote } from './line-note.tsx'
import { type Field, LineRow, type RowActs } from './line-row.tsx'

/** Height of a line, and of what is said below it, before they are measured. */
const LINE = 38
const NOTE = 30
const OVERSCAN = 8
/** Height of the headings, which stay on top. */
const HEAD = 30

export type Go = (at: number, field: Field) => void

/** What rows do to the draft; made once. */
function useActs(draft: Store<Draft>, go: Go): RowActs {
  const latest = useRef(go)
  latest.current = go
  return useMemo(() => {
    const act = (change: Change) => draft.set(change(draft.get()))
    return {
      change: (key, given) => act(setLine(key, given)),
      choose: (at, key, chosen) => {
        act(setLine(key, { item: chosen.id, typed: chosen.code, name: chosen.name, unit: chosen.unit }))
        latest.current(at, 'quantity')
      },
      substitute: (key, one) => act(setLine(key, { item: one.id, typed: one.code, name: one.name, unit: '' })),
      remove: (at, key) => {
        act(removeLine(key))
        latest.current(Math.max(0, Math.min(at, draft.get().lines.length - 1)), 'item')
      },
      go: (at, field) => {
        const { lines } = draft.get()
        const last = lines.at(-1)
        // Going on from the last line that holds something makes the next one.
        if (at >= lines.length && last && codeOf(last) !== '') act(addLine(newLine()))
        latest.current(Math.max(0, Math.min(at, draft.get().lines.length - 1)), field)
      },
      paste: (key, text) => {
        const rows = linesFrom(text)
        if (!rows) return false
        act(pasteRows(key, rows))
        notify('info', counted('create.pasted', rows.length))
        return true
      },
    }
  }, [draft])
}

function Head({ margin }: { margin: boolean }) {
  return (
    <div className={`${styles.cells} ${styles.heads}`} aria-hidden="true">
      <span />
      <span>{t('desk.item')}</span>
      <span>{t('desk.name')}</span>
      <span className={styles.right}>{t('desk.quantity')}</span>
      <span>{t('desk.unit')}</span>
      <span className={styles.right}>{t('desk.price')}</span>
      <span className={styles.right}>{t('desk.net')}</span>
      {margin ? <span className={styles.right}>{t('desk.margin')}</span> : null}
      <span>{t('desk.free')}</span>
      <span>{t('desk.promise')}</span>
      <span />
    </div>
  )
}

type Props = {
  draft: Store<Draft>
  value: Draft
  bought: readonly Bought[]
  /** Gets the function that puts the focus into a line. */
  onReady: (go: Go) => void
}

export function Lines({ draft, value, bought, onReady }: Props) {
  useLanguage()
  const scroll = useRef<HTMLDivElement>(null)
  const all = useAnswers()
  const { lines } = value
  const margin = may('sales.order.see-margin')
  const numbers = useMemo(() => numbersOf(lines), [lines])
  // The same function while the lines are the same: another one makes all heights be asked for again at each scroll.
  const getItemKey = useCallback((at: number) => lines[at]?.key ?? at, [lines])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (at) => {
      const line = lines[at]
      return line && hasNote(line, answerOf(all, line)?.answer) ? LINE + NOTE : LINE
    },
    getItemKey,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD,
  })
  const go: Go = (at, field) => {
    virtual.scrollToIndex(at)
    // After the row is there: a new one is drawn with the next frame.
    const focus = (tries: number) => {
      const place = scroll.current?.querySelector(`[data-row="${at}"]`)
      const input = place?.querySelector<HTMLElement>(
        field === 'item' ? '[role="combobox"]' : `[data-field="${field}"]`,
      )
      if (input) input.focus()
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1))
    }
    focus(20)
  }
  const ready = useRef(onReady)
  ready.current = onReady
  const latest = useRef(go)
  latest.current = go
  useEffect(() => ready.current((at, field) => latest.current(at, field)), [])
  const acts = useActs(draft, go)
  return (
    <section className={styles.grid} data-margin={margin} aria-label={t('desk.lines')}>
      <div className={styles.scroll} ref={scroll}>
        <Head margin={margin} />
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index]
            if (!line) return null
            const found = answerOf(all, line)
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                className={styles.line}
                data-index={index}
                data-row={index}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LineRow
                  line={line}
                  at={index}
                  n={numbers[index] ?? index + 1}
                  empty={codeOf(line) === '' && line.quantity === ''}
                  last={index === lines.length - 1 && codeOf(line) === ''}
                  answer={found?.answer}
                  fresh={found?.fresh ?? codeOf(line) === ''}
                  customer={value.customer?.id ?? null}
                  warehouse={value.warehouse}
                  bought={bought}
                  acts={acts}
                  margin={margin}
                />
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}
