// The settings of a company: the template's values, the answers that a site gave where it may, and nothing else.
import { refuse } from './refusals.ts'
import { freeUpTo } from './rows.ts'
import type { Template } from './template.ts'

export type Settings = Readonly<Record<string, unknown>>
type Setting = Template['company']['settings'][number]

/** The files that ask for settings, with what each asks. */
const settingsByFile = (template: Template): readonly (readonly [file: string, settings: readonly Setting[]])[] => [
  ['company.yaml', template.company.settings],
  ['credit-policy.yaml', template.credit.settings],
  ['backorder-rules.yaml', template.backorders.settings],
  ['return-policy.yaml', template.returns.settings],
  ['warehouse-patterns.yaml', template.warehouses.settings],
  ['posting-rules.yaml', template.postingRules.rules.flatMap(choiceOfRule)],
]

const settingsIn = (template: Template): readonly Setting[] =>
  settingsByFile(template).flatMap(([, settings]) => settings)

/** A posting rule that a site may switch on or off is a setting under its event's name. */
function choiceOfRule(rule: Template['postingRules']['rules'][number]): readonly Setting[] {
  const { event: key, value, allowed, control, owner } = rule
  return value === undefined ? [] : [{ key, value, allowed, control, owner }]
}

/**
 * `all` are the settings of a new company, `locked` those that no company may have otherwise. Refuses an answer to a
 * locked setting (TEMPLATE_LOCKED), one outside of what is allowed (TEMPLATE_NOT_ALLOWED), and one to a question that
 * the template does not ask (TEMPLATE_UNKNOWN_NAME).
 */
export function settingsOf(
  template: Template,
  currency: string,
  choices: Settings,
): { readonly all: Settings; readonly locked: Settings } {
  const known = settingsIn(template)
  for (const [key, value] of Object.entries(choices)) {
    checkChoice(known, key, value)
  }
  const values = known.map((one): [string, unknown] => [one.key, choices[one.key] ?? one.value])
  const lockedKeys = new Set(known.filter((one) => one.control === 'locked').map((one) => one.key))
  return {
    all: { ...Object.fromEntries(values), ...policy(template, currency, Object.fromEntries(values)) },
    locked: Object.fromEntries(values.filter(([key]) => lockedKeys.has(key))),
  }
}

/** From which file each value comes that modules ask for by a name of their own. */
const POLICY_FILES: Readonly<Record<string, string>> = {
  credit_checkpoints: 'credit-policy.yaml',
  credit_release_days: 'credit-policy.yaml',
  credit_risk_classes: 'credit-policy.yaml',
  write_off_limit: 'approval-matrix.yaml',
  quote_valid_days: 'company.yaml',
  duplicate_days: 'company.yaml',
  count_tolerance_percent: 'approval-matrix.yaml',
  hold_hours: 'holds.yaml',
  numbering: 'numbering.yaml',
}

/** Every setting of a company with its mark, its owner and its file; refuses choices as `settingsOf` does. */
export function settingObjects(
  template: Template,
  currency: string,
  choices: Settings,
): readonly (Omit<Setting, 'key'> & { key: string; file: string })[] {
  const { all } = settingsOf(template, currency, choices)
  const owners = new Map(template.files.map((one) => [one.file, one.owner]))
  const asked = settingsByFile(template).flatMap(([file, settings]) =>
    settings.map((one) => ({ ...one, value: all[one.key], file })),
  )
  const known = new Set(asked.map((one) => one.key))
  const derived = Object.entries(all)
    .filter(([key, value]) => !known.has(key) && value !== undefined)
    .map(([key, value]) => {
      const file = POLICY_FILES[key] ?? 'company.yaml'
      return { key, value, control: 'default' as const, owner: owners.get(file) ?? '', file }
    })
  return [...asked, ...derived]
}

/** What modules ask of a company by names of their own. */
function policy(template: Template, currency: string, values: Settings): Settings {
  const { 'check-points': points, 'risk-classes': classes } = template.credit
  return {
    credit_checkpoints: points.filter((one) => one.checked).map((one) => one.at),
    credit_release_days: values['release-expires-days'],
    credit_risk_classes: Object.fromEntries(
      classes.map((one) => [
        one.class,
        {
          limit_max: one['limit-max'][currency] ?? one['limit-max'].USD,
          review_days: one['review-days'],
          overdue_hold_days: one['overdue-hold-days'],
          terms: one.terms,
        },
      ]),
    ),
    write_off_limit: freeUpTo(template, 'write-off', currency),
    quote_valid_days: values['quotation-validity-days'],
    duplicate_days: values['duplicate-order-window-days'],
    count_tolerance_percent: template.approvals.kinds.find((one) => one.kind === 'stock-adjustment')?.also?.tolerance,
    hold_hours: Object.fromEntries(template.holds.holds.map((one) => [one.type, one['limit-hours']])),
    numbering: Object.fromEntries(template.numbering.series.map((one) => [one.document, one.format])),
  }
}

function checkChoice(known: readonly Setting[], key: string, value: unknown): void {
  const setting = known.find((one) => one.key === key)
  if (setting === undefined) {
    const names = known.map((one) => one.key).join(', ')
    refuse('TEMPLATE_UNKNOWN_NAME', { kind: 'setting', name: key, known: names, file: 'company.yaml' })
  } else if (setting.control === 'locked') {
    refuse('TEMPLATE_LOCKED', { key, value: JSON.stringify(setting.value), owner: setting.owner })
  } else if (!isAllowed(setting.allowed, value)) {
    refuse('TEMPLATE_NOT_ALLOWED', { key, value: JSON.stringify(value), allowed: JSON.stringify(setting.allowed) })
  }
}

/** A list names the values, `min` and `max` bound a number, an object says it for each member, and words are for people. */
function isAllowed(allowed: unknown, value: unknown): boolean {
  if (Array.isArray(allowed)) {
    return allowed.some((one) => one === value)
  }
  if (!isObject(allowed)) {
    return true
  }
  if ('min' in allowed || 'max' in allowed) {
    const number = Number(value)
    const above = !('min' in allowed) || number >= Number(allowed.min)
    return above && (!('max' in allowed) || number <= Number(allowed.max))
  }
  return (
    isObject(value) && Object.entries(value).every(([key, part]) => key in allowed && isAllowed(allowed[key], part))
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
