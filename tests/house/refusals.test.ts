// Every no tells a clerk what to do next: a sentence that only says what is wrong leaves him standing.
import { expect, test } from 'vitest'
import { modules } from '../../src/modules/index.ts'
import { everyRefusal } from './every-refusal.ts'

// The verbs with which a person is told what to do; at the beginning of a sentence or of a part of one.
const VERBS =
  'Add|Ask|Assign|Begin|Import|Load|Narrow|Save|See|Authorise|Apply|Bring|Cancel|Change|Check|Choose|Close|Convert|Correct|Count|Create|Credit|Decide|Do|End|Enter|Export|Fetch|Fill|Free|Give|Have|Invoice|Leave|Let|Look|Make|Merge|Move|Name|Open|Order|Pass|Pick|Plan|Point|Post|Print|Put|Raise|Re-price|Read|Receive|Record|Reload|Remove|Report|Request|Round|Run|Say|Scan|Send|Set|Ship|Shorten|Show|Sign|Split|Start|Stop|Take|Tell|Try|Turn|Undo|Upgrade|Use|Wait|Widen|Withdraw|Write|Confirm|Install|Restore|Renew'
const TOLD = new RegExp(`(?:^|[.;:,}] )(?:(?:or|then|and|so|first|instead),? )?(?:${VERBS}|${VERBS.toLowerCase()})\\b`)
// What to do is said by whoever refuses, or it is somebody else's turn and the sentence says whose.
const ELSEWHERE =
  /\{(?:advice|problem|successor)\}|somebody else (?:must|has to|decides)|so somebody else|(?:There are|Possible): \{\w+\}/

const silent = (text: string) => !TOLD.test(text) && !ELSEWHERE.test(text)

test('ORD-02: every refusal says what to do next', () => {
  expect(modules.length).toBeGreaterThan(10)
  const all = everyRefusal.map(([code, { text }]) => ({ code, text }))
  expect(all.length).toBeGreaterThan(200)
  expect(all.filter((one) => silent(one.text))).toEqual([])
})

test('every refusal is a sentence, and names no column of the database', () => {
  const bad = everyRefusal.filter(
    // Who runs the database reads its words; everybody else reads the trade's.
    ([code, { text }]) =>
      !code.startsWith('DATABASE_') &&
      code !== 'BACKUP_NEEDS_EMBEDDED' &&
      (!/[.?!}]$/.test(text) || !/^[A-Z{"]/.test(text) || /\b[a-z]+_[a-z_]+\b/.test(text.replace(/\{\w+\}/g, ''))),
  )
  expect(bad.map(([code, { text }]) => `${code}: ${text}`)).toEqual([])
})

test('the check above sees a sentence that leaves the reader standing (control)', () => {
  expect(silent('Account {account} is closed.')).toBe(true)
  expect(silent('Line {line}: {possible} can come back, {quantity} were asked for.')).toBe(true)
  expect(silent('Account {account} is closed. Choose another one.')).toBe(false)
  expect(silent('You counted it, so somebody else must decide.')).toBe(false)
})
