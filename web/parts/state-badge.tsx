// A state as a badge. Shape and word tell it apart, so that it does not hang on colour.
import { stateWord, useLanguage } from '../i18n/index.ts'
import styles from './state-badge.module.css'

export type Mood = 'idle' | 'info' | 'wait' | 'bad' | 'good' | 'over'

// What a state means to the reader: nothing yet, on its way, waits for somebody, stopped, as it should be, behind us.
const MOODS: Readonly<Record<string, Mood>> = {
  draft: 'idle',
  proposed: 'wait',
  quoted: 'info',
  on_hold: 'bad',
  blocked: 'bad',
  quarantine: 'bad',
  short: 'bad',
  rejected: 'bad',
  'waiting-approval': 'wait',
  pending: 'wait',
  released: 'info',
  picked: 'info',
  packed: 'info',
  'in-transit': 'info',
  authorised: 'info',
  received: 'info',
  confirmed: 'good',
  active: 'good',
  issued: 'good',
  posted: 'good',
  shipped: 'good',
  approved: 'good',
  signed: 'good',
  applied: 'good',
  passed: 'good',
  held: 'good',
  live: 'good',
  decided: 'good',
  classified: 'good',
  answered: 'good',
  accepted: 'good',
  refused: 'bad',
  failed: 'bad',
  escalated: 'wait',
  requested: 'wait',
  open: 'info',
  soft: 'wait',
  locked: 'over',
  closed: 'over',
  cancelled: 'over',
  reversed: 'over',
  inactive: 'over',
  obsolete: 'over',
  withdrawn: 'over',
  removed: 'over',
  retired: 'over',
  replaced: 'over',
  dropped: 'over',
  ended: 'over',
  discarded: 'over',
}

export const moodOf = (state: string): Mood => MOODS[state] ?? 'idle'

/** `mood` and `children` replace what the state's name would give, for states that only a screen knows. */
export function StateBadge({ state, mood, children }: { state: string; mood?: Mood; children?: string }) {
  useLanguage()
  return (
    <span className={`${styles.badge} ${styles[mood ?? moodOf(state)]}`} data-state={state}>
      <i aria-hidden="true" />
      {children ?? stateWord(state)}
    </span>
  )
}
