// What the files of the demo look like: the part that the loader reads.
import { Type } from '@sinclair/typebox'

const text = Type.String()
const texts = Type.Array(text)
const decimal = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })
const yesNo = Type.Union([Type.Literal('yes'), Type.Literal('no')])
/** Days relative to the day of loading, as text in a CSV file. */
const days = Type.String({ pattern: '^(-?\\d+)?$' })
const optional = Type.Optional
const rows = <P extends Parameters<typeof Type.Object>[0]>(properties: P) => Type.Array(Type.Object(properties))

export const enterprise = Type.Object({
  enterprise: Type.Object({ code: text, name: text }),
  companies: rows({
    code: text,
    name: text,
    currency: text,
    country: text,
    'time-zone': text,
    'tax-area': text,
    'tax-id': text,
    'gs1-prefix': text,
    acquired: optional(Type.Boolean()),
    address: Type.Object({ street: text, city: text, region: Type.String(), postcode: text }),
    choices: Type.Record(text, Type.Unknown()),
    holidays: Type.Object({ calendar: text, 'closed-also': texts }),
  }),
  warehouses: rows({
    code: text,
    name: text,
    company: text,
    outbound: text,
    'handling-hours': Type.Integer(),
    'cut-off': text,
    // The code of its own site below the one of its company, where it has one.
    site: optional(text),
  }),
  'exchange-rates': rows({ from: text, to: text, day: Type.Integer(), rate: decimal }),
})

export const users = Type.Object({
  users: rows({
    user: text,
    name: text,
    email: text,
    role: text,
    companies: texts,
    warehouses: texts,
    key: optional(Type.Boolean()),
  }),
})

export const suppliers = rows({
  code: text,
  name: text,
  companies: text,
  city: text,
  postcode: text,
  country: text,
  email: text,
  currency: text,
  payment_term: text,
  lead_days: decimal,
})

export const customers = rows({
  code: text,
  name: text,
  companies: text,
  class: text,
  price_group: text,
  tax_id: text,
  street: text,
  city: text,
  postcode: text,
  country: text,
  phone: text,
  email: text,
  contact: text,
  payment_term: text,
  credit_currency: text,
  credit_limit: decimal,
  risk_class: text,
  parent: text,
})

export const shipTos = rows({
  customer: text,
  code: text,
  name: text,
  street: text,
  city: text,
  postcode: text,
  country: text,
  delivery_window: text,
  receiving_note: text,
  active: yesNo,
  reason: text,
})

export const exemptions = rows({
  customer: text,
  area: text,
  certificate: text,
  valid_from_days: days,
  valid_to_days: days,
})

export const duplicates = Type.Object({
  pairs: rows({
    customer: text,
    'looks-like': text,
    expect: Type.Union([Type.Literal('blocked'), Type.Literal('warned')]),
    why: text,
  }),
})

export const items = rows({
  code: text,
  name: text,
  family: text,
  base_unit: text,
  sales_unit: text,
  sales_factor: decimal,
  list_price_usd: decimal,
  cost_usd: decimal,
  weight_kg: decimal,
  tracking: text,
  gtin: text,
  class: text,
  tax_category: text,
  companies: text,
  supplier: text,
})

export const crossReferences = rows({ kind: text, scope: text, number: text, item: text })
export const substitutes = rows({
  item: text,
  substitute: text,
  rank: decimal,
  two_way: yesNo,
  price_rule: text,
  needs_consent: yesNo,
  kind: text,
})

export const priceLists = rows({
  code: text,
  name: text,
  company: text,
  currency: text,
  price_group: text,
  valid_from_days: days,
})
export const prices = rows({ list: text, item: text, unit: text, price: decimal })
export const breaks = rows({
  companies: text,
  family: text,
  item: text,
  from_quantity: decimal,
  unit: text,
  percent: decimal,
})
export const groupDiscounts = rows({ companies: text, price_group: text, family: text, percent: decimal })
export const contracts = rows({
  contract: text,
  customer: text,
  company: text,
  item: text,
  unit: text,
  price: decimal,
  currency: text,
  valid_from_days: days,
  valid_to_days: days,
  reason: text,
})
export const promotions = rows({
  code: text,
  name: text,
  companies: text,
  family: text,
  item: text,
  percent: decimal,
  valid_from_days: days,
  valid_to_days: days,
})

export const stock = rows({
  item: text,
  warehouse: text,
  location: text,
  quantity: decimal,
  unit: text,
  cost: decimal,
  lot: text,
  expiry_days: days,
  serial: text,
})

const span = Type.Tuple([Type.Integer(), Type.Integer()])
const lines = Type.Object({
  from: optional(Type.Integer()),
  to: optional(Type.Integer()),
  families: optional(texts),
  class: optional(text),
  contract: optional(Type.Boolean()),
  items: optional(texts),
  quantity: optional(Type.Integer()),
})

export const stories = Type.Object({
  periods: Type.Object({ 'hard-locked-before': Type.Integer(), 'soft-locked-before': Type.Integer() }),
  stories: rows({
    id: text,
    company: text,
    document: text,
    state: text,
    count: Type.Integer(),
    customers: optional(texts),
    day: span,
    lines: optional(lines),
    warehouse: optional(text),
    'to-warehouse': optional(text),
    supplier: optional(text),
    hold: optional(texts),
    worth: optional(Type.Union([Type.Literal('over-limit'), Type.Tuple([decimal, decimal])])),
    'override-percent': optional(decimal),
    reason: optional(Type.Union([text, texts])),
    'ship-to': optional(Type.Literal('closed')),
    'customer-order-number': optional(Type.Literal('same')),
    channel: optional(Type.Literal('edi')),
    backorder: optional(texts),
    short: optional(Type.Integer()),
    'paid-day': optional(Type.Integer()),
    'pay-after-days': optional(span),
    'pay-percent': optional(decimal),
    'short-by': optional(decimal),
    'settlement-discount': optional(Type.Boolean()),
    deposit: optional(Type.Boolean()),
    amount: optional(decimal),
    'return-after-days': optional(Type.Integer()),
    disposition: optional(text),
    credit: optional(text),
    'credit-percent': optional(decimal),
    'expect-overdue-days': optional(span),
    entry: optional(rows({ debit: optional(text), credit: optional(text), amount: decimal })),
    steps: rows({ verb: text, by: text }),
    why: text,
  }),
})
