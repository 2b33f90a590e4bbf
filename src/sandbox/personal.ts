// Which columns hold personal data, and of which sort: what a copy for practice must not show. A test holds the list
// against the descriptions of the documents, so that a new field is either here or said to be none.

/** `name` of a person or company, `email`, `phone`, `address` line, `account` at a bank or tax office, `text` that people wrote. */
export type Sort = 'name' | 'email' | 'phone' | 'address' | 'account' | 'text'

export type Personal = { readonly table: string; readonly column: string; readonly sort: Sort }

const of = (table: string, columns: Readonly<Record<string, Sort>>): readonly Personal[] =>
  Object.entries(columns).map(([column, sort]) => ({ table, column, sort }))

/** Values of these columns are masked there, and wherever else the database repeats them. */
export const PERSONAL: readonly Personal[] = [
  ...of('access.account', { email: 'email', name: 'name' }),
  ...of('party.party', {
    ...{ name: 'name', email: 'email', phone: 'phone', street: 'address', postcode: 'address' },
    ...{ tax_id: 'account', duns: 'account', gln: 'account', bank_hash: 'account' },
  }),
  ...of('party.customer', { name: 'name', bank_account: 'account' }),
  ...of('party.supplier', { name: 'name', bank_account: 'account' }),
  ...of('party.contact', { name: 'name', email: 'email', phone: 'phone' }),
  ...of('party.ship_to', { name: 'name', street: 'address', postcode: 'address', gln: 'account' }),
  ...of('tax.exemption', { certificate: 'account' }),
  ...of('credit.group_limit', { name: 'name' }),
  ...of('rollout.participant', { name: 'name' }),
]

/** What people wrote in their own words: it goes altogether, as nobody knows whom it names. */
export const WRITTEN: readonly Personal[] = [
  ...of('party.customer', { note: 'text' }),
  ...of('party.supplier', { note: 'text' }),
  ...of('party.ship_to', { receiving_note: 'text' }),
  ...of('sales.orders', { note: 'text' }),
  ...of('kernel.comment', { text: 'text' }),
  ...of('kernel.attachment', { name: 'text', taken_back_reason: 'text' }),
]
