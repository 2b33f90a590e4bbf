// Another try for parked events, once a person has seen to the cause: in order, each with its effect exactly once.
import { sql, transaction } from '#kernel/db'
import { call, type EventRow, oneAtATime, type RelayOptions } from '#kernel/relay'

/** What a re-drive did: events that went through, and the reason why it stopped, if it did. */
export type Redriven = { handled: number; stopped: string | null }

/**
 * Hands a document's parked events to their listener again, in order, and stops at the first that fails again. Each is
 * marked as resolved in the transaction of its effect.
 */
export async function redrive(
  options: Pick<RelayOptions, 'kernel' | 'reader' | 'clock'>,
  parked: { companyId: number; documentId: string },
): Promise<Redriven> {
  const { kernel, reader, clock } = options
  for (let handled = 0; ; handled++) {
    try {
      const more = await transaction(kernel.pool, { companies: [parked.companyId] }, async (tx) => {
        await tx.rows(oneAtATime(reader, parked.documentId))
        const letter = await tx.first(sql<
          EventRow & { letter: string }
        >`select d.id as letter, o.id, o.at::text as at_text, o.at, o.company_id, o.topic, o.document_id, o.payload,
            o.position::text, (select c.time_zone from access.directory() c where c.id = o.company_id) as time_zone
          from kernel.dead_letter d join kernel.outbox o on o.company_id = d.company_id and o.at = d.event_at and o.id = d.event_id
         where d.company_id = ${parked.companyId} and d.reader = ${reader.name} and d.document_id = ${parked.documentId} and d.resolved_at is null
         order by d.position limit 1 for update of d`)
        if (!letter) return false
        await call(options, tx, letter)
        await tx.run(
          sql`update kernel.dead_letter set resolved_at = ${clock()} where company_id = ${parked.companyId} and id = ${letter.letter}`,
        )
        return true
      })
      if (!more) return { handled, stopped: null }
    } catch (error) {
      await countFailure(options, parked, error instanceof Error ? error.message : String(error))
      return { handled, stopped: error instanceof Error ? error.message : String(error) }
    }
  }
}

/** The event that stopped a re-drive is now the one that failed, whatever it waited behind before. */
async function countFailure(
  { kernel, reader }: Pick<RelayOptions, 'kernel' | 'reader'>,
  parked: { companyId: number; documentId: string },
  reason: string,
): Promise<void> {
  await transaction(kernel.pool, { companies: [parked.companyId] }, (tx) =>
    tx.run(sql`update kernel.dead_letter set attempts = attempts + 1, reason = ${reason.slice(0, 2_000)}
      where (company_id, id) = (select company_id, id from kernel.dead_letter where company_id = ${parked.companyId} and reader = ${reader.name}
        and document_id = ${parked.documentId} and resolved_at is null order by position limit 1)`),
  )
}
