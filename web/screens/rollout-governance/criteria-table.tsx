// The criteria of a gate run as a table: what was measured, against what, and behind each the numbers, the records and the hash.
import { choiceWord, humane, t, useLanguage } from '../../i18n/index.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { growing, right, Table } from '../../parts/table.tsx'
import { type Criterion, criterionWord, thresholdText, valueText } from './criteria.ts'
import { EvidenceRecords } from './evidence-records.tsx'
import styles from './governance.module.css'

/** How a criterion was judged, as a mark. */
export function Verdict({ one }: { one: Pick<Criterion, 'verdict' | 'critical' | 'accepted'> }) {
  useLanguage()
  if (one.verdict === 'green')
    return (
      <StateBadge state="green" mood="good">
        {t(one.accepted.length > 0 ? 'governance.accepted' : 'governance.green')}
      </StateBadge>
    )
  return one.critical ? (
    <StateBadge state="red" mood="bad">
      {t('governance.red')}
    </StateBadge>
  ) : (
    <StateBadge state="warns" mood="wait">
      {t('governance.warns')}
    </StateBadge>
  )
}

/** What the value is made of, the records by their numbers, and the hash over all of it; opened by whoever wants to know. */
function Evidence({ one }: { one: Criterion }) {
  const language = useLanguage()
  const word = (name: string) => (language === 'en' ? humane(name) : choiceWord(`count-${name}`))
  const known = one.numbers.map(([name, value]) => `${word(name)} ${value || '–'}`).join(' · ')
  return (
    <details className={styles.evidence}>
      <summary>{known || t('governance.evidence')}</summary>
      <EvidenceRecords records={one.records} />
      {one.accepted.length > 0 ? <p>{t('governance.accepted-by', { decisions: one.accepted.join(', ') })}</p> : null}
      {one.hash ? <code className={styles.hash}>{one.hash}</code> : null}
    </details>
  )
}

/** A value in its unit, or that nobody recorded one. */
export function Value({ value, unit }: Pick<Criterion, 'value' | 'unit'>) {
  useLanguage()
  if (value === null) return <span className={styles.none}>{t('governance.not-recorded')}</span>
  return valueText(value, unit)
}

export function Criteria({ criteria }: { criteria: readonly Criterion[] }) {
  const language = useLanguage()
  return (
    <Table
      className={`${styles.criteria} ${styles.stacked}`}
      heads={[
        t('governance.verdict'),
        growing(t('governance.criterion')),
        right(t('governance.value')),
        t('governance.threshold'),
      ]}
    >
      {criteria.map((one) => (
        <tr key={one.id} data-criterion={one.id} data-verdict={one.verdict}>
          <td>
            <Verdict one={one} />
          </td>
          <td className={styles.wraps}>
            {criterionWord(one, language)}
            <Evidence one={one} />
          </td>
          <td className={styles.number} data-label={t('governance.value')}>
            <Value value={one.value} unit={one.unit} />
          </td>
          <td data-label={t('governance.threshold')}>{thresholdText(one)}</td>
        </tr>
      ))}
    </Table>
  )
}
