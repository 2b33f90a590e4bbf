// Who calls: found by number, name or tax number while one types; the best match with Enter.
import type { Ref } from 'react'
import { get } from '../../client/http.ts'
import type { components } from '../../generated/api.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { inputClass } from '../../parts/field.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { Combo } from './combo.tsx'
import styles from './desk.module.css'
import type { Customer } from './draft.ts'

type Hit = components['schemas']['sales.find-customers.row']

const find = async (q: string, signal: AbortSignal): Promise<readonly Hit[]> =>
  (await get('/api/sales/find-customers', { query: { q }, signal })).items

type Props = {
  customer: Customer | null
  onChoose: (customer: Customer) => void
  field: Ref<HTMLInputElement>
  error?: string | undefined
}

export function CustomerField({ customer, onChoose, field, error }: Props) {
  useLanguage()
  return (
    <div className={styles.who}>
      <label htmlFor="desk-customer">{t('desk.customer')}</label>
      <Combo<Hit>
        id="desk-customer"
        field={field}
        className={inputClass}
        label={t('desk.customer')}
        placeholder={t('desk.customer-hint')}
        value={customer ? `${customer.code} · ${customer.name}` : ''}
        about={['customer']}
        find={find}
        invalid={error !== undefined}
        describedBy={error === undefined ? undefined : 'desk-customer-error'}
        onChoose={(hit) => onChoose({ id: hit.id, code: hit.code, name: hit.name })}
        row={(hit) => (
          <>
            <b className="code">{hit.code}</b>
            <span>
              {hit.name}
              {hit.city ? <span className="quiet"> · {hit.city}</span> : null}
              {hit.through ? <span className="quiet"> · {hit.through}</span> : null}
            </span>
            {hit.state === 'active' ? <span className="quiet">{hit.currency}</span> : <StateBadge state={hit.state} />}
          </>
        )}
      />
      {error ? (
        <span className={styles.wrong} id="desk-customer-error" role="alert">
          {error}
        </span>
      ) : null}
    </div>
  )
}
