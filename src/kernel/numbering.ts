// Document numbers. Cheap ones come in blocks and may have gaps; legal ones are taken last and have none.
import type pg from 'pg'
import type { Context } from './context.ts'
import { name, type Tx, sql, transaction } from './db.ts'

/** Hands out cheap numbers, formatted; never waits for another transaction. */
export type NumberSource = { take(context: Context, format: string, count: number): Promise<readonly string[]> }

const BLOCK = 100

/** Fills a format such as 'SO-{year}-{seq:6}' with the business date's year and the number. */
export function formatNumber(format: string, today: string, next: number): string {
  return format
    .replace('{year}', today.slice(0, 4))
    .replace('{month}', today.slice(5, 7))
    .replace(/\{seq(?::(\d+))?\}/, (_, width?: string) => String(next).padStart(Number(width ?? 1), '0'))
}

/** The period in which a format counts: its year or month when it names one, else for ever. */
const periodOf = (format: string, today: string): string =>
  format.includes('{month}') ? today.slice(0, 7) : format.includes('{year}') ? today.slice(0, 4) : ''

const advance = (companyId: number, series: string, period: string, count: number) =>
  sql<{ first: string }>`insert into kernel.number_series as s (company_id, series, period, next) values (${companyId}, ${series}, ${period}, 1 + ${count}::bigint)
    on conflict (company_id, series, period) do update set next = s.next + ${count}::bigint returning next - ${count}::bigint as first`

/** Cheap numbers: blocks are taken in their own short transactions and kept in this process. */
export function numberSource(pool: pg.Pool): NumberSource {
  const blocks = new Map<string, { next: number; end: number }>()
  const queue = new Map<string, Promise<unknown>>()
  const refill = async (companyId: number, series: string, period: string, key: string, count: number) => {
    const size = Math.max(BLOCK, count)
    const row = await transaction(pool, { companies: [companyId] }, (tx) => tx.first(advance(companyId, series, period, size)))
    const first = Number(row?.first)
    blocks.set(key, { next: first, end: first + size })
  }
  return {
    async take(context, format, count) {
      const period = periodOf(format, context.today)
      const key = `${context.companyId}|${format}|${period}`
      // One at a time per series in this process, so that a block is neither lost nor handed out twice.
      const turn = (queue.get(key) ?? Promise.resolve()).then(async () => {
        let block = blocks.get(key)
        if (!block || block.end - block.next < count) {
          await refill(context.companyId, format, period, key, count)
          block = blocks.get(key)
        }
        if (!block) throw new Error(`no numbers for ${format}`)
        const first = block.next
        block.next += count
        return Array.from({ length: count }, (_, at) => formatNumber(format, context.today, first + at))
      })
      queue.set(key, turn.catch(() => undefined))
      return await turn
    },
  }
}

/**
 * Gives documents of `table` their legal numbers in the order of `ids` and moves them to `state`, in one statement: the
 * last thing but the record that an issuing command does. Returns the numbers in that order.
 */
export async function issueNumbers(
  tx: Tx,
  given: { companyId: number; format: string; day: string; table: string; ids: readonly string[]; state: string },
): Promise<readonly string[]> {
  const { companyId, format, day, ids } = given
  const [head = '', width, tail = ''] = formatNumber(format.replace(/\{seq(?::(\d+))?\}/, '\u0001$1\u0001'), day, 0).split('\u0001')
  const rows = await tx.rows(sql<{ number: string }>`with taken as (${advance(companyId, format, periodOf(format, day), ids.length)}),
    numbered as (
      update ${name(given.table)} t set state = ${given.state},
             number = ${head}::text || lpad((taken.first + d.place - 1)::text, greatest(${Number(width || 1)}::int, length((taken.first + d.place - 1)::text)), '0') || ${tail}::text
        from taken, unnest(${ids}::uuid[]) with ordinality as d (id, place)
       where t.company_id = ${companyId} and t.id = d.id returning t.id, t.number
    )
    select n.number from numbered n join unnest(${ids}::uuid[]) with ordinality as d (id, place) using (id) order by d.place`)
  if (rows.length !== ids.length) throw new Error(`${rows.length} of ${ids.length} documents were numbered`)
  return rows.map((row) => row.number)
}
