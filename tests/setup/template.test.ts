// A template that does not hold together is refused by name, with every place at once; the one that we ship holds.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  checkTemplate,
  positionOf,
  REFERENCE_TEMPLATE,
  readTemplate,
  setUpEnterprise,
  unnamedPermissions,
} from '../../src/setup/index.ts'
import { folderForThisFile } from '../support/clean-up.ts'
import { testDatabase } from '../support/database.ts'

/** A copy of the template with one text in one file replaced. */
function changed(file: string, from: string | RegExp, to: string): string {
  const folder = folderForThisFile()
  cpSync(REFERENCE_TEMPLATE, folder, { recursive: true })
  const before = readFileSync(join(folder, file), 'utf8')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(join(folder, file), after)
  return folder
}

describe('the template that comes with the product', () => {
  const template = readTemplate()

  test('TPL-01 holds together', () => {
    expect(checkTemplate(template)).toEqual([])
  })

  test('TPL-01 has the same fingerprint wherever it lies, and another one after any change', () => {
    expect(readTemplate(changed('units.csv', 'Each', 'Piece')).fingerprint).not.toBe(template.fingerprint)
    const copy = folderForThisFile()
    cpSync(REFERENCE_TEMPLATE, copy, { recursive: true })
    expect(readTemplate(copy).fingerprint).toBe(template.fingerprint)
  })

  const positions: readonly [string, string, string | null, string][] = [
    ['US-ALPHA', 'US', null, 'domestic'],
    ['US-ALPHA', 'CA', null, 'export'],
    ['DE', 'DE', 'DE099318460', 'domestic'],
    ['DE', 'AT', 'ATU99999999', 'reverse-charge'],
    ['DE', 'GR', 'EL999999999', 'reverse-charge'],
    ['DE', 'AT', null, 'eu-without-tax-id'],
    ['DE', 'AT', 'DE099318460', 'eu-without-tax-id'],
    ['DE', 'CH', null, 'export'],
    ['GB', 'GB', null, 'domestic'],
    ['GB', 'FR', 'FR99999999999', 'export'],
  ]
  test.each(positions)(
    'ACC-02 a delivery from %s to %s with the tax number %s is %s',
    (area, country, taxId, position) => {
      expect(positionOf(template, area, { country, taxId })).toBe(position)
    },
  )
})

describe('a template that does not hold together', () => {
  const database = testDatabase()
  const cases: readonly [string, string, string | RegExp, string, string][] = [
    [
      'an account that is not there',
      'posting-rules.yaml',
      "{ debit: '1160'",
      "{ debit: '1161'",
      'posting-rules.yaml, goods-issue: there is no account 1161',
    ],
    [
      'a role of an account that is not there',
      'posting-rules.yaml',
      "role: revenue, account: '4000'",
      "role: revenue, account: '4009'",
      'posting-rules.yaml, revenue: there is no account 4009',
    ],
    [
      'a permission that is not there',
      'roles.yaml',
      '- sales.order.confirm',
      '- sales.order.conjure',
      'roles.yaml, order-desk-clerk: there is no permission sales.order.conjure',
    ],
    [
      'a role that is not there',
      'approval-matrix.yaml',
      'approvers: [sales-manager]',
      'approvers: [sales-wizard]',
      'approval-matrix.yaml, price-override: there is no role sales-wizard',
    ],
    [
      'a tax code that is not there',
      'taxes.yaml',
      'standard: DE-EXPORT',
      'standard: DE-MARS',
      'taxes.yaml, DE export: there is no code DE-MARS',
    ],
    [
      'a family that is not there',
      'item-taxonomy.csv',
      'FAS-BLT,Bolts and screws,FAS',
      'FAS-BLT,Bolts and screws,FAZ',
      'item-taxonomy.csv, FAS-BLT: there is no family FAZ',
    ],
  ]
  test('MDM-10 a domain of master data without a steward is refused', async () => {
    const { kernel } = await database
    const template = readTemplate(changed('data-owners.yaml', 'steward: accountant', "steward: ''"))
    const refusal = {
      code: 'TEMPLATE_UNSOUND',
      message: expect.stringContaining('data-owners.yaml, chart-of-accounts'),
    }
    await expect(setUpEnterprise(kernel, template)).rejects.toMatchObject(refusal)
  })

  test.each(cases)('TPL-01 %s is named, and nothing is set up', async (_, file, from, to, sentence) => {
    const { kernel, admin } = await database
    const template = readTemplate(changed(file, from, to))
    await expect(setUpEnterprise(kernel, template)).rejects.toMatchObject({
      code: 'TEMPLATE_UNSOUND',
      message: expect.stringContaining(sentence),
    })
    expect((await admin.query('select count(*)::int as roles from access.role')).rows).toEqual([{ roles: 0 }])
  })

  test('SEC-01 a permission that the product does not have is named, and one that nobody wrote down', () => {
    const template = readTemplate()
    const real = template.permissions.documents.flatMap((one) =>
      Object.keys(one.permissions).map((verb) => `${one.document}.${verb}`),
    )
    const without = real.filter((name) => name !== 'sales.order.confirm')
    const permissions = [...without, 'sales.order.conjure']
    const place = 'sales.order.confirm'
    expect(checkTemplate(template, { permissions })).toEqual([
      { file: 'permissions.yaml', place, problem: `there is no permission ${place}` },
    ])
    expect(unnamedPermissions(template, permissions)).toEqual([
      {
        file: 'permissions.yaml',
        place: 'sales.order.conjure',
        problem: 'there is no sentence for the permission sales.order.conjure',
      },
    ])
  })

  const unread: readonly [string, string, string | RegExp, string, string][] = [
    ['another shape', 'units.csv', 'EA,Each,count,yes', 'EA,Each,count,maybe', 'TEMPLATE_INVALID'],
    ['broken YAML', 'roles.yaml', 'roles:', 'roles: [', 'TEMPLATE_INVALID'],
    ['a listed file that is missing', 'template.yaml', 'file: units.csv', 'file: unit.csv', 'TEMPLATE_INVALID'],
  ]
  test.each(unread)('TPL-01 %s stops the reading', (_, file, from, to, code) => {
    const folder = changed(file, from, to)
    expect(() => readTemplate(folder)).toThrow(expect.objectContaining({ code }))
  })

  test('TPL-01 a folder without a manifest is no template', () => {
    expect(() => readTemplate(tmpdir())).toThrow(expect.objectContaining({ code: 'TEMPLATE_MISSING' }))
  })
})
