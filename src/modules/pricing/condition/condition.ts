// A price condition: one rule about a price or a discount, for whom, for what, from when until when.
import { document, f } from '#kernel/document'

/** The declared precedence: kinds in the order in which they are asked, with the rank each is stored under. */
export const RANKS = {
  contract: 10,
  customer: 20,
  group: 30,
  agreement: 40,
  promotion: 50,
  break: 60,
  matrix: 70,
  list: 80,
} as const

export const KINDS = ['contract', 'customer', 'group', 'agreement', 'promotion', 'break', 'matrix', 'list'] as const
export const METHODS = ['price', 'discount-on-base', 'discount-on-running', 'cost-plus'] as const

export type Kind = (typeof KINDS)[number]
export type Method = (typeof METHODS)[number]

export const condition = document('pricing.condition', {
  label: 'Price condition',
  role: 'configuration',
  table: 'pricing.condition',
  numbered: 'number',
  fields: {
    number: f.code(),
    kind: f.choice(KINDS),
    rank: f.integer(),
    step: f.integer(),
    list: f.ref('pricing.list', { column: 'list_id', optional: true }),
    subject: f.text({ column: 'subject_id', label: 'Customer or group' }),
    group: f.code({ column: 'group_code', optional: true, label: 'Price group' }),
    object: f.text({ column: 'object_id', label: 'Item or category' }),
    currency: f.code(),
    minQuantity: f.quantity({ column: 'min_quantity', label: 'From quantity (base unit)' }),
    counts: f.choice(['line', 'cumulative']),
    valid: f.text({ label: 'Valid' }),
    method: f.choice(METHODS),
    amount: f.price({ label: 'Price or percent' }),
    unit: f.code({ optional: true }),
    combines: f.choice(['with-all', 'best-of']),
    floorPercent: f.percent({ column: 'floor_percent', optional: true, label: 'Least margin' }),
    note: f.text(),
  },
  states: ['active', 'withdrawn'],
  list: {
    columns: ['number', 'subject', 'object', 'amount', 'kind', 'valid', 'minQuantity', 'method', 'list'],
    search: ['number', 'note'],
    sort: 'number',
  },
  verbs: {
    add: { from: null, to: 'active' },
    end: { from: ['active'], to: 'active' },
    withdraw: { from: ['active'], to: 'withdrawn', reason: 'required' },
  },
})
