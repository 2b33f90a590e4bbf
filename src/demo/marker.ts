// What the database remembers of its demo: that it is one, whether it was finished, and the secrets that everybody may know.
import { randomBytes } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'

/** `apiKey` is that of the demo's machine, null until it was made. No route reads any of this. */
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
  const row = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(sql<{ marker: unknown }>`select marker from kernel.demo`),
  )
  return Value.Check(Marker, row?.marker) ? row.marker : undefined
}

/** Writes that a load began, or what became of it. */
export async function writeMarker(kernel: Kernel, marker: Marker): Promise<void> {
  await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.run(sql`insert into kernel.demo (marker) values (${JSON.stringify(marker)}::jsonb)
      on conflict (only_row) do update set marker = excluded.marker`),
  )
}
