// The template as objects of configuration: each with its values by field, its owner and how far a site may differ.
// What the set-up writes into a company and what the rollout compares with it come from the same rows.
import { multiplyDecimals } from '#kernel/decimal'
import { placeObjects } from './place.ts'
import {
  accountRows,
  approvalRows,
  backorderRows,
  discountLimitRows,
  mappingRows,
  marginFloorRows,
  returnReasonRows,
  taxCodeRows,
  taxRateRows,
  taxRuleRows,
  termRows,
} from './rows.ts'
import { settingObjects } from './settings.ts'
import type { Control } from './shapes.ts'
import { parseTemplate, type Template } from './template.ts'

export type Value = null | boolean | number | string | readonly Value[] | { readonly [member: string]: Value }

/** As the rollout takes it; see its TemplateObject. */
export type ConfigurationObject = {
  readonly kind: string
  readonly fields: Readonly<Record<string, Value>>
  readonly control: Control
  readonly owner: string
  readonly reason: string
  readonly allowed?: Readonly<Record<string, Value>>
  readonly from: string
}

/** Whose objects are asked for. A `place` has its code, and `above`, what its company answers where it does not. */
export type Site = {
  readonly scope: 'enterprise' | 'company' | 'place'
  readonly currency: string
  readonly taxArea: string
  readonly choices: Readonly<Record<string, Value>>
  readonly place?: string
  readonly above?: Readonly<Record<string, Value>>
}

/**
 * The objects of a site in the template that these files are: of the enterprise, of a company with its currency (ISO
 * 4217), its tax area and its answers to the template's settings, or of one of its places. Refuses as `parseTemplate` and
 * the settings do.
 */
export function templateObjects(files: Readonly<Record<string, string>>, site: Site): readonly ConfigurationObject[] {
  const template: Template = { folder: '', ...parseTemplate(files) }
  const owners = new Map(template.files.map((one) => [one.file, one.owner]))
  const of = { enterprise: ofEnterprise, company: ofCompany, place: placeObjects }[site.scope]
  const objects = of(template, site)
  // Rows of a table of comma-separated values name no owner each: who governs the file answers for them.
  return objects.map((one) => (one.owner === '' ? { ...one, owner: owners.get(one.from) ?? '' } : one))
}

function ofEnterprise(template: Template): ConfigurationObject[] {
  const file = (name: string) => marked(name)
  return [
    ...template.units.map((one) =>
      file('units.csv')(one, 'catalog.unit', {
        code: one.code,
        name: one.name,
        dimension: one.dimension,
        whole: one.whole === 'yes',
      }),
    ),
    ...template.conversions.map((one) =>
      file('unit-conversions.csv')(one, 'catalog.conversion', {
        from: one.from_unit,
        to: one.to_unit,
        num: one.num,
        den: one.den,
      }),
    ),
    ...template.taxonomy.map((one) =>
      file('item-taxonomy.csv')(one, 'catalog.category', {
        code: one.code,
        name: one.name,
        parent: one.parent === '' ? null : one.parent,
      }),
    ),
    ...template.roles.roles.map((one) =>
      file('roles.yaml')(one, 'access.role', {
        code: one.role,
        name: one.name,
        purpose: one.duty,
        permissions: [...one.permissions].sort(),
      }),
    ),
    ...template.separations.pairs
      .filter((one) => one.checked !== 'approval')
      .map((one) =>
        file('segregation-of-duties.yaml')(one, 'access.separation', {
          id: one.id,
          first: one.first,
          second: one.second,
          risk: one.risk,
          owner: one.owner,
          checked: one.checked,
        }),
      ),
  ]
}

