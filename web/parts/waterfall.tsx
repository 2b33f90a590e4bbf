// Why a price is what it is: each rule that spoke, from the list to what is charged; shown on hover and on focus.
import { type ReactNode, useId, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { day, percent, price } from '../i18n/format.ts'
import { choiceWord, t, useLanguage } from '../i18n/index.ts'
import styles from './waterfall.module.css'

/** A step of a price trace, as orders keep it and the order desk asks for it; prices are exact texts. */
export type Step = {
  step: number | string
  rule?: string | null
  kind?: string
  method?: string
  says?: string
  amount?: string | null
  effect?: string
  price?: string | null
  reason?: string
  ended_on?: string
}

/** The JSON of a trace as steps; what is none is left out. */
export const stepsOf = (trace: unknown): readonly Step[] =>
  Array.isArray(trace)
    ? trace.filter((one): one is Step => typeof one === 'object' && one !== null && 'step' in one)
    : []

const PERCENT = new Set(['discount', 'discount-on-base', 'discount-on-running', 'cost-plus', 'percent'])

function amountOf({ method = '', amount }: Step): string {
  if (!amount) return ''
  return PERCENT.has(method) || method.startsWith('discount') ? percent(amount) : price(amount)
}

const isOver = ({ says }: Step) => says === 'passed over' || says === 'expired'

/** The steps as a small table. */
export function Waterfall({ trace, unit }: { trace: unknown; unit?: string | null }) {
  useLanguage()
  const steps = stepsOf(trace)
  if (steps.length === 0) return <p className="quiet">{t('waterfall.none')}</p>
  return (
    <table className={styles.steps}>
      <caption>{t('waterfall.title', { unit: unit ?? '' })}</caption>
      <tbody>
        {steps.map((one) => (
          <tr key={`${one.step} ${one.rule ?? one.kind ?? ''}`} data-over={isOver(one)}>
            <th scope="row">
              {one.step === 'override' || one.step === 'substitute'
                ? t(`waterfall.${one.step}`)
                : choiceWord(one.kind ?? '')}
              <small>
                {one.reason ??
                  [
                    one.rule,
                    amountOf(one),
                    one.says === 'expired' && one.ended_on
                      ? t('waterfall.ended', { day: day(one.ended_on) })
                      : one.says === 'passed over'
                        ? t('waterfall.passed')
                        : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
              </small>
            </th>
            <td>{one.effect && one.effect !== '0' && one.says !== 'sets the base' ? price(one.effect) : ''}</td>
            <td>{one.price ? price(one.price) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type WhyProps = {
  trace: unknown
  unit?: string | null
  className?: string | undefined
  /** Further lines under the table, such as the margin. */
  more?: ReactNode
  children: (bound: { 'aria-describedby'?: string }) => ReactNode
}

/** Shows the waterfall beside what it explains, while the pointer or the focus is on it. */
export function WhyPrice({ trace, unit, className, more, children }: WhyProps) {
  const [place, setPlace] = useState<{ left: number; top?: number; bottom?: number }>()
  const box = useRef<HTMLSpanElement>(null)
  const id = useId()
  const open = () => {
    const at = box.current?.getBoundingClientRect()
    if (!at || stepsOf(trace).length === 0) return
    const left = Math.max(8, Math.min(at.left - 120, innerWidth - 348))
    setPlace(at.bottom > innerHeight - 260 ? { left, bottom: innerHeight - at.top + 4 } : { left, top: at.bottom + 4 })
  }
  const close = () => setPlace(undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is inside takes the focus; the hover only shows more
    <span
      ref={box}
      className={className}
      onMouseEnter={open}
      onMouseLeave={close}
      onFocus={open}
      onBlur={close}
      onKeyDown={(event) => (event.key === 'Escape' ? close() : undefined)}
    >
      {children(place ? { 'aria-describedby': id } : {})}
      {place
        ? createPortal(
            <div id={id} role="tooltip" className={styles.why} style={place}>
              <Waterfall trace={trace} unit={unit ?? null} />
              {more}
            </div>,
            document.body,
          )
        : null}
    </span>
  )
}
