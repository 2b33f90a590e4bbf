// Carries events from the outbox to listeners: each in order of its document, each with its effect exactly once.
import { businessDate } from '#kernel/access/companies'
import { type Context, SYSTEM } from '#kernel/context'
import { errorCode, isUnreachable, OutcomeUnknown, sql, type Tx, transaction } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'
import type { Listener, ModuleSpec } from '#kernel/module'

/** One listening module: its name is the reader's name in the database. */
export type Reader = { readonly name: string; readonly on: Readonly<Record<string, Listener>> }

/** The modules that listen. */
export const readersOf = (modules: readonly ModuleSpec[]): readonly Reader[] =>
  modules.filter((one) => Object.keys(one.on).length > 0).map(({ name, on }) => ({ name, on }))

export type RelayOptions = {
  readonly kernel: Kernel
  readonly reader: Reader
  readonly clock: () => Date
  /** Names this worker among those that may read in turn. */
  readonly holder: string
  /** How long a silent worker keeps its turn. */
  readonly leaseMilliseconds?: number
  /** Tries before an event is parked. */
  readonly attempts?: number
  /** Told of each event that was parked, and why. */
  readonly onParked?: (event: EventRow, reason: string) => void
}

/** An event as it stands in the outbox. */
export type EventRow = {
  id: string
  at_text: string
  at: Date
  company_id: number
  topic: string
  document_id: string
  payload: Record<string, unknown>
  position: string
  time_zone: string | null
}

/** What one call did: events handled and parked; `idle` when there is nothing more now, `held` when another worker reads. */
export type Relayed = { handled: number; parked: number; state: 'busy' | 'idle' | 'held' }

/** Another worker has the turn now: whatever this one was doing is rolled back. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

const LEASE = 15_000
const ATTEMPTS = 5
const BATCH = 200

/**
 * Handles up to one batch of events for a reader. Safe with any number of workers: a lease keeps them from doing the
 * same work twice, and the token of the lease, checked in the transaction of each effect, keeps a worker that was away
 * (stopped, paged out, cut off) from doing it once more.
 */
export async function relay(options: RelayOptions): Promise<Relayed> {
  const { kernel, reader } = options
  const turn = await takeTurn(options)
  if (!turn) return { handled: 0, parked: 0, state: 'held' }
  const events = await transaction(kernel.pool, { companies: [] }, (tx) => waiting(tx, reader, turn))
  let parked = 0
  let handled = 0
  for (const event of events) {
    try {
      const outcome = await handle(options, turn, event)
      if (outcome === 'parked') parked++
      else handled++
    } catch (error) {
      // The other worker goes on where the last committed effect left off.
      if (error instanceof TurnLost) return { handled, parked, state: 'held' }
      throw error
    }
  }
  if (events.length === BATCH) return { handled, parked, state: 'busy' }
  return { handled, parked, state: (await nextWindow(kernel, reader, turn)) ? 'busy' : 'idle' }
}

type Turn = { token: string }

async function takeTurn({
  kernel,
  reader,
  holder,
  leaseMilliseconds = LEASE,
}: RelayOptions): Promise<Turn | undefined> {
  const topics = Object.keys(reader.on).sort()
  const lease = sql`clock_timestamp() + ${leaseMilliseconds}::int * interval '1 millisecond'`
  return await transaction(kernel.pool, { companies: [] }, async (tx) => {
    // A turn with half its time left is kept without writing, so that a quiet database stays quiet.
    const kept =
      await tx.first(sql<Turn>`select token::text from kernel.outbox_reader where reader = ${reader.name} and holder = ${holder}::uuid
      and topics = ${topics}::text[] and lease_until > clock_timestamp() + ${leaseMilliseconds}::int * interval '0.5 milliseconds'`)
    if (kept) return kept
    await tx.run(sql`insert into kernel.outbox_reader (reader) values (${reader.name}) on conflict do nothing`)
    // A lease that is renewed in time keeps its token; any other begins a new one, under which the former cannot commit.
    return await tx.first(sql<Turn>`update kernel.outbox_reader set holder = ${holder}::uuid, lease_until = ${lease}, at = clock_timestamp(), topics = ${topics}::text[],
        token = case when holder = ${holder}::uuid and lease_until > clock_timestamp() then token else token + 1 end,
        upto = coalesce(upto, pg_current_snapshot())
      where reader = ${reader.name} and (holder = ${holder}::uuid or lease_until <= clock_timestamp()) returning token::text`)
  })
}

/** The events of the open window that come next. Companies are read after the window opened, so none is missing. */
async function waiting(tx: Tx, reader: Reader, turn: Turn): Promise<readonly EventRow[]> {
  await tx.rows(EVERY_COMPANY)
  return await tx.rows(sql<EventRow>`
    with mark as materialized (select seen, upto, position from kernel.outbox_reader where reader = ${reader.name} and token = ${turn.token}::bigint)
    select o.id, o.at::text as at_text, o.at, o.company_id, o.topic, o.document_id, o.payload, o.position::text,
        (select d.time_zone from access.directory() d where d.id = o.company_id) as time_zone
      from kernel.outbox o
     where o.txid >= (select pg_snapshot_xmin(seen) from mark) and o.position > (select position from mark) and o.topic = any(${Object.keys(reader.on)}::text[])
       and pg_visible_in_snapshot(o.txid, (select upto from mark)) and not pg_visible_in_snapshot(o.txid, (select seen from mark))
     order by o.position limit ${BATCH}`)
}

