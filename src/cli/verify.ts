// `tradewright verify`: proves the books from the facts, and names every breach.
import type { Command } from 'commander'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import type { Kernel } from '#kernel/kernel'
import { type Verdict, verify } from '#kernel/verify'
import type { BootProgress } from '../boot.ts'
import { modules } from '../modules/index.ts'
import { type Common, common, everyCompany, withDatabase } from './options.ts'
import { EXIT } from './output.ts'

/** Adds `verify`. */
export function verifyCommand(program: Command): void {
  common(program.command('verify').description('prove the books from the facts: every invariant, in one snapshot'), [
    'tradewright verify',
    'tradewright verify --json | jq .checks',
  ]).action(async (given: Common) => {
    await withDatabase(given, async ({ kernel }, output) => {
      const verdict = await proveBooks(kernel, output.progress)
      output.result(verdict, tellVerdict(verdict))
      return verdict.ok ? EXIT.ok : EXIT.no
    })
  })
}

/** Runs the invariants of kernel and modules over every company. */
export async function proveBooks(kernel: Kernel, progress: (news: BootProgress) => void): Promise<Verdict> {
  const invariants = [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)]
  const companies = await everyCompany(kernel)
  return await verify(kernel.pool, companies, invariants, (done, total) =>
    progress({ step: 'verify', text: 'Proving the books', done, total }),
  )
}

/** The verdict as people read it: a line for each check, breaches with examples. */
export function tellVerdict(verdict: Verdict): string {
  const lines = verdict.checks.flatMap((check) => [
    `${check.ok ? 'ok  ' : 'FAIL'} ${check.id} ${check.title}${check.ok ? '' : `: ${check.breaches} breaches`}`,
    ...check.examples.map((example) => `       ${JSON.stringify(example)}`),
  ])
  const bad = verdict.checks.filter((check) => !check.ok).length
  return [
    ...lines,
    bad === 0 ? `All ${verdict.checks.length} checks hold.` : `${bad} of ${verdict.checks.length} checks do not hold.`,
  ].join('\n')
}
