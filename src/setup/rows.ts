// From the template's blocks to the rows of a company: nothing is decided here that does not stand in a file.
import { addDays, type BusinessDate } from '#kernel/dates'
import type { Template } from './template.ts'

/** `locked` rows are the same everywhere: the set-up brings them back; others stay as the company has them. */
type Marked = { readonly control: string }
const locked = (one: Marked): boolean => one.control === 'locked'

export const accountRows = (template: Template) =>
  template.accounts.map(({ code, name, type, control, template_control }) => ({
    code,
    name,
    type,
    control,
    locked: template_control === 'locked',
  }))

export const mappingRows = (template: Template) =>
  template.postingRules['account-roles'].map((one) => ({ role: one.role, account: one.account, locked: locked(one) }))

export const termRows = (template: Template) =>
  template.terms.terms.map((one) => ({
    code: one.code,
    name: one.name,
    due_days: one.due.days,
    end_of_month: one.due['end-of-month'] ?? false,
    discount_percent: one.discount?.percent ?? '0',
    discount_days: one.discount?.days ?? 0,
    prepaid: one.prepaid ?? false,
    locked: locked(one),
  }))

export const backorderRows = (template: Template) =>
  template.backorders.rules.map((one) => ({
    code: one.id,
    name: `${one.action.replaceAll('-', ' ')}: ${backorderScope(one)}`,
    policy: one.action,
    min_fill_percent: one['min-fill'],
    max_shipments: one['shipments-max'],
    keep_open_days: one['keep-open-days'],
    customer_class: given(one['customer-class']),
    item_class: given(one['item-class']),
    channel: given(one.channel),
    locked: locked(one),
  }))

/** Empty where a rule is for any. */
const given = (scope: string): string | null => (scope === 'any' ? null : scope)

type Scope = Template['backorders']['rules'][number]

function backorderScope(rule: Scope): string {
  const parts = [
    rule['customer-class'] === 'any' ? '' : `${rule['customer-class']} customers`,
    rule['item-class'] === 'any' ? '' : `class ${rule['item-class']} items`,
    rule.channel === 'any' ? '' : `by ${rule.channel}`,
  ].filter((part) => part !== '')
  return parts.join(', ') || 'everybody else'
}

/** The rule of a customer of this class: the first for the class that asks for no channel and no single item class, else the general one. */
export function backorderRuleFor(template: Template, customerClass: string): string | undefined {
  const whole = template.backorders.rules.filter((one) => one.channel === 'any' && one['item-class'] === 'any')
  const own = whole.find((one) => one['customer-class'] === customerClass)
  return (own ?? whole.find((one) => one['customer-class'] === 'any'))?.id
}

export const returnReasonRows = (template: Template) =>
  template.returns.reasons.map((one) => ({
    code: one.code,
    name: one.name,
    window_days: one['window-days'],
    restocking_percent: one['fee-percent'],
    disposition: one.disposition,
    locked: locked(one),
  }))

const TAX_KINDS: readonly [RegExp, string][] = [
  [/EXEMPT/, 'exempt'],
  [/EXPORT/, 'export'],
  [/-RC$/, 'reverse-charge'],
]

/** What a tax code is, for reports: zero-rated codes differ by their reason, which their name carries. */
function taxKind(code: { code: string; rates: readonly { percent: string }[] }): string {
  if (code.rates.some((rate) => rate.percent !== '0')) {
    return 'standard'
  }
  return TAX_KINDS.find(([pattern]) => pattern.test(code.code))?.[1] ?? 'zero'
}

export const taxCodeRows = (template: Template, area: string) =>
  template.taxes.codes
    .filter((one) => one.area === area)
    .map((one) => ({ code: one.code, name: one.name, kind: taxKind(one), account: one.account, locked: locked(one) }))

/** Percent as text; a rate is valid until the day before the next one. */
export const taxRateRows = (template: Template, area: string) =>
  template.taxes.codes
    .filter((one) => one.area === area)
    .flatMap((one) =>
      one.rates.map((rate, at) => ({
        code: one.code,
        from: rate.from,
        until: one.rates[at + 1]?.from ?? null,
        percent: rate.percent,
      })),
    )

export const taxRuleRows = (template: Template, area: string) =>
  template.taxes['fiscal-positions']
    .filter((one) => one.area === area)
    .flatMap((one) =>
      Object.entries(one.taxes).map(([taxClass, code]) => ({
        position: one.position,
        tax_class: taxClass,
        code,
        locked: locked(one),
      })),
    )

export const discountLimitRows = (template: Template) =>
  template.prices['discount-limits'].map((one) => ({ role: one.role, percent: one.percent, locked: locked(one) }))

/** `family` null is the general floor. */
export const marginFloorRows = (template: Template) =>
  template.prices['margin-floor'].map((one) => ({
    family: one.family === 'any' ? null : one.family,
    percent: one.percent,
    locked: locked(one),
  }))

/** One row for each approver of each step; the step covers what lies above the step before, up to its own limit. */
export const approvalRows = (template: Template, currency: string) =>
  template.approvals.kinds.flatMap((kind) =>
    kind.steps.flatMap((step, at) => {
      const before = kind.steps[at - 1]
      const above = before ? limitOf(before['up-to'], currency) : null
      return step.approvers.map((role, place) => ({
        kind: kind.kind,
        role,
        above: above ?? '0',
        up_to: limitOf(step['up-to'], currency),
        sequence: place + 1,
        locked: locked(kind),
      }))
    }),
  )

/** The limit in a currency; one that the template does not name starts with the figures of USD. Null is no limit. */
export function limitOf(upTo: string | Readonly<Record<string, string>>, currency: string): string | null {
  if (typeof upTo === 'string') {
    return upTo === 'no-limit' ? null : upTo
  }
  return upTo[currency] ?? upTo.USD ?? null
}

/** The amount up to which a kind needs nobody, in the company's currency: the limit of a first step without approvers. */
export function freeUpTo(template: Template, kind: string, currency: string): string {
  const first = template.approvals.kinds.find((one) => one.kind === kind)?.steps[0]
  return first && first.approvers.length === 0 ? (limitOf(first['up-to'], currency) ?? '0') : '0'
}

/** Months from 'YYYY-MM', each with its first and last day. */
export function periodRows(
  from: string,
  count: number,
): readonly { code: string; starts: BusinessDate; ends: BusinessDate }[] {
  const [year = 0, month = 1] = from.split('-').map(Number)
  return Array.from({ length: count }, (_, at) => {
    const starts = firstOf(year, month + at)
    return { code: starts.slice(0, 7), starts, ends: addDays(firstOf(year, month + at + 1), -1) }
  })
}

/** The first day of a month; months beyond 12 run on into the next years, those below 1 back into the former. */
export function firstOf(year: number, month: number): BusinessDate {
  const months = year * 12 + month - 1
  return `${Math.trunc(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
