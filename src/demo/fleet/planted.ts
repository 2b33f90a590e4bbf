// What is planted in the fleet, so that whoever looks for it can tell whether all of it was found, and nothing else.

/** A change outside of a plan; `by` is the way it came. `statement` is SQL in the site's company. */
export type PlantedDrift = {
  readonly site: string
  readonly kind: string
  readonly key: string
  readonly field: string | null
  readonly by: 'sql' | 'api' | 'import' | 'job'
  readonly statement: string
}

export const DRIFT: readonly PlantedDrift[] = [
  {
    ...{ site: 'S02', kind: 'tax.rule', key: 'domestic/standard', field: 'code', by: 'sql' },
    statement: `update tax.rule set code = 'US-EXEMPT' where position = 'domestic' and tax_class = 'standard'`,
  },
  {
    ...{ site: 'S04', kind: 'ledger.account', key: '1200', field: 'name', by: 'api' },
    statement: `update ledger.account set name = 'Stock of the branch' where code = '1200'`,
  },
  {
    ...{ site: 'S07', kind: 'party.term', key: 'PREPAID', field: 'name', by: 'import' },
    statement: `update party.term set name = 'Cash first' where code = 'PREPAID'`,
  },
  {
    ...{ site: 'S11', kind: 'kernel.approval-rule', key: 'journal/finance-controller/0/1', field: null, by: 'sql' },
    statement: `delete from kernel.approval_rule where kind = 'journal'`,
  },
  {
    ...{ site: 'S12', kind: 'party.term', key: 'NET120', field: null, by: 'job' },
    statement: `insert into party.term (company_id, code, name, due_days) select id, 'NET120', '120 days', 120 from company.company`,
  },
  {
    ...{ site: 'S15', kind: 'company.setting', key: 'negative-stock', field: 'value', by: 'sql' },
    statement: `update company.company set settings = settings || '{"negative-stock": "allowed"}'`,
  },
]

/** A deviation that was approved and carried out. `days` from now until its last day; a negative one has run out. */
export type PlantedDeviation = {
  readonly site: string
  readonly kind: string
  readonly key: string
  readonly field: string
  readonly value: string
  readonly days: number
  readonly statement: string
}

const renamed = (site: string, code: string, name: string, days: number): PlantedDeviation => ({
  ...{ site, kind: 'ledger.account', key: code, field: 'name', value: name, days },
  statement: `update ledger.account set name = '${name}' where code = '${code}'`,
})

export const DEVIATIONS: readonly PlantedDeviation[] = [
  renamed('S03', '1100', 'Debtors', 90),
  renamed('S05', '1100', 'Debtors', -1),
  renamed('S06', '1100', 'Debtors', 30),
  renamed('S09', '1160', 'Uninvoiced deliveries', -20),
  renamed('S14', '1150', 'Goods on the road', -3),
]

/** Somebody who holds two roles that one person must not. */
export const CONFLICTS = [
  {
    site: 'S08',
    email: 'rita.s08@fleet.example',
    name: 'Rita Two-Hats',
    roles: ['order-desk-clerk', 'credit-officer'],
  },
  { site: 'S13', email: 'tom.s13@fleet.example', name: 'Tom Both-Ways', roles: ['pricing-manager', 'sales-manager'] },
] as const

/** Releases after the reference one, each a change of the former. */
export const RELEASES = [
  {
    number: '1.1.0',
    notes: 'New customers pay within ten days',
    file: 'payment-terms.yaml',
    from: 'due: { from: invoice-date, days: 14 }',
    to: 'due: { from: invoice-date, days: 10 }',
  },
  {
    number: '1.2.0',
    notes: 'Vendor claims get a clearer name',
    file: 'chart-of-accounts.csv',
    from: '1250,Vendor claims,',
    to: '1250,Claims on suppliers,',
  },
] as const
