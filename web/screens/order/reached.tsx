// The states that an order went through: which, by whom, when.
import { useHistory } from '../../client/questions.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { Icon } from '../../parts/icon.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Instant } from '../../parts/values.tsx'
import styles from './order.module.css'

/** Steps that are told; of a longer way, the last ones. */
const TOLD = 5

export function Reached({ id }: { id: string }) {
  useLanguage()
  const { data = [] } = useHistory('sales.order', id)
  const steps = data.filter((line) => line.to !== line.from)
  if (steps.length === 0) return null
  return (
    <ol className={styles.reached} aria-label={t('order.reached')}>
      {steps.length > TOLD ? <li className="quiet">…</li> : null}
      {steps.slice(-TOLD).map((line, at) => (
        <li key={`${line.at} ${line.verb} ${line.to}`}>
          {at > 0 ? <Icon name="right" size={12} /> : null}
          <StateBadge state={line.to} />
          <span className="quiet">
            {line.by.name ?? t('common.system')}, <Instant value={line.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
