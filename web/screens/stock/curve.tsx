// What of an item can still be promised over time, as two step lines: with and without those who wait for it.
import { useState } from 'react'
import { day, quantity } from '../../i18n/format.ts'
import { locale, t, useLanguage } from '../../i18n/index.ts'
import { DocRef } from '../../parts/doc-ref.tsx'
import { drawn, isNegative, isZero } from '../../parts/exact.ts'
import { useWidth } from '../../parts/use-width.ts'
import styles from './curve.module.css'

export type Point = {
  day: string
  supply: string
  demand: string
  free: string
  left: string
  sources: unknown
}

const DAY = 86_400_000
/** Days drawn at least, so that one change does not fill the whole. */
const SPAN = 28
const HEIGHT = 220
const ROOM = { top: 18, right: 106, bottom: 26, left: 12 }

const at = (text: string): number => Date.parse(`${text}T00:00:00Z`)

type Source = { source: string; id: string; quantity: string; due: string }
const sourcesOf = (value: unknown): readonly Source[] => (Array.isArray(value) ? value : [])

/** A step line through the points and on to the right edge. */
function steps(points: readonly { x: number; y: number }[], end: number): string {
  const [first, ...rest] = points
  if (!first) return ''
  return `M${first.x} ${first.y}${rest.map((one) => `H${one.x}V${one.y}`).join('')}H${end}`
}

const monthDay = (time: number): string =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(time)

/** The curve and, under it, every day on which it changes; a day that is pointed at in one is marked in the other. */
export function Curve({ points, unit }: { points: readonly Point[]; unit: string }) {
  useLanguage()
  const [marked, setMarked] = useState<string>()
  const [measure, width] = useWidth(720, 260)
  const first = points[0]
  if (!first) return null
  const start = at(first.day)
  const end = Math.max(start + SPAN * DAY, at(points.at(-1)?.day ?? first.day) + 5 * DAY)
  const values = points.flatMap((one) => [drawn(one.free), drawn(one.left)])
  const low = Math.min(0, ...values)
  const most = Math.max(1, ...values)
  // Some air above the highest step, so that its mark is not cut.
  const high = most + (most - low) * 0.08
  const inner = { width: width - ROOM.left - ROOM.right, height: HEIGHT - ROOM.top - ROOM.bottom }
  const x = (time: number) => ROOM.left + ((time - start) / (end - start)) * inner.width
  const y = (value: number) => ROOM.top + (1 - (value - low) / (high - low || 1)) * inner.height
  const line = (pick: 'free' | 'left') =>
    steps(
      points.map((one) => ({ x: x(at(one.day)), y: y(drawn(one[pick])) })),
      x(end),
    )
  const last = points.at(-1) ?? first
  const waits = points.some((one) => one.free !== one.left)
  const apart = Math.abs(y(drawn(last.free)) - y(drawn(last.left)))
  const ticks = (width < 480 ? [0, 2, 4] : [0, 1, 2, 3, 4]).map(
    (part) => start + Math.round(((end - start) / DAY / 4) * part) * DAY,
  )
  return (
    <figure className={styles.curve}>
      <div ref={measure} className={styles.box}>
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={t('stock.curve-says', { now: quantity(first.left), end: quantity(last.left), unit })}
        >
          <path d={`M${ROOM.left} ${y(0)}H${x(end)}`} className={styles.zero} />
          <text x={ROOM.left} y={y(0) - 4} className={styles.axis}>
            0
          </text>
          {low < 0 ? (
            <rect
              x={ROOM.left}
              y={y(0)}
              width={inner.width}
              height={Math.max(0, y(low) - y(0))}
              className={styles.lacking}
            />
          ) : null}
          {ticks.map((time) => (
            <text
              key={time}
              x={x(time)}
              y={HEIGHT - 8}
              className={styles.axis}
              textAnchor={time === start ? 'start' : 'middle'}
            >
              {time === start ? t('stock.today') : monthDay(time)}
            </text>
          ))}
          <path d={line('free')} className={styles.free} />
          {waits ? <path d={line('left')} className={styles.left} /> : null}
          {points.map((one) => (
            <g key={one.day} className={marked === one.day ? styles.marked : undefined}>
              {isZero(one.supply) ? null : (
                <path
                  d={`M${x(at(one.day))} ${y(drawn(one.free)) - 11}l4.5 8h-9z`}
                  className={styles.supply}
                  onPointerEnter={() => setMarked(one.day)}
                  onPointerLeave={() => setMarked(undefined)}
                />
              )}
              {isZero(one.demand) ? null : (
                <path
                  d={`M${x(at(one.day))} ${y(drawn(one.left)) + 11}l4.5 -8h-9z`}
                  className={styles.demand}
                  onPointerEnter={() => setMarked(one.day)}
                  onPointerLeave={() => setMarked(undefined)}
                />
              )}
              {marked === one.day ? (
                <path d={`M${x(at(one.day))} ${ROOM.top}V${HEIGHT - ROOM.bottom}`} className={styles.here} />
              ) : null}
            </g>
          ))}
          <text x={x(end) + 7} y={y(drawn(last.free)) + (waits && apart < 14 ? -3 : 4)} className={styles.freeText}>
            {quantity(last.free)} {t('stock.line-free')}
          </text>
          {waits ? (
            <text x={x(end) + 7} y={y(drawn(last.left)) + (apart < 14 ? 13 : 4)} className={styles.leftText}>
              {t(isNegative(last.left) ? 'stock.line-lack' : 'stock.line-left', {
                n: quantity(last.left.replace('-', '')),
              })}
            </text>
          ) : null}
        </svg>
      </div>
      <table className={styles.days}>
        <caption className="only-heard">{t('stock.curve')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('finance.date')}</th>
            <th scope="col">{t('stock.supply')}</th>
            <th scope="col">{t('stock.demand')}</th>
            <th scope="col">{t('stock.free')}</th>
            <th scope="col">{t('stock.left')}</th>
            <th scope="col" className={styles.from}>
              {t('stock.from')}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((one, place) => (
            <tr
              key={one.day}
              data-marked={marked === one.day}
              onPointerEnter={() => setMarked(one.day)}
              onPointerLeave={() => setMarked(undefined)}
            >
              <td>{place === 0 ? t('stock.today') : day(one.day)}</td>
              <td>{isZero(one.supply) ? '' : `+${quantity(one.supply)}`}</td>
              <td>{isZero(one.demand) ? '' : `−${quantity(one.demand)}`}</td>
              <td>{quantity(one.free)}</td>
              <td>
                <b>{quantity(one.left)}</b>
              </td>
              <td className={styles.from}>
                {sourcesOf(one.sources).map((each) => (
                  <span key={each.id}>
                    <DocRef of={each.source} id={each.id} />{' '}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
