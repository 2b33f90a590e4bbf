// What the database remembers of its demo: that it is one, whether it was finished, and the secrets that everybody may know.
import { randomBytes } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'

/**
 * Kept in the settings of the demo's first company, from the moment at which that company is there. `apiKey` is that of
 * the demo's machine, null until it was made.
 */
const Marker = Type.Object({
  startedAt: Type.String(),
  finished: Type.Boolean(),
  password: Type.String(),
  apiKey: Type.Union([Type.String(), Type.Null()]),
})
export type Marker = Static<typeof Marker>

// Letters and digits that nobody mistakes for each other when they are read from a screen.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A marker for a load that begins now, with a password of its own: 31^15, about 74 bits. */
export function newMarker(now: Date): Marker {
  // 248 is the largest multiple of 31 in a byte: larger ones are thrown away, so that every letter is as likely.
  const letters: string[] = []
  while (letters.length < 15) {
    const [byte = 0] = randomBytes(1)
    if (byte < 248) letters.push(LETTERS[byte % LETTERS.length] ?? '')
  }
  const groups = [0, 5, 10].map((at) => letters.slice(at, at + 5).join(''))
  return { startedAt: now.toISOString(), finished: false, password: groups.join('-'), apiKey: null }
}

/** The marker of this database, or undefined when it holds no demo. */
export async function readMarker(kernel: Kernel): Promise<Marker | undefined> {
  const row = await transaction(kernel.pool, { companies: [] }, async (tx) => {
    await tx.run(
      sql`select set_config('tw.companies', coalesce((select string_agg(c::text, ',') from company.ids() as known (c)), ''), true)`,
    )
    return await tx.first(
      sql<{
        demo: unknown
      }>`select settings -> 'demo' as demo from company.v_company where settings ? 'demo' order by id limit 1`,
    )
  })
  return Value.Check(Marker, row?.demo) ? row.demo : undefined
}

/** Writes what became of the load. */
export async function writeMarker(kernel: Kernel, companyId: number, marker: Marker): Promise<void> {
  await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    tx.run(
      sql`update company.company set settings = settings || jsonb_build_object('demo', ${JSON.stringify(marker)}::jsonb) where id = ${companyId}`,
    ),
  )
}
