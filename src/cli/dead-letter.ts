// `tradewright dead-letter`: events that a listener could not digest, and another try for them.
import type { Command } from 'commander'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { redrive } from '#kernel/redrive'
import { readersOf } from '#kernel/relay'
import { modules } from '../modules/index.ts'
import { type Common, clock, common, everyCompany, group, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { tableOf } from './table.ts'

type Letter = {
  company_id: number
  reader: string
  topic: string
  document_id: string
  waiting: string
  attempts: number
  reason: string
}

/** Adds `dead-letter` and its subcommands. */
export function deadLetter(program: Command): void {
  const commands = group(program, 'dead-letter', 'events that could not be digested', [
    'tradewright dead-letter list',
    'tradewright dead-letter retry',
  ])
  common(commands.command('list').description('what is parked, for each document, and why'), [
    'tradewright dead-letter list',
  ]).action(list)
  common(
    commands
      .command('retry')
      .description('hand parked events to their listeners again, in order')
      .option('--document <id>', 'only those of one document'),
    ['tradewright dead-letter retry', 'tradewright dead-letter retry --document 0192f3c4-0000-7000-8000-000000000001'],
  ).action(retry)
}

async function list(given: Common): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const letters = await parked(kernel)
    output.result({ ok: true, parked: letters }, letters.length === 0 ? 'Nothing is parked.' : tableOf(letters))
    return EXIT.ok
  })
}

/** The first parked event of each document and listener, with the number of those that wait with it. */
async function parked(kernel: Kernel): Promise<readonly Letter[]> {
  return await transaction(kernel.pool, { companies: await everyCompany(kernel) }, (tx) =>
    tx.rows(sql<Letter>`select distinct on (d.company_id, d.reader, d.document_id) d.company_id, d.reader, d.topic, d.document_id,
        (count(*) over (partition by d.company_id, d.reader, d.document_id))::text as waiting, d.attempts, d.reason
      from kernel.dead_letter d where d.resolved_at is null order by d.company_id, d.reader, d.document_id, d.position`),
  )
}

async function retry(given: Common & { document?: string }): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const readers = new Map(readersOf(modules).map((one) => [one.name, one]))
    const letters = (await parked(kernel)).filter((one) => !given.document || one.document_id === given.document)
    const outcomes = []
    for (const letter of letters) {
      const reader = readers.get(letter.reader)
      const done = reader
        ? await redrive({ kernel, reader, clock }, { companyId: letter.company_id, documentId: letter.document_id })
        : { handled: 0, stopped: `nothing listens under the name ${letter.reader} any more` }
      outcomes.push({
        reader: letter.reader,
        document: letter.document_id,
        handled: done.handled,
        stopped: done.stopped,
      })
    }
    const ok = outcomes.every((one) => one.stopped === null)
    output.result({ ok, outcomes }, outcomes.length === 0 ? 'Nothing is parked.' : tableOf(outcomes))
    return ok ? EXIT.ok : EXIT.no
  })
}
