// Whether a template holds together: every name that one file uses, another defines. All problems are found at once.
import { exceptionProblems } from './check-exceptions.ts'
import { targetProblems } from './check-targets.ts'
import { refuse } from './refusals.ts'
import type { Template } from './template.ts'

/** One name that leads nowhere: in which file, at which place, and what is wrong. */
export type Problem = { readonly file: string; readonly place: string; readonly problem: string }

type Known = { readonly permissions?: readonly string[] | undefined }

/**
 * Every problem of a template, none when it is sound. With `permissions`, those that the product really has, the names in
 * permissions.yaml are held against them too; a pair that waits for a module is left out.
 */
export function checkTemplate(template: Template, known: Known = {}): readonly Problem[] {
  return [
    ...accountProblems(template),
    ...goodsProblems(template),
    ...peopleProblems(template),
    ...permissionProblems(template, known),
    ...exceptionProblems(template),
    ...targetProblems(template),
  ]
}

/** Refuses TEMPLATE_UNSOUND with every problem in one sentence. */
export function requireSound(template: Template, known: Known = {}): void {
  const found = checkTemplate(template, known)
  if (found.length > 0) {
    const problems = found.map((one) => `${one.file}, ${one.place}: ${one.problem}`).join('; ')
    refuse('TEMPLATE_UNSOUND', { problems, count: found.length, list: found })
  }
}

type Uses = readonly (readonly [place: string, name: string])[]

/** What is used and not among the known. */
const dangling = (file: string, what: string, known: Iterable<string>, uses: Uses): readonly Problem[] => {
  const names = new Set(known)
  return uses
    .filter(([, name]) => !names.has(name))
    .map(([place, name]) => ({ file, place, problem: `there is no ${what} ${name}` }))
}

function accountProblems(template: Template): readonly Problem[] {
  const accounts = template.accounts.map((one) => one.code)
  const { 'account-roles': roles, rules } = template.postingRules
  const lines = rules.flatMap((rule) =>
    rule.lines.map((line): [string, string] => [rule.event, line.debit ?? line.credit ?? 'without a side']),
  )
  return [
    ...dangling('posting-rules.yaml', 'account', accounts, [
      ...roles.map((one): [string, string] => [one.role, one.account]),
      ...lines,
    ]),
    ...dangling(
      'taxes.yaml',
      'account',
      accounts,
      template.taxes.codes.map((one) => [one.code, one.account]),
    ),
    ...dangling(
      'posting-rules.yaml',
      'journal',
      template.journals.map((one) => one.code),
      rules.map((one) => [one.event, one.journal]),
    ),
  ]
}

function goodsProblems(template: Template): readonly Problem[] {
  const { taxes, taxonomy, prices, units, conversions } = template
  const families = taxonomy.map((one) => one.code)
  const areas = taxes.areas.map((one) => one.area)
  const roleNames = template.roles.roles.map((one) => one.role)
  return [
    ...dangling(
      'item-taxonomy.csv',
      'family',
      ['', ...families],
      taxonomy.map((one) => [one.code, one.parent]),
    ),
    ...dangling(
      'price-architecture.yaml',
      'family',
      ['any', ...families],
      prices['margin-floor'].map((one) => ['margin-floor', one.family]),
    ),
    ...dangling(
      'price-architecture.yaml',
      'role',
      roleNames,
      prices['discount-limits'].map((one) => ['discount-limits', one.role]),
    ),
    ...dangling(
      'unit-conversions.csv',
      'unit',
      units.map((one) => one.code),
      conversions.flatMap((one): [string, string][] => [
        [one.from_unit, one.from_unit],
        [one.from_unit, one.to_unit],
      ]),
    ),
    ...dangling(
      'taxes.yaml',
      'area',
      areas,
      [...taxes.codes, ...taxes['fiscal-positions']].map((one) => [
        'name' in one ? String(one.name) : 'position',
        one.area,
      ]),
    ),
    ...dangling(
      'taxes.yaml',
      'code',
      taxes.codes.map((one) => one.code),
      taxes['fiscal-positions'].flatMap((one) =>
        Object.values(one.taxes).map((code): [string, string] => [`${one.area} ${one.position}`, code]),
      ),
    ),
  ]
}

function peopleProblems(template: Template): readonly Problem[] {
  const { approvals, credit, terms, backorders } = template
  const roleNames = template.roles.roles.map((one) => one.role)
  return [
    ...dangling(
      'data-owners.yaml',
      'role',
      roleNames,
      template.owners.domains.flatMap((one): [string, string][] => [
        [one.domain, one.owner],
        [one.domain, one.steward],
      ]),
    ),
    ...dangling(
      'approval-matrix.yaml',
      'role',
      roleNames,
      approvals.kinds.flatMap((kind) =>
        kind.steps.flatMap((step) => step.approvers.map((role): [string, string] => [kind.kind, role])),
      ),
    ),
    ...dangling(
      'credit-policy.yaml',
      'term',
      terms.terms.map((one) => one.code),
      credit['risk-classes'].flatMap((one) => one.terms.map((term): [string, string] => [one.class, term])),
    ),
    ...dangling(
      'backorder-rules.yaml',
      'rule',
      backorders.rules.map((one) => one.id),
      backorders.settings.map((one) => [one.key, String(one.value)]),
    ),
  ]
}

/** Permissions that the product has and the template has no sentence for: until somebody writes it, nobody can be given them. */
export const unnamedPermissions = (template: Template, permissions: readonly string[]): readonly Problem[] =>
  dangling(
    'permissions.yaml',
    'sentence for the permission',
    listedIn(template),
    permissions.map((name) => [name, name]),
  )

const listedIn = (template: Template): readonly string[] =>
  template.permissions.documents.flatMap((one) => Object.keys(one.permissions).map((verb) => `${one.document}.${verb}`))

function permissionProblems(template: Template, { permissions }: Known): readonly Problem[] {
  const listed = listedIn(template)
  const held = template.roles.roles.flatMap((one) => one.permissions.map((name): [string, string] => [one.role, name]))
  const pairs = template.separations.pairs
    .filter((one) => one['waits-for'] === undefined)
    .flatMap((one) => [...one.first, ...one.second].map((name): [string, string] => [one.id, name]))
  const matrix = template.approvals.kinds.flatMap((one): [string, string][] => [
    [one.kind, one.requester],
    ...(one.permission === undefined ? [] : ([[one.kind, one.permission]] as [string, string][])),
  ])
  return [
    ...(permissions
      ? dangling(
          'permissions.yaml',
          'permission',
          permissions,
          listed.map((name) => [name, name]),
        )
      : []),
    ...dangling('roles.yaml', 'permission', listed, held),
    ...dangling('segregation-of-duties.yaml', 'permission', listed, pairs),
    ...dangling('approval-matrix.yaml', 'permission', listed, matrix),
    ...dangling(
      'holds.yaml',
      'permission',
      listed,
      template.holds.holds.map((one) => [one.type, one.release]),
    ),
  ]
}
