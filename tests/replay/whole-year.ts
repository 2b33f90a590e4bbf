// Profiles and plans the real year and compares it with its control totals; run by hand, because the file is not ours.
//   TRADEWRIGHT_ONLINE_RETAIL=FILE node bin/run.js tests/replay/whole-year.ts
// The control file, control-totals-by-month.csv, stands beside FILE. Exit code 1: a figure differs; 2: no file named.
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { compareTotals, loadSource, planReplay, profileSource, readControl } from '../../src/replay/index.ts'

/** How much dirt of each kind this file is known to have. */
const KNOWN: Readonly<Record<string, number>> = {
  'case-twins': 112,
  'several-descriptions': 647,
  'no-customer': 135_080,
  'write-offs': 1_336,
  'zero-price': 2_515,
  duplicates: 5_268,
  'returns-without-sale': 1_335,
  'two-times': 43,
  'bad-debt': 3,
}

const file = process.env.TRADEWRIGHT_ONLINE_RETAIL
if (!file) {
  console.error('NOT RUN: set TRADEWRIGHT_ONLINE_RETAIL to the path of online_retail.csv or online_retail.csv.xz.')
  process.exit(2)
}

const source = await loadSource(file)
lap('read')
const profile = profileSource(source)
lap('profiled')
const plan = planReplay(source)
lap('planned')

const comparison = compareTotals(await readControl(join(dirname(file), 'control-totals-by-month.csv')), plan.expected)
const different = comparison.filter((entry) => !entry.equal)
const miscounted = profile.findings.filter((finding) => (KNOWN[finding.key] ?? finding.count) !== finding.count)
const linkedAsProfiled = plan.rules.find((rule) => rule.id === 'R19')?.lines === KNOWN['returns-without-sale']

console.log(`rows ${profile.rows}, days ${plan.dates.length}, fingerprint ${plan.fingerprint}`)
console.log(`control figures: ${comparison.length - different.length} equal, ${different.length} different`, different)
console.log(`known counts: ${miscounted.length} different`, miscounted)
process.exit(different.length + miscounted.length === 0 && linkedAsProfiled && comparison.length > 0 ? 0 : 1)

function lap(what: string): void {
  const peak = Math.ceil(process.resourceUsage().maxRSS / 1024)
  console.log(`${what}: ${(performance.now() / 1000).toPrecision(3)} s since start, peak memory ${peak} MiB`)
}
