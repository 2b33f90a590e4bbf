// What must be said about a line, below it: why it cannot be, why it would be held, what is missing and what could stand in.
import { day, percent, quantity } from '../../i18n/format.ts'
import { type Key, t } from '../../i18n/index.ts'
import { Kbd } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { isQuantity, plain } from '../../parts/typed.ts'
import type { Answer } from './ask-lines.ts'
import styles from './desk.module.css'
import type { Line } from './draft.ts'

export type Substitute = {
  id: string
  code: string
  name: string
  unit: string
  free: string
  rule: string
  consent: boolean
}
type Elsewhere = { warehouse: string; free: string }

// Both come as JSON columns, whose members the question itself describes.
export const substitutesOf = (answer: Answer | undefined): readonly Substitute[] =>
  (answer?.substitutes as readonly Substitute[] | null | undefined) ?? []
const elsewhereOf = (answer: Answer): readonly Elsewhere[] =>
  (answer.elsewhere as readonly Elsewhere[] | null | undefined) ?? []

const PROBLEMS = new Set([
  'ITEM_UNKNOWN',
  'ITEM_AMBIGUOUS',
  'ITEM_NOT_FOR_SALE',
  'UNIT_UNKNOWN',
  'QUANTITY_NOT_POSITIVE',
  'QUANTITY_NOT_WHOLE',
  'QUANTITY_INEXACT_IN_BASE',
  'PRICE_MISSING',
  'TAX_MISSING',
])

/** A quantity that is none, as -3 or 'two'; the server is not asked about it. '1.' is on its way to be one. */
export const isNoQuantity = (line: Line): boolean =>
  line.quantity.trim() !== '' && !/^\d+[.,]$/.test(line.quantity.trim()) && !isQuantity(plain(line.quantity))

/** The refusal of a line in words; undefined when nothing is wrong with it. */
export function problemOf(line: Line, answer: Answer | undefined): string | undefined {
  if (isNoQuantity(line)) return t('desk.problem.QUANTITY_NOT_POSITIVE')
  if (!answer?.problem || !PROBLEMS.has(answer.problem)) return undefined
  // The set above holds exactly the codes that have a sentence.
  return t(`desk.problem.${answer.problem}` as Key, {
    code: line.typed,
    item: answer.item ?? line.typed,
    matches: answer.matches ?? '',
    unit: answer.unit ?? line.unit,
    quantity: line.quantity,
  })
}

export const isShort = (answer: Answer | undefined): boolean =>
  answer?.short !== null && answer?.short !== undefined && answer.short !== '0'

/** What of a line would hold the order: 'price', 'margin' or both. */
export const holdsOf = (answer: Answer | undefined): readonly string[] => answer?.hold?.split(' ') ?? []

/** Whether a line has something to say below it. */
export const hasNote = (line: Line, answer: Answer | undefined): boolean =>
  line.price !== '' || isNoQuantity(line) || isShort(answer) || Boolean(answer?.problem) || Boolean(answer?.hold)

type Props = {
  id: string
  line: Line
  n: number
  answer: Answer | undefined
  onReason: (reason: string) => void
  onSubstitute: (one: Substitute) => void
  onEnter: () => void
}

function Short({ answer, onSubstitute }: { answer: Answer; onSubstitute: Props['onSubstitute'] }) {
  const others = elsewhereOf(answer)
  const instead = substitutesOf(answer)
  return (
    <>
      <span className={styles.short}>
        <Icon name="warning" size={13} />
        {t('desk.short', { quantity: quantity(answer.short ?? ''), unit: answer.base_unit ?? '' })}
      </span>
      <span>
        {answer.promise ? t('desk.rest-by', { day: day(answer.promise) }) : t('desk.rest-never')}
        {others.map((one) => ` · ${t('desk.elsewhere', { warehouse: one.warehouse, quantity: quantity(one.free) })}`)}
      </span>
      {instead.map((one, place) => (
        <button
          key={one.id}
          type="button"
          className={styles.instead}
          title={one.name}
          onClick={() => onSubstitute(one)}
        >
          {place === 0 ? `${t('desk.instead')} ` : ''}
          <b className="code">{one.code}</b> {t('desk.free-unit', { quantity: quantity(one.free), unit: one.unit })}
          {one.consent ? <em>{t('desk.asks-consent')}</em> : null}
          <Kbd>{`Alt ${place + 1}`}</Kbd>
        </button>
      ))}
    </>
  )
}

/** The line below a line. */
export function LineNote({ id, line, n, answer, onReason, onSubstitute, onEnter }: Props) {
  const problem = problemOf(line, answer)
  return (
    <div className={styles.note} id={id} aria-live="polite">
      {problem ? (
        <span className={styles.wrong} data-code={isNoQuantity(line) ? 'QUANTITY_NOT_POSITIVE' : answer?.problem}>
          <Icon name="stop" size={13} />
          {problem}
        </span>
      ) : null}
      {line.price === '' ? null : (
        <label className={styles.reason}>
          {t('desk.reason')}
          <input
            className={styles.input}
            data-field="reason"
            aria-label={t('desk.reason-of', { n })}
            aria-invalid={line.reason.trim() === '' || undefined}
            placeholder={t('desk.reason-hint')}
            value={line.reason}
            maxLength={200}
            onChange={(event) => onReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
              event.preventDefault()
              onEnter()
            }}
          />
        </label>
      )}
      {holdsOf(answer).map((kind) => (
        <span key={kind} className={styles.held}>
          <Icon name="clock" size={13} />
          {kind === 'price'
            ? t('desk.held-price', { limit: percent(answer?.limit_percent ?? '0') })
            : t('desk.held-margin')}
        </span>
      ))}
      {answer && (isShort(answer) || answer.problem === 'ITEM_NOT_FOR_SALE') ? (
        isShort(answer) ? (
          <Short answer={answer} onSubstitute={onSubstitute} />
        ) : (
          substitutesOf(answer).map((one, place) => (
            <button key={one.id} type="button" className={styles.instead} onClick={() => onSubstitute(one)}>
              <b className="code">{one.code}</b> {one.name} <Kbd>{`Alt ${place + 1}`}</Kbd>
            </button>
          ))
        )
      ) : null}
    </div>
  )
}
