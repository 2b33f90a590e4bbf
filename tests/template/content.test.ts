// The template agrees with itself: every name that one file uses, another file defines.
import { describe, expect, test } from 'vitest'
import {
  type Block,
  block,
  blocks,
  cell,
  column,
  isBlock,
  missing,
  repeated,
  rows,
  tenThousandths,
  texts,
  yaml,
} from './read.ts'

const accounts = column(rows('chart-of-accounts.csv'), 'code')
const permissions = new Set(
  blocks(yaml('permissions.yaml').documents).flatMap((one) =>
    Object.keys(block(one.permissions)).map((verb) => `${one.document}.${verb}`),
  ),
)
const roles = new Map(
  blocks(yaml('roles.yaml').roles).map((one) => [String(one.role), new Set(texts(one.permissions))]),
)
const roleNames = new Set(roles.keys())
const pairs = blocks(yaml('segregation-of-duties.yaml').pairs)
const terms = new Map(blocks(yaml('payment-terms.yaml').terms).map((one) => [String(one.code), one]))
const files = blocks(yaml('template.yaml').files).map((one) => String(one.file))

/** Every block of a YAML file that carries a mark, however deep it lies. */
function marked(value: unknown): readonly Block[] {
  if (Array.isArray(value)) return value.flatMap(marked)
  if (!isBlock(value)) return []
  return [...('control' in value ? [value] : []), ...Object.values(value).flatMap(marked)]
}

