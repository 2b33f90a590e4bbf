// Picking one list: to the bin, the bin's code, the goods' code piece by piece or all at once, and what is not there.
import { useState } from 'react'
import { quantity } from '../i18n/format.ts'
import { type Key, t, useLanguage } from '../i18n/index.ts'
import { compare, isZero, sum } from '../parts/exact.ts'
import styles from './handheld.module.css'
import { isQuantity, type Line, type List, means, openOf } from './lists.ts'
import { Ask, Big, BigField } from './parts.tsx'
import { enqueue } from './queue.ts'
import { useHeard } from './shared.ts'
import { right } from './signal.ts'

/** The reasons of the everyday, as they are kept in the history: in the language of the person who says them. */
const REASONS: readonly Key[] = ['hand.why-empty', 'hand.why-damaged', 'hand.why-not-found']

async function record(list: List, line: Line, picked: string, short: string, reason?: string): Promise<void> {
  right()
  await enqueue({
    path: '/api/warehouse/shipment/pick',
    body: { ids: [list.id], partial: true, lines: [{ line: line.line, picked, ...(reason ? { reason } : {}) }] },
    told: reason
      ? t('hand.did-short', { quantity: quantity(short), item: line.item, number: list.number })
      : t('hand.did-pick', { quantity: quantity(picked), item: line.item, number: list.number }),
    effect: { kind: 'pick', shipment: list.id, line: line.line, picked, short },
  })
}

function Short({ list, line, close }: { list: List; line: Line; close: () => void }) {
  const open = openOf(line)
  const [there, setThere] = useState('')
  const fits = isQuantity(there, open) && compare(there, open) < 0
  const report = (reason: string) => {
    void record(list, line, there, sum([open, `-${there}`]), reason)
    close()
  }
  return (
    <>
      <Ask>{t('hand.short-title')}</Ask>
      <BigField
        label={`${t('hand.short-there')} (${line.unit})`}
        inputMode="decimal"
        value={there}
        autoFocus
        onChange={(event) => setThere(event.target.value.replace(',', '.'))}
      />
      <p className={styles.label}>{t('hand.short-why')}</p>
      <div className={styles.pair}>
        {REASONS.map((reason) => (
          <Big key={reason} disabled={!fits} onClick={() => report(t(reason))}>
            {t(reason)}
          </Big>
        ))}
      </div>
      <Big tone="quiet" onClick={close}>
        {t('hand.back')}
      </Big>
    </>
  )
}

type OneProps = { list: List; line: Line; at: number; later: () => void; wrong: (text: string) => void }

/** One line. It is drawn anew for each line, so that nothing of the last one stays. */
function One({ list, line, at, later, wrong }: OneProps) {
  const open = openOf(line)
  const [there, setThere] = useState(false)
  const [count, setCount] = useState('0')
  const [short, setShort] = useState(false)
  const goods = line.lot ? `${line.item}, ${t('hand.lot', { lot: line.lot })}` : line.item
  const scanned = (code: string) => {
    if (code.toUpperCase() === line.location.toUpperCase()) {
      right()
      setThere(true)
      return
    }
    if (!there) return wrong(t('hand.wrong-bin', { scanned: code, wanted: line.location }))
    if (!means(line, code)) return wrong(t('hand.wrong-item', { scanned: code, wanted: goods }))
    const next = sum([count, '1'])
    if (compare(next, open) >= 0) return void record(list, line, open, '0')
    right()
    setCount(next)
  }
  useHeard(short ? undefined : scanned)
  if (short) return <Short list={list} line={line} close={() => setShort(false)} />
  return (
    <>
      <p className={styles.progress}>{t('hand.line-of', { at, of: list.lines.length })}</p>
      <div className={there ? `${styles.bin} ${styles.right}` : styles.bin}>
        <span className={styles.label}>{t(there ? 'hand.bin-ok' : 'hand.go-to')}</span>
        <b>{line.location}</b>
      </div>
      <div className={styles.goods}>
        <b className="code">{line.item}</b>
        <span>{line.name}</span>
        {line.lot ? <b>{t('hand.lot', { lot: line.lot })}</b> : null}
      </div>
      <p className={styles.amount}>
        <b>{isZero(count) ? quantity(open) : `${quantity(count)} / ${quantity(open)}`}</b> {line.unit}
      </p>
      <Ask>{t(there ? (isZero(count) ? 'hand.scan-item' : 'hand.scan-more') : 'hand.scan-bin')}</Ask>
      {there ? (
        <Big tone="primary" onClick={() => void record(list, line, open, '0')}>
          {t('hand.all', { n: quantity(open) })}
        </Big>
      ) : null}
      <div className={styles.pair}>
        <Big onClick={() => setShort(true)}>{t('hand.short')}</Big>
        {isZero(count) ? (
          <Big onClick={later}>{t('hand.later')}</Big>
        ) : (
          <Big onClick={() => void record(list, line, count, '0')}>{t('hand.take', { n: quantity(count) })}</Big>
        )}
      </div>
    </>
  )
}

/** The walk over a list; lines put off come again at its end. */
export function Pick({ list, wrong }: { list: List; wrong: (text: string) => void }) {
  useLanguage()
  const [last, setLast] = useState<readonly number[]>([])
  const open = list.lines.filter((line) => !isZero(openOf(line)))
  const [line] = [...open].sort((a, b) => last.indexOf(a.line) - last.indexOf(b.line))
  if (!line) return null
  const done = list.lines.length - open.length
  return (
    <One
      key={`${list.id} ${line.line} ${line.picked}`}
      list={list}
      line={line}
      at={done + 1}
      later={() => setLast([...last.filter((one) => one !== line.line), line.line])}
      wrong={wrong}
    />
  )
}