function ofCompany(template: Template, site: Site): ConfigurationObject[] {
  return [
    ...eachOf(template.accounts, 'chart-of-accounts.csv', 'ledger.account', (one) =>
      accountRows({ ...template, accounts: [one] }),
    ),
    ...eachOf(template.postingRules['account-roles'], 'posting-rules.yaml', 'ledger.mapping', (one) =>
      mappingRows({ ...template, postingRules: { ...template.postingRules, 'account-roles': [one] } }),
    ),
    ...taxes(template, site.taxArea),
    ...eachOf(template.terms.terms, 'payment-terms.yaml', 'party.term', (one) =>
      termRows({ ...template, terms: { terms: [one] } }),
    ),
    ...eachOf(template.backorders.rules, 'backorder-rules.yaml', 'sales.backorder-rule', (one) =>
      backorderRows({ ...template, backorders: { ...template.backorders, rules: [one] } }),
    ),
    ...eachOf(template.returns.reasons, 'return-policy.yaml', 'returns.reason', (one) =>
      returnReasonRows({ ...template, returns: { ...template.returns, reasons: [one] } }),
    ),
    ...eachOf(template.prices['discount-limits'], 'price-architecture.yaml', 'pricing.discount-limit', (one) =>
      discountLimitRows({ ...template, prices: { ...template.prices, 'discount-limits': [one] } }),
    ),
    ...eachOf(template.prices['margin-floor'], 'price-architecture.yaml', 'pricing.margin-floor', (one) =>
      marginFloorRows({ ...template, prices: { ...template.prices, 'margin-floor': [one] } }).map(
        ({ family, percent }) => ({ category: family, percent }),
      ),
    ),
    ...eachOf(template.approvals.kinds, 'approval-matrix.yaml', 'kernel.approval-rule', (one) =>
      approvalRows({ ...template, approvals: { kinds: [one] } }, site.currency),
    ),
    ...settingObjects(template, site.currency, site.choices).map((one) =>
      marked(one.file)(
        one,
        'company.setting',
        { key: one.key, value: plain(one.value) },
        one.allowed === undefined ? undefined : { value: plain(one.allowed) },
      ),
    ),
  ]
}

function taxes(template: Template, area: string): ConfigurationObject[] {
  const { codes, 'fiscal-positions': positions } = template.taxes
  const only = (code: (typeof codes)[number]) => ({ ...template, taxes: { ...template.taxes, codes: [code] } })
  return [
    ...eachOf(codes, 'taxes.yaml', 'tax.code', (one) => taxCodeRows(only(one), area)),
    ...eachOf(codes, 'taxes.yaml', 'tax.rate', (one) => taxRateRows(only(one), area).map(rateOf)),
    ...eachOf(positions, 'taxes.yaml', 'tax.rule', (one) =>
      taxRuleRows({ ...template, taxes: { ...template.taxes, 'fiscal-positions': [one] } }, area),
    ),
  ]
}

/** A rate as it is kept: a share of one, from a day until before the next. */
const rateOf = (one: { code: string; from: string; until: string | null; percent: string }) => ({
  code: one.code,
  valid: `[${one.from},${one.until ?? ''})`,
  rate: multiplyDecimals(one.percent, '0.01'),
})

type Block = {
  readonly control?: string
  readonly template_control?: Control
  readonly owner?: string
  readonly reason?: unknown
  readonly allowed?: unknown
}
type Row = Readonly<Record<string, unknown>>

/** The objects that each block makes, with the block's owner, mark and reason. */
function eachOf<B extends Block, R extends Row>(
  blocks: readonly B[],
  file: string,
  kind: string,
  rows: (block: B) => readonly R[],
): ConfigurationObject[] {
  return blocks.flatMap((block) =>
    rows(block).map((row) => {
      const { locked: _, ...values } = row
      const fields = Object.fromEntries(
        Object.entries(values).map(([column, value]) => [fieldName(column), plain(value)]),
      )
      return marked(file)(block, kind, fields, allowedOf(kind, block.allowed))
    }),
  )
}

/** A value as JSON has it: what is left out is not there. */
const plain = (value: unknown): Value => JSON.parse(JSON.stringify(value ?? null))

/** `due_days` is the column of the field `dueDays`. */
const fieldName = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Bounds of a block's values are given by their names in the file; words are for people and bound nothing. */
function allowedOf(kind: string, allowed: unknown): Readonly<Record<string, Value>> | undefined {
  if (typeof allowed !== 'object' || allowed === null || Array.isArray(allowed) || kind !== 'tax.rate') return undefined
  return Object.fromEntries(Object.entries(allowed).map(([name, bounds]) => [name, plain(bounds)]))
}

const markOf = (control: string | undefined): Control =>
  control === 'locked' || control === 'local-choice' ? control : 'default'

const marked =
  (from: string) =>
  (
    block: Block,
    kind: string,
    fields: Readonly<Record<string, Value>>,
    allowed?: Readonly<Record<string, Value>>,
  ): ConfigurationObject => ({
    kind,
    fields,
    // A table marks its rows in a column of their own: an account's control is whose sub-ledger it belongs to.
    control: block.template_control ?? markOf(block.control),
    owner: block.owner ?? '',
    reason: typeof block.reason === 'string' ? block.reason.trim() : '',
    ...(allowed ? { allowed } : {}),
    from,
  })