describe('the template', () => {
  test.each(files)('TPL-02 every block of %s carries a mark, and an owner who is a role', (file) => {
    if (file.endsWith('.csv')) {
      expect(
        rows(file).filter((row) => !['locked', 'default', 'local-choice'].includes(cell(row, 'template_control'))),
      ).toEqual([])
      return
    }
    const list = Object.values(yaml(file)).flatMap((value) => (Array.isArray(value) ? blocks(value) : []))
    expect(list.length).toBeGreaterThan(0)
    expect(list.filter((one) => !['locked', 'default', 'local-choice'].includes(String(one.control)))).toEqual([])
    expect(
      missing(
        marked(yaml(file)).map((one) => String(one.owner)),
        roleNames,
      ),
    ).toEqual([])
    expect(list.filter((one) => one.control === 'local-choice' && !('reason' in one))).toEqual([])
  })

  test('ACC-13 the chart holds the accounts that the scenarios name, each once and with a known type', () => {
    const chart = rows('chart-of-accounts.csv')
    const named =
      '1100 1150 1160 1200 1250 1300 1400 1600 2100 2110 2150 2200 2300 2600 3000 3900 4000 4010 4100 4200 5000 5010 5020 5030 5100 6100 6110 6200 6210'
    expect(missing(named.split(' '), accounts)).toEqual([])
    expect(repeated(chart.map((row) => cell(row, 'code')))).toEqual([])
    expect(missing(column(chart, 'type'), new Set(['asset', 'liability', 'equity', 'revenue', 'expense']))).toEqual([])
  })

  test('ACC-07 posting rules name accounts and journals that exist, and balance whatever the amounts are', () => {
    const { identities, rules } = yaml('posting-rules.yaml')
    const journals = column(rows('journals.csv'), 'code')
    const parts = (amount: string): readonly string[] => {
      const sum = texts(block(identities)[amount])
      return sum.length > 0 ? sum : [amount]
    }
    for (const rule of blocks(rules)) {
      const lines = blocks(rule.lines)
      expect(
        missing(
          lines.map((line) => String(line.debit ?? line.credit)),
          accounts,
        ),
        String(rule.event),
      ).toEqual([])
      expect(journals, String(rule.event)).toContain(rule.journal)
      const side = (name: string) =>
        lines
          .filter((line) => name in line)
          .flatMap((line) => parts(String(line.amount)))
          .sort()
      expect(side('debit'), String(rule.event)).toEqual(side('credit'))
      expect(lines.filter((line) => 'debit' in line === 'credit' in line)).toEqual([])
    }
    expect(repeated(blocks(rules).map((rule) => String(rule.event)))).toEqual([])
  })

  test('ACC-02 tax rates follow each other, codes post to an account, positions answer every category', () => {
    const { areas, categories, codes, ...rest } = yaml('taxes.yaml')
    const known = new Map(blocks(codes).map((one) => [String(one.code), one]))
    for (const code of known.values()) {
      const from = blocks(code.rates).map((rate) => String(rate.from))
      expect(from, String(code.code)).toEqual([...new Set(from)].sort())
      expect(accounts).toContain(code.account)
      expect(blocks(areas).map((area) => area.area)).toContain(code.area)
    }
    for (const position of blocks(rest['fiscal-positions'])) {
      const taxes = block(position.taxes)
      expect(Object.keys(taxes).sort()).toEqual(
        blocks(categories)
          .map((one) => String(one.category))
          .sort(),
      )
      for (const code of Object.values(taxes))
        expect(known.get(String(code))?.area, String(position.position)).toBe(position.area)
    }
  })

  test('MDM-09 unit conversions stay in one dimension and agree around a circle', () => {
    const units = new Map(rows('units.csv').map((row) => [cell(row, 'code'), row]))
    const factors = new Map(
      rows('unit-conversions.csv').map((row) => [`${cell(row, 'from_unit')} ${cell(row, 'to_unit')}`, row]),
    )
    for (const row of factors.values()) {
      expect(units.get(cell(row, 'from_unit'))?.dimension).toBe(units.get(cell(row, 'to_unit'))?.dimension)
      expect(BigInt(cell(row, 'den')) > 0n && BigInt(cell(row, 'num')) > 0n).toBe(true)
    }
    const num = (key: string) => BigInt(cell(factors.get(key), 'num'))
    const den = (key: string) => BigInt(cell(factors.get(key), 'den'))
    // One foot is twelve inches, an inch is 127/50 cm, a metre is 100 cm: by way of inches and directly.
    expect(num('FT IN') * num('IN CM') * den('FT M')).toBe(num('FT M') * num('M CM') * den('IN CM'))
  })

  test('SEC-01 a permission is well formed, has a sentence, and is held by somebody; no role uses a wildcard', () => {
    expect([...permissions].filter((one) => !/^[a-z]+(\.[a-z-]+){1,2}$/.test(one))).toEqual([])
    const sentences = blocks(yaml('permissions.yaml').documents).flatMap((one) =>
      Object.values(block(one.permissions)).map(String),
    )
    expect(sentences.filter((one) => one.length < 8)).toEqual([])
    for (const [role, held] of roles) expect(missing(held, permissions), role).toEqual([])
    expect(missing(permissions, new Set([...roles.values()].flatMap((held) => [...held])))).toEqual([])
  })

  test('SEC-01 the auditor changes nothing and the administrator does no business', () => {
    const changes = (role: string) =>
      [...(roles.get(role) ?? [])].filter((one) => !/\.(read|verify|why|see-[a-z-]+)$/.test(one))
    expect(roles.get('auditor')?.size).toBeGreaterThan(40)
    expect(changes('auditor')).toEqual([])
    expect(changes('administrator').length).toBeGreaterThan(5)
    // Asking for access, deciding about it and reviewing it are administration too.
    const administration = /^(access|rollout\.access-\w+)\./
    expect(changes('administrator').filter((one) => !administration.test(one))).toEqual([])
  })

  test('SEC-04 no role holds both sides of a separation pair, and each pair could be violated', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(20)
    for (const pair of pairs) {
      const sides = [texts(pair.first), texts(pair.second)]
      for (const [role, held] of roles) {
        const both = sides.every((side) => side.some((permission) => held.has(permission)))
        // A rule of one document lets a role hold both: what is refused is both on the same document, when it happens.
        if (pair.checked !== 'document') expect(both, `${pair.id} and ${role}`).toBe(false)
      }
      if (!('waits-for' in pair)) expect(missing(sides.flat(), permissions), String(pair.id)).toEqual([])
      // What an approval keeps apart has one side only: its kind says who decides.
      expect(sides.filter((side) => side.length > 0).length, String(pair.id)).toBe(pair.checked === 'approval' ? 1 : 2)
      expect(pair.checked === 'approval', String(pair.id)).toBe('approval' in pair)
    }
  })

  test('PRC-07 the approval matrix rises, and everybody who approves may, and nobody who asks does', () => {
    for (const kind of blocks(yaml('approval-matrix.yaml').kinds)) {
      const name = String(kind.kind)
      expect(permissions, name).toContain(kind.requester)
      const steps = blocks(kind.steps)
      const approvers = steps.flatMap((step) => texts(step.approvers))
      expect(
        approvers.filter((role) => 'permission' in kind && !roles.get(role)?.has(String(kind.permission))),
        name,
      ).toEqual([])
      expect(
        approvers.filter((role) => kind.kind !== 'customer-creation' && roles.get(role)?.has(String(kind.requester))),
        name,
      ).toEqual([])
      expect(steps.at(-1)?.['up-to'], name).toBe('no-limit')
      for (const currency of ['USD', 'EUR']) {
        const limits = steps.slice(0, -1).map((step) => {
          const limit = step['up-to']
          return tenThousandths(String(isBlock(limit) ? limit[currency] : limit))
        })
        expect(
          limits.every((limit, at) => at === 0 || limit > (limits[at - 1] ?? limit)),
          name,
        ).toBe(true)
      }
    }
  })

  test('the rest names only roles, permissions, terms, journals and accounts that exist', () => {
    const policy = yaml('credit-policy.yaml')
    for (const risk of blocks(policy['risk-classes']))
      expect(missing(texts(risk.terms), new Set(terms.keys()))).toEqual([])
    for (const hold of blocks(yaml('holds.yaml').holds)) {
      expect(permissions).toContain(hold.release)
      expect(roles.get(String(hold.responsible))?.has(String(hold.release)), String(hold.type)).toBe(true)
    }
    const events = new Set(blocks(yaml('posting-rules.yaml').rules).map((rule) => String(rule.event)))
    for (const reason of blocks(yaml('reasons.yaml').reasons)) {
      expect(permissions).toContain(reason.for)
      if ('event' in reason) expect(events).toContain(reason.event)
    }
    const series = new Set(blocks(yaml('numbering.yaml').series).map((one) => String(one.document)))
    expect(missing(column(rows('journals.csv'), 'number_series'), series)).toEqual([])
    const documents = new Set([...permissions].map((one) => one.replace(/\.[^.]+$/, '')))
    for (const domain of blocks(yaml('data-owners.yaml').domains)) {
      expect(missing([String(domain.steward)], roleNames)).toEqual([])
      expect(missing(texts(domain.documents), new Set([...documents, ...series, 'ledger.journal']))).toEqual([])
    }
    const limits = blocks(yaml('price-architecture.yaml')['discount-limits'])
    expect(
      missing(
        limits.map((one) => String(one.role)),
        roleNames,
      ),
    ).toEqual([])
    expect(
      terms.has(String(blocks(yaml('company.yaml').settings).find((one) => one.key === 'default-payment-term')?.value)),
    ).toBe(true)
  })

  test('ORD-10 every customer class, item class and channel finds a backorder rule', () => {
    const rules = blocks(yaml('backorder-rules.yaml').rules)
    const fits = (rule: Block, key: string, value: string) => rule[key] === 'any' || rule[key] === value
    for (const customer of ['key', 'standard', 'small', 'cash'])
      for (const item of ['A', 'B', 'C'])
        for (const channel of ['desk', 'counter', 'edi', 'portal']) {
          const found = rules.filter(
            (rule) =>
              fits(rule, 'customer-class', customer) &&
              fits(rule, 'item-class', item) &&
              fits(rule, 'channel', channel),
          )
          expect(found.length, `${customer} ${item} ${channel}`).toBeGreaterThan(0)
        }
    expect(repeated(rules.map((rule) => String(rule.id)))).toEqual([])
  })
})