/**
 * Closes the empty window and opens the next when anything was written since; says whether it did. Its position starts
 * just below the first event in it, so that reading it does not pass over the whole history again.
 */
async function nextWindow(kernel: Kernel, reader: Reader, turn: Turn): Promise<boolean> {
  return await transaction(kernel.pool, { companies: [] }, async (tx) => {
    await tx.rows(EVERY_COMPANY)
    const moved = await tx.run(sql`update kernel.outbox_reader r
        set seen = r.upto, upto = pg_current_snapshot(), at = clock_timestamp(), position = (
          select min(fresh.position) - 1 from (select o.position from kernel.outbox o
            where o.txid >= pg_snapshot_xmin(r.upto) and not pg_visible_in_snapshot(o.txid, r.upto) offset 0) fresh)
      where r.reader = ${reader.name} and r.token = ${turn.token}::bigint
        and exists (select from kernel.outbox o where o.txid >= pg_snapshot_xmin(r.upto) and not pg_visible_in_snapshot(o.txid, r.upto))`)
    return moved === 1
  })
}

async function handle(options: RelayOptions, turn: Turn, event: EventRow): Promise<'done' | 'parked'> {
  const most = options.attempts ?? ATTEMPTS
  for (let tried = 1; ; tried++) {
    try {
      return await once(options, turn, event)
    } catch (error) {
      if (error instanceof TurnLost || error instanceof OutcomeUnknown || isUnreachable(error)) throw error
      // Others were in the way, which is nobody's fault and passes.
      const inTheWay = ['55P03', '40P01', '40001'].includes(errorCode(error) ?? '')
      if (!inTheWay && tried >= most)
        return await park(options, turn, event, error instanceof Error ? error.message : String(error), tried)
      await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** tried, 2_000)))
      if (inTheWay) tried--
    }
  }
}

/** The effect and the mark behind it in one transaction: both, or neither. */
async function once(options: RelayOptions, turn: Turn, event: EventRow): Promise<'done' | 'parked'> {
  const { kernel, reader } = options
  return await transaction(
    kernel.pool,
    { companies: [event.company_id] },
    async (tx) => {
      let behind = await isBehind(tx, reader, event)
      if (behind) {
        // A re-drive may be clearing the way just now; after its turn it is known.
        await tx.rows(oneAtATime(reader, event.document_id))
        behind = await isBehind(tx, reader, event)
      }
      if (behind) await insertParked(tx, options, event, 'an earlier event of the same document is parked', 0)
      else await call(options, tx, event)
      await advance(tx, reader, turn, event.position)
      return behind ? 'parked' : 'done'
    },
    { retries: 0, label: `relay ${reader.name}` },
  )
}

async function isBehind(tx: Tx, reader: Reader, event: EventRow): Promise<boolean> {
  const row = await tx.first(sql<{
    behind: boolean
  }>`select exists (select from kernel.dead_letter where company_id = ${event.company_id}
    and reader = ${reader.name} and document_id = ${event.document_id} and resolved_at is null) as behind`)
  return row?.behind === true
}

/** Parking and re-driving the same document take turns. */
export const oneAtATime = (reader: Reader, documentId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`${reader.name} ${documentId}`}, 0))`

/** Hands an event to its listener, as the system, on the day it is in the company. */
export async function call(
  { kernel, reader, clock }: Pick<RelayOptions, 'kernel' | 'reader' | 'clock'>,
  tx: Tx,
  event: EventRow,
): Promise<void> {
  const now = clock()
  const context: Context = {
    principal: SYSTEM,
    companyId: event.company_id,
    channel: 'job',
    now,
    today: businessDate(event.time_zone ?? 'UTC', now),
    // A listener that runs a command does so in a transaction of its own; with this key it happens once all the same.
    key: `${reader.name}:${event.id}`,
  }
  await reader.on[event.topic]?.({
    tx,
    kernel,
    context,
    event: {
      topic: event.topic,
      companyId: event.company_id,
      documentId: event.document_id,
      payload: event.payload,
      at: event.at,
    },
  })
}

async function advance(tx: Tx, reader: Reader, turn: Turn, position: string): Promise<void> {
  const moved = await tx.run(sql`update kernel.outbox_reader set position = ${position}::bigint, at = clock_timestamp()
    where reader = ${reader.name} and token = ${turn.token}::bigint and position < ${position}::bigint`)
  if (moved !== 1) throw new TurnLost(`${reader.name} is read by another worker now`)
}

async function park(
  options: RelayOptions,
  turn: Turn,
  event: EventRow,
  reason: string,
  tried: number,
): Promise<'parked'> {
  await transaction(options.kernel.pool, { companies: [event.company_id] }, async (tx) => {
    await insertParked(tx, options, event, reason, tried)
    await advance(tx, options.reader, turn, event.position)
  })
  options.onParked?.(event, reason)
  return 'parked'
}

async function insertParked(
  tx: Tx,
  { reader, clock }: RelayOptions,
  event: EventRow,
  reason: string,
  tried: number,
): Promise<void> {
  await tx.run(sql`insert into kernel.dead_letter (company_id, id, reader, topic, document_id, reason, attempts, at, event_id, event_at, position)
    values (${event.company_id}, ${newId()}, ${reader.name}, ${event.topic}, ${event.document_id}, ${reason.slice(0, 2_000)}, ${tried}, ${clock()},
      ${event.id}, ${event.at_text}::timestamptz, ${event.position}::bigint)`)
}
