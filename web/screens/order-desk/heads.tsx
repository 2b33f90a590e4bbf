// The head of the order: who, where to, from where, by when, under which number of his.
import type { Ref } from 'react'
import type { Store } from '../../client/store.ts'
import { t, useLanguage } from '../../i18n/index.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { type Change, setCustomer, setHead } from './actions.ts'
import type { Card } from './card-data.ts'
import { CustomerField } from './customer-field.tsx'
import styles from './desk.module.css'
import type { Draft } from './draft.ts'

type Props = {
  draft: Store<Draft>
  value: Draft
  card: Card | undefined
  warehouses: readonly { id: string; code: string; name: string }[]
  customerField: Ref<HTMLInputElement>
  errors: { customer?: string; reference?: string }
  onCustomer: () => void
}

export function Heads({ draft, value, card, warehouses, customerField, errors, onCustomer }: Props) {
  useLanguage()
  const act = (change: Change) => draft.set(change(draft.get()))
  return (
    <div className={styles.heads5}>
      <CustomerField
        customer={value.customer}
        field={customerField}
        error={errors.customer}
        onChoose={(customer) => {
          act(setCustomer(customer))
          onCustomer()
        }}
      />
      <SelectField
        label={t('desk.ship-to')}
        value={value.shipTo}
        disabled={!card || card.addresses.length === 0}
        options={[
          { value: '', text: t('desk.own-address') },
          ...(card?.addresses ?? []).map((one) => ({
            value: one.id,
            text: [one.code, one.name, one.city].filter(Boolean).join(' · '),
          })),
        ]}
        onChange={(event) => act(setHead({ shipTo: event.target.value }))}
      />
      <SelectField
        label={t('desk.warehouse')}
        value={value.warehouse}
        options={warehouses.map((one) => ({ value: one.id, text: `${one.code} · ${one.name}` }))}
        onChange={(event) => act(setHead({ warehouse: event.target.value }))}
      />
      <TextField
        label={t('desk.wanted')}
        type="date"
        value={value.requestedOn}
        onChange={(event) => act(setHead({ requestedOn: event.target.value }))}
      />
      <TextField
        label={t('desk.reference')}
        value={value.reference}
        maxLength={60}
        error={errors.reference}
        autoComplete="off"
        onChange={(event) => act(setHead({ reference: event.target.value }))}
      />
    </div>
  )
}
