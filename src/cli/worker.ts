// `tradewright worker`: events, jobs and the audit seal in a process of their own, beside servers started with --no-worker.
import type { Command } from 'commander'
import { boot } from '../boot.ts'
import { withExtensions } from '../extension/running.ts'
import { modules } from '../modules/index.ts'
import { startWorker } from '../worker.ts'
import { type Common, clock, common } from './options.ts'
import { outputOf } from './output.ts'
import { stopSignal } from './stop-signal.ts'

/** Adds `worker`. */
export function worker(program: Command): void {
  common(program.command('worker').description('carry events, do jobs and seal the audit log, without a web server'), [
    'tradewright worker',
    'DATABASE_URL=postgres://erp@db.example/erp tradewright worker --home /srv/tradewright',
  ]).action(run)
}

async function run(given: Common): Promise<void> {
  const output = outputOf(given)
  const until = stopSignal()
  const booted = await boot({ home: given.home, connections: 6, onProgress: output.progress })
  const { kernel, home } = booted
  const working = await startWorker({
    ...{ kernel, home, clock, onProblem: output.say },
    modules: await withExtensions(kernel, modules),
  })
  try {
    output.result(
      { ok: true, home, mode: booted.embedded ? 'embedded' : 'DATABASE_URL' },
      'The worker is at work. Stop: Ctrl+C',
    )
    const signal = await until
    output.say(`Stopping (${signal}).`)
  } finally {
    await working.stop()
    await booted.stop()
  }
  process.exit(0)
}
