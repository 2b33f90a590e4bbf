// A trend as a line of our own: small in a tile, large with its axis and its table. Told by shape and words, not by colour.
import { useId, useState } from 'react'
import { t, useLanguage } from '../../i18n/index.ts'
import { drawn } from '../../parts/exact.ts'
import { useWidth } from '../../parts/use-width.ts'
import { AsTable } from './as-table.tsx'
import styles from './chart.module.css'
import { type Grain, type Point, partShort, partText, told, toldShort } from './figures.ts'

type Drawn = { points: readonly Point[]; unit: string; currency: string; grain: Grain; target: string | null }

/** Places of the points in a box; a part without a value breaks the line. */
function scaled({ points, target, unit }: Drawn, width: number, height: number, pad: number) {
  const values = points.flatMap((one) => (one.value === null ? [] : [drawn(one.value)]))
  const all = [...values, ...(target === null ? [] : [drawn(target)])]
  const top = unit === 'percent' ? Math.min(100, Math.max(...all, 0) * 1.04) : Math.max(...all, 0) * 1.08
  const least = Math.min(...all)
  // High shares are told apart near the top; amounts and times are drawn from nothing, so that half is half.
  const low = unit === 'percent' && least > 60 ? Math.floor((least - 4) / 10) * 10 : Math.min(0, least)
  const high = top > low ? top : low + 1
  const x = (at: number) => pad + (points.length < 2 ? 0.5 : at / (points.length - 1)) * (width - 2 * pad)
  const y = (value: number) => pad + (1 - (value - low) / (high - low)) * (height - 2 * pad)
  const dots = points.flatMap((one, at) =>
    one.value === null ? [] : [{ x: x(at), y: y(drawn(one.value)), at, point: one }],
  )
  const line = dots
    .map(
      (dot, at) =>
        `${at === 0 || (dots[at - 1]?.at ?? 0) < dot.at - 1 ? 'M' : 'L'}${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`,
    )
    .join('')
  return { x, y, dots, line, low, high }
}

/** What a chart shows, as one sentence for whoever does not see it. */
function summary({ points, unit, currency }: Drawn): string {
  const known = points.filter((one) => one.value !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return t('kpi.no-trend')
  return t('kpi.from-to', {
    first: told(first.value, unit, currency),
    last: told(last.value, unit, currency),
    n: known.length,
  })
}

const WIDE = 180
const SMALL = 40

/** The line of a tile, with its target dashed and its last point marked. */
export function Spark(given: Drawn) {
  useLanguage()
  const { dots, line, y } = scaled(given, WIDE, SMALL, 4)
  const last = dots.at(-1)
  if (given.points.length < 2) return <div className={styles.noSpark} />
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${WIDE} ${SMALL}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary(given)}
    >
      {given.target === null ? null : (
        <path d={`M0 ${y(drawn(given.target))}H${WIDE}`} className={styles.target} vectorEffect="non-scaling-stroke" />
      )}
      <path d={line} className={styles.line} vectorEffect="non-scaling-stroke" />
      {last ? <path d={`M${last.x} ${last.y}h0`} className={styles.last} vectorEffect="non-scaling-stroke" /> : null}
    </svg>
  )
}

const HEIGHT = 210
const ROOM = 26

/** The large trend: axis, target with its value, the point under the pointer, and all of it as a table below. */
export function Trend({ title, ...given }: Drawn & { title: string }) {
  useLanguage()
  const [measure, width] = useWidth(640, 240)
  const [marked, setMarked] = useState<number>()
  const id = useId()
  const { points, unit, currency, grain, target } = given
  const { x, y, dots, line, low, high } = scaled(given, width, HEIGHT, ROOM)
  const here = dots.find((dot) => dot.at === marked) ?? dots.at(-1)
  const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor(width / 90))))
  const nearest = (clientX: number, box: DOMRect) =>
    dots.reduce(
      (best, dot) =>
        Math.abs(dot.x - (clientX - box.left)) < Math.abs((best?.x ?? 1e9) - (clientX - box.left)) ? dot : best,
      dots[0],
    )
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      <figcaption id={id}>
        <b>{title}</b>
        {here ? (
          <span>
            {partText(here.point, grain)}: <b>{told(here.point.value, unit, currency)}</b>
          </span>
        ) : null}
      </figcaption>
      <div ref={measure} className={styles.box}>
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={summary(given)}
          onPointerMove={(event) => setMarked(nearest(event.clientX, event.currentTarget.getBoundingClientRect())?.at)}
          onPointerLeave={() => setMarked(undefined)}
        >
          <path d={`M${ROOM} ${y(low)}H${width - ROOM}`} className={styles.zero} />
          <text x={ROOM} y={y(low) - 4} className={styles.axis}>
            {toldShort(String(low), unit, currency)}
          </text>
          <text x={ROOM} y={y(high) - 8} className={styles.axis}>
            {toldShort(String(Math.trunc(high)), unit, currency)}
          </text>
          {target === null ? null : (
            <>
              <path d={`M${ROOM} ${y(drawn(target))}H${width - ROOM}`} className={styles.target} />
              <text x={width - ROOM} y={y(drawn(target)) - 4} textAnchor="end" className={styles.axis}>
                {t('kpi.target', { value: told(target, unit, currency) })}
              </text>
            </>
          )}
          <path d={line} className={styles.line} />
          {dots.map((dot) => (
            <circle
              key={dot.at}
              cx={dot.x}
              cy={dot.y}
              r={dot === here ? 4.5 : 2.5}
              className={dot === here ? styles.hereDot : styles.dot}
            />
          ))}
          {points.map((one, at) =>
            at % every === 0 ? (
              <text
                key={one.starts}
                x={x(at)}
                y={HEIGHT - 6}
                className={styles.axis}
                textAnchor={at === 0 ? 'start' : 'middle'}
              >
                {partShort(one, grain)}
              </text>
            ) : null,
          )}
        </svg>
      </div>
      <Numbers title={title} {...given} />
    </figure>
  )
}

/** The same numbers as a table. */
function Numbers({ points, unit, currency, grain, title }: Drawn & { title: string }) {
  const parts = unit !== 'money'
  return (
    <AsTable
      title={title}
      heads={[
        t(`kpi.part-${grain}`),
        t('kpi.value'),
        parts ? t('kpi.numerator') : null,
        parts ? t('kpi.denominator') : null,
      ]}
    >
      {points.map((one) => (
        <tr key={one.starts}>
          <th scope="row">{partText(one, grain)}</th>
          <td>{told(one.value, unit, currency)}</td>
          {parts ? <td>{told(one.numerator, 'count', currency)}</td> : null}
          {parts ? <td>{told(one.denominator, 'count', currency)}</td> : null}
        </tr>
      ))}
    </AsTable>
  )
}
