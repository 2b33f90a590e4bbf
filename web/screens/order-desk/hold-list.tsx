// Holds in words: what stops an order, who decides, and the figures behind it; those to come as those that are.

import { en } from '../../i18n/en.ts'
import { money } from '../../i18n/format.ts'
import { humane, type Key, t } from '../../i18n/index.ts'
import { Icon } from '../../parts/icon.tsx'
import styles from './desk.module.css'

export type HoldText = { kind: string; role: string; reason: string; detail?: unknown; suggestion?: string | null }

/** A sentence where there is one for it; else the word of the server, readable. */
const wordOf = (key: string, otherwise: string): string => (key in en ? t(key as Key) : otherwise)

export const roleWord = (role: string): string => wordOf(`desk.role.${role}`, humane(role))
export const holdWord = (kind: string): string => wordOf(`desk.hold.${kind}`, humane(kind))

type Figures = { limit?: string; exposure?: string; over_by?: string; currency?: string | null }
// The figures of a credit decision, as the module that takes it describes them.
const figuresOf = (detail: unknown): Figures =>
  typeof detail === 'object' && detail !== null ? (detail as Figures) : {}

/** Why, in one sentence. */
export function reasonOf({ kind, reason, detail }: Pick<HoldText, 'kind' | 'reason' | 'detail'>): string {
  if (kind === 'credit') {
    const { limit, exposure, over_by: over, currency } = figuresOf(detail)
    const word = wordOf(`desk.why.${reason}`, humane(reason))
    return limit && exposure && over && /limit|cover/.test(reason)
      ? `${word}: ${t('desk.over-by', { over: money(over, currency), exposure: money(exposure, currency), limit: money(limit, currency) })}`
      : word
  }
  if ((kind === 'price' || kind === 'margin') && /^\d+$/.test(reason))
    return t(`desk.held-lines.${kind}`, { n: Number(reason) })
  return reason
}

/** The list; nothing when nothing holds. */
export function HoldList({ holds }: { holds: readonly HoldText[] }) {
  if (holds.length === 0) return null
  return (
    <ul className={styles.holds} aria-label={t('desk.holds')}>
      {holds.map((one) => (
        <li key={`${one.kind} ${one.reason}`} data-kind={one.kind}>
          <Icon name="stop" size={14} />
          <b>{holdWord(one.kind)}</b>
          <span>{reasonOf(one)}</span>
          <span className="quiet">{t('desk.decides', { role: roleWord(one.role) })}</span>
        </li>
      ))}
    </ul>
  )
}
