// The template's permissions are the product's: none that nobody can use, none that nobody can be given.
import { expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { checkTemplate, productPermissions, readTemplate, unnamedPermissions } from '../../src/setup/index.ts'

const template = readTemplate()

test('SEC-01 permissions, roles, pairs and the matrix name what the product has, and all of it', () => {
  const permissions = productPermissions(modules)
  expect(checkTemplate(template, { permissions })).toEqual([])
  expect(unnamedPermissions(template, permissions)).toEqual([])
})

test('TPL-01 the formats of cheap numbers are those that documents are numbered with', () => {
  const formats = new Map(template.numbering.series.map((one) => [one.document, one.format]))
  const numbered = modules.flatMap((one) => one.documents).filter((one) => one.number !== undefined)
  expect(numbered.length).toBeGreaterThan(5)
  for (const one of numbered) expect(formats.get(one.name), one.name).toBe(one.number)
})

test('ACC-10 numbers that are legal in the template are those that a document gets only when it is issued', () => {
  const kinds = new Map(template.numbering.series.map((one) => [one.document, one.kind]))
  const late = modules
    .flatMap((one) => one.documents)
    .filter((one) => one.fields.number?.optional === true)
    .map((one) => one.name)
  expect(late.length).toBeGreaterThan(1)
  expect(
    [...kinds]
      .filter(([, kind]) => kind === 'legal')
      .map(([document]) => document)
      .sort(),
  ).toEqual(late.sort())
  // An entry is named while it is posted, beside others: its number is cheap, so that nobody waits for another to commit.
  expect(kinds.get('ledger.entry')).toBe('cheap')
})
