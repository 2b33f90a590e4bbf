// Runs every test and closes with one line that counts them: "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const report = `${root}.tradewright/test-report.json`
mkdirSync(`${root}.tradewright`, { recursive: true })
rmSync(report, { force: true })
const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CI: 'true' },
})
if (!existsSync(report)) {
  console.log('0 passed, 1 failed')
  process.exit(1)
}
const { numPassedTests: passed, numTotalTests: total, numPendingTests: skipped } = JSON.parse(readFileSync(report, 'utf8'))
const failed = total - passed - skipped
// A run that vitest calls failed although every test passed (an unhandled error, a file that did not load) has failed.
const code = run.status ?? 1
console.log(`${passed} passed, ${code !== 0 && failed === 0 ? 1 : failed} failed`)
process.exit(code === 0 && passed > 0 ? 0 : 1)
