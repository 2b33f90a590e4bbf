// Ids are UUIDv7: made without asking anyone, sorted by time of making, and never the same twice.

import { randomFillSync } from 'node:crypto'

/** A UUID of version 7 (RFC 9562, section 5.7) in canonical lower case, such as '01890a5d-ac96-774b-bcce-b302099a8057'. */
export type Id = string

/**
 * Makes ids that are strictly increasing as text, whatever the clock does. `now` gives milliseconds since 1970-01-01
 * UTC; when it stands still or steps back, the ids keep counting from the latest time seen.
 *
 * Layout: 48 bits of time, then a 26-bit counter (the 12 bits `rand_a` and the first 14 of `rand_b`), then 48 random
 * bits. The counter starts each millisecond at a random value with its top bit clear (RFC 9562, section 6.2, method 1),
 * so it has room for at least 33 million ids a millisecond; should they be used up, the time moves one ahead.
 * `startCounter` gives that start, from 0 to 2^26 - 1.
 */
export function createIdSource(now: () => number, startCounter: () => number = randomSeed): () => Id {
  let time = Number.NEGATIVE_INFINITY
  let counter = 0
  let timeText = ''

  return function next(): Id {
    const seen = now()
    if (seen <= time && counter < COUNTER_MAX) {
      counter += 1
    } else {
      const moment = seen <= time ? time + 1 : seen
      timeText = timeHex(moment)
      time = moment
      counter = startCounter()
    }
    return assemble(timeText, counter)
  }
}

/** A new id of this moment; strictly greater than every id this process made before. About 2 million a second. */
// The real clock is right here: an id must be unique in this process even where a test or a replay holds time still.
export const newId: () => Id = createIdSource(Date.now)

/**
 * A new id that carries the given time (milliseconds since 1970-01-01 UTC), for loaded history. Ids made one after the
 * other for the same millisecond are increasing. Throws RangeError for a time that does not fit 48 bits.
 */
export function idAt(epochMilliseconds: number): Id {
  if (epochMilliseconds !== backdatedTime) {
    backdatedTime = epochMilliseconds
    backdated = createIdSource(() => epochMilliseconds)
  }
  return backdated()
}

/** Whether the text is an id as this product writes them: canonical, lower case, version 7. */
export function isId(text: string): text is Id {
  return typeof text === 'string' && ID_SHAPE.test(text)
}

/** When the id was made: milliseconds since 1970-01-01 UTC. Throws TypeError for a text that is no id. */
export function idTime(id: Id): number {
  if (!isId(id)) {
    throw new TypeError('idTime needs a version 7 UUID in lower case')
  }
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

const ID_SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const COUNTER_MAX = 2 ** 26 - 1
const SEED_MAX = 2 ** 25
const TIME_MAX = 2 ** 48 - 1
const RANDOM_BYTES = 6
const BYTE_HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

// One call into the operating system's randomness serves over a thousand ids; each byte is handed out once.
const pool = Buffer.allocUnsafe(RANDOM_BYTES * 1365)
let poolAt = pool.length

let backdatedTime = Number.NaN
let backdated = createIdSource(() => backdatedTime)

function assemble(timeText: string, counter: number): Id {
  const high = counter >>> 14
  const low = 0x8000 | (counter & 0x3fff)
  const at = takeRandom()
  return (
    timeText +
    BYTE_HEX[0x70 | (high >>> 8)] +
    BYTE_HEX[high & 0xff] +
    '-' +
    BYTE_HEX[low >>> 8] +
    BYTE_HEX[low & 0xff] +
    '-' +
    pool.toString('hex', at, at + RANDOM_BYTES)
  )
}

function timeHex(time: number): string {
  if (!Number.isInteger(time) || time < 0 || time > TIME_MAX) {
    throw new RangeError(`an id can carry a whole number of milliseconds from 0 to 2^48 - 1, not ${time}`)
  }
  const hex = time.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-`
}

function randomSeed(): number {
  const at = takeRandom()
  return pool.readUInt32BE(at) % SEED_MAX
}

function takeRandom(): number {
  if (poolAt + RANDOM_BYTES > pool.length) {
    randomFillSync(pool)
    poolAt = 0
  }
  const at = poolAt
  poolAt += RANDOM_BYTES
  return at
}
