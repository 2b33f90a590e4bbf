// How far a replay has come: one row a day, kept in the database, so that it can be stopped at any moment and resumed.
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { ReplayRefusal } from '../refusal.ts'

/** A day that is done: how many source lines, and how long it took by the machine's clock. */
export type DayDone = { dayIndex: number; date: string; lines: number; milliseconds: number }

/** The days that are done, ascending. Refuses REPLAY_OTHER_PLAN when the company holds the replay of another plan. */
export async function daysDone(kernel: Kernel, companyId: number, fingerprint: string): Promise<readonly DayDone[]> {
  const rows = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.rows(sql<
      DayDone & { fingerprint: string }
    >`select fingerprint, day_index as "dayIndex", date, lines, milliseconds
      from replay.progress where company_id = ${companyId} order by day_index`),
  )
  const other = rows.find((row) => row.fingerprint !== fingerprint)
  if (other) {
    throw new ReplayRefusal(
      'REPLAY_OTHER_PLAN',
      `This database holds the replay of another file or of another version of the rules (plan ${other.fingerprint.slice(0, 12)}, ` +
        `this one is ${fingerprint.slice(0, 12)}). Replay into an empty database: name another folder with --home.`,
      { there: other.fingerprint, here: fingerprint },
    )
  }
  return rows
}

/** Notes that a day is done. Noting it twice changes nothing. */
export async function noteDay(
  kernel: Kernel,
  companyId: number,
  fingerprint: string,
  day: DayDone & { at: Date },
): Promise<void> {
  await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.run(sql`insert into replay.progress (company_id, fingerprint, day_index, date, lines, milliseconds, done_at)
      values (${companyId}, ${fingerprint}, ${day.dayIndex}, ${day.date}::date, ${day.lines}, ${day.milliseconds}, ${day.at})
      on conflict do nothing`),
  )
}
