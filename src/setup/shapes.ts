// What each file of the template looks like: the part that the set-up reads. Keys beside these are for people.
import { type TProperties, Type } from '@sinclair/typebox'

export type Control = 'locked' | 'default' | 'local-choice'

const text = Type.String()
const texts = Type.Array(text)
const control = Type.Union([Type.Literal('locked'), Type.Literal('default'), Type.Literal('local-choice')])
const decimal = Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })
const yesNo = Type.Union([Type.Literal('yes'), Type.Literal('no')])
const amounts = Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), decimal)
const count = Type.Integer({ minimum: 0 })

/** A marked block. */
const block = <P extends TProperties>(properties: P) => Type.Object({ control, owner: text, ...properties })
const list = <P extends TProperties>(properties: P) => Type.Array(block(properties))
/** Rows of a CSV file, which carry their mark in a column. */
const rows = <P extends TProperties>(properties: P) =>
  Type.Array(Type.Object({ template_control: control, ...properties }))

const setting = { key: text, value: Type.Unknown(), allowed: Type.Optional(Type.Unknown()) }

export const manifest = Type.Object({
  code: text,
  name: text,
  version: text,
  open: Type.Array(text),
  files: Type.Array(Type.Object({ file: text, owner: text })),
})

export const company = Type.Object({ settings: list(setting) })

const dayRule = Type.Object({
  name: text,
  on: Type.Optional(Type.String({ pattern: '^\\d{2}-\\d{2}$' })),
  nth: Type.Optional(Type.Integer({ minimum: -1, maximum: 5 })),
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
  month: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
  easter: Type.Optional(Type.Integer()),
  plus: Type.Optional(Type.Integer()),
})
export const holidays = Type.Object({
  calendars: list({
    calendar: text,
    observed: Type.Optional(Type.Union([Type.Literal('nearest'), Type.Literal('next')])),
    days: Type.Array(dayRule),
    extra: Type.Optional(Type.Array(dayRule)),
  }),
})

export const accounts = rows({ code: text, name: text, type: text, control: text })
export const postingRules = Type.Object({
  'account-roles': list({ role: text, account: text }),
  rules: list({
    event: text,
    value: Type.Optional(Type.Unknown()),
    allowed: Type.Optional(Type.Unknown()),
    journal: text,
    lines: Type.Array(Type.Object({ debit: Type.Optional(text), credit: Type.Optional(text), amount: text })),
  }),
})
export const journals = rows({ code: text, name: text, kind: text })

export const taxes = Type.Object({
  areas: list({ area: text, country: text }),
  unions: list({ union: text, members: texts }),
  categories: list({ category: text }),
  codes: list({
    code: text,
    area: text,
    name: text,
    kind: Type.Union([Type.Literal('output'), Type.Literal('input')]),
    account: text,
    rates: Type.Array(Type.Object({ from: text, percent: decimal }), { minItems: 1 }),
    'needs-certificate': Type.Optional(Type.Boolean()),
    'needs-tax-id': Type.Optional(Type.Boolean()),
  }),
  'fiscal-positions': list({
    position: text,
    area: text,
    when: Type.Object({
      'ship-to-country': Type.Optional(text),
      certificate: Type.Optional(Type.Literal('valid')),
      'tax-id': Type.Optional(Type.Literal('valid-EU')),
    }),
    taxes: Type.Record(text, text),
  }),
})

export const terms = Type.Object({
  terms: list({
    code: text,
    name: text,
    due: Type.Object({ from: text, days: count, 'end-of-month': Type.Optional(Type.Boolean()) }),
    discount: Type.Optional(Type.Object({ percent: decimal, days: count })),
    prepaid: Type.Optional(Type.Boolean()),
  }),
})

export const numbering = Type.Object({
  series: list({ document: text, format: text, kind: Type.Union([Type.Literal('cheap'), Type.Literal('legal')]) }),
})

export const units = rows({ code: text, name: text, dimension: text, whole: yesNo })
export const conversions = rows({ from_unit: text, to_unit: text, num: decimal, den: decimal })
export const taxonomy = rows({ code: text, name: text, parent: text })

export const prices = Type.Object({
  'margin-floor': list({ family: text, percent: decimal }),
  'discount-limits': list({ role: text, percent: decimal }),
})

export const approvals = Type.Object({
  kinds: list({
    kind: text,
    document: text,
    requester: text,
    permission: Type.Optional(text),
    also: Type.Optional(Type.Object({ measure: text, tolerance: decimal })),
    steps: Type.Array(Type.Object({ 'up-to': Type.Union([text, amounts]), approvers: texts }), { minItems: 1 }),
  }),
})

export const credit = Type.Object({
  'risk-classes': list({
    class: text,
    'limit-max': amounts,
    'review-days': count,
    'overdue-hold-days': count,
    terms: texts,
  }),
  'check-points': list({ at: text, checked: Type.Boolean() }),
  holds: list({ cause: text }),
  settings: list(setting),
})

export const holds = Type.Object({
  holds: list({ type: text, release: text, responsible: text, 'limit-hours': count }),
})

export const backorders = Type.Object({
  rules: list({
    id: text,
    'customer-class': text,
    'item-class': text,
    channel: text,
    action: text,
    'min-fill': decimal,
    'shipments-max': count,
    'keep-open-days': count,
  }),
  settings: list(setting),
})

export const returns = Type.Object({
  reasons: list({
    code: text,
    name: text,
    'window-days': count,
    'fee-percent': decimal,
    disposition: Type.Union([Type.Literal('restock'), Type.Literal('quarantine'), Type.Literal('scrap')]),
  }),
  settings: list(setting),
})

export const reasons = Type.Object({
  reasons: list({ code: text, for: text, name: text, event: Type.Optional(text) }),
})

export const warehouses = Type.Object({
  patterns: list({
    pattern: text,
    direction: Type.Union([Type.Literal('in'), Type.Literal('out')]),
    steps: Type.Array(Type.Object({ verb: text, from: text, to: text })),
  }),
  settings: list(setting),
})

export const permissions = Type.Object({
  documents: list({ document: text, permissions: Type.Record(text, text) }),
})

export const roles = Type.Object({
  roles: list({ role: text, name: text, duty: text, approver: Type.Optional(text), permissions: texts }),
})

export const separations = Type.Object({
  pairs: list({
    id: text,
    name: text,
    checked: Type.Union([Type.Literal('person'), Type.Literal('document'), Type.Literal('approval')]),
    approval: Type.Optional(text),
    first: texts,
    second: texts,
    risk: text,
    'waits-for': Type.Optional(text),
  }),
})

export const exceptions = Type.Object({
  exceptions: list({
    exception: text,
    process: text,
    title: text,
    hold: Type.Optional(text),
    system: text,
    'handled-by': text,
    'within-hours': Type.Integer({ minimum: 1 }),
    by: Type.Array(text, { minItems: 1 }),
    scenarios: texts,
  }),
})

export const targets = Type.Object({
  targets: list({
    target: text,
    kind: Type.Union(
      ['performance', 'audit', 'resilience', 'recovery-point', 'recovery-time'].map((one) => Type.Literal(one)),
    ),
    says: text,
    'at-most': Type.String({ pattern: '^\\d+(\\.\\d+)?$' }),
    unit: text,
    scenario: Type.Optional(text),
    'proven-by': Type.Object({ file: text, title: text }),
  }),
})

/** Of governance the part by which other files are held against it. */
export const governance = Type.Object({ seats: list({ seat: text, area: Type.Optional(text) }) })

export const owners = Type.Object({ domains: list({ domain: text, steward: text, documents: texts }) })
