// Refusals that the web app says in German: each of a code that there is, with values that come with it, telling what to do.
import { expect, test } from 'vitest'
import { refusals } from '../../web/i18n/de-refusals.ts'
import { deRefusalsDesk } from '../../web/i18n/de-refusals-desk.ts'
import { deRefusalsFinance } from '../../web/i18n/de-refusals-finance.ts'
import { deRefusalsGeneral } from '../../web/i18n/de-refusals-general.ts'
import { deRefusalsGovernance } from '../../web/i18n/de-refusals-governance.ts'
import { deRefusalParts } from '../../web/i18n/de-refusals-parts.ts'
import { deRefusalsRollout } from '../../web/i18n/de-refusals-rollout.ts'
import { deRefusalsStock } from '../../web/i18n/de-refusals-stock.ts'
import { everyRefusal } from './every-refusal.ts'
import { sources } from './source.ts'

const english = new Map(everyRefusal.map(([code, { text }]) => [code, text]))
const valuesIn = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** What a German sentence names that the English one does not, and so does not come with the refusal. */
const strangers = (german: string, original: string): readonly string[] => {
  const there = new Set(valuesIn(original))
  return valuesIn(german).filter((name) => !there.has(name))
}

test('what is said in German is a refusal of the product, each once, and enough of them', () => {
  const parts = [
    deRefusalsGeneral,
    deRefusalsDesk,
    deRefusalsStock,
    deRefusalsFinance,
    deRefusalsRollout,
    deRefusalsGovernance,
  ].flatMap(Object.keys)
  expect(parts.length).toBe(new Set(parts).size)
  expect(Object.keys(refusals).filter((code) => !english.has(code))).toEqual([])
  expect(parts.length).toBeGreaterThan(120)
})

test('a German refusal uses only values that come with it, and loses no number of a document', () => {
  const wrong = Object.entries(refusals).flatMap(([code, german]) =>
    strangers(german, english.get(code) ?? '').map((name) => `${code} {${name}}`),
  )
  expect(wrong).toEqual([])
  const lost = Object.entries(refusals).filter(
    ([code, german]) => valuesIn(english.get(code) ?? '').includes('number') && !valuesIn(german).includes('number'),
  )
  expect(lost).toEqual([])
})

test('what people meet at the desk, in the warehouse, in credit and in finance is all said in German', () => {
  const met = everyRefusal.filter(([code]) =>
    /^(ORDER|PRICE|STOCK|LOT|LINE|CREDIT_LIMIT|PERIOD|ENTRY|QUANTITY)_/.test(code),
  )
  expect(met.length).toBeGreaterThan(30)
  expect(met.filter(([code]) => refusals[code] === undefined).map(([code]) => code)).toEqual([])
})

/** Refusals of files and commands of the machine room, which nobody meets in the web app. */
const ON_THE_COMMAND_LINE =
  /^(EXTENSION_(MANIFEST|REFUSED|CONFINED|NOT_INSTALLED|INSTALL|CHANGED)|RELEASE_KEY_MISSING)$/

test('what people meet in the rollout and in its key figures is said in German', () => {
  const declared = sources('src')
    .filter(({ path }) => path.startsWith('src/rollout/') || path.startsWith('src/modules/insight/'))
    .filter(({ text }) => /\brefusals\(\{/.test(text))
    .map(({ text }) => text)
    .join('\n')
  const met = everyRefusal.filter(([code]) => new RegExp(`^ +${code}:`, 'm').test(declared))
  expect(met.length).toBeGreaterThan(150)
  const lacking = met.filter(([code]) => refusals[code] === undefined && !ON_THE_COMMAND_LINE.test(code))
  // A new one may wait for its translator, until it is the fourth.
  expect(lacking.length, lacking.map(([code]) => code).join()).toBeLessThan(4)
})

test('each half of a sentence that is said in German is one that the server says', () => {
  const said = sources('src')
    .map(({ text }) => text)
    .join('\n')
  // What stands between the values of a pattern, as the source has it.
  const literals = ({ source }: RegExp) =>
    source
      .replace(/^\^|\$$/g, '')
      .replaceAll('\\(', '‹')
      .replaceAll('\\)', '›')
      .split(/\((?:\?:)?[^()]*\)|\\S\+/)
      .map((one) => one.replace(/\\(.)/g, '$1').replaceAll('‹', '(').replaceAll('›', ')').trim())
  const strange = deRefusalParts.filter(([pattern]) => !literals(pattern).every((one) => said.includes(one)))
  expect(strange.map(([pattern]) => pattern.source)).toEqual([])
})

test('the check above sees a value that does not come (control)', () => {
  expect(strangers('Auftrag {number} von {wer}.', 'Order {number}.')).toEqual(['wer'])
})
