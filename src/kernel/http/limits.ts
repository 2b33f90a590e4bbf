// Rate limits: a bucket of tokens for each key, refilled steadily; keys are facts the server knows, never request data.

/** `burst` requests at once, `perSecond` in the long run. */
export type Limit = { readonly burst: number; readonly perSecond: number }

/** Takes one token for the key. 0 when it may go on, else the seconds to wait. */
export type Limiter = (key: string, milliseconds: number) => number

const KEYS_MOST = 50_000

/** A limiter that remembers at most KEYS_MOST keys; a full one forgets those that are rested. */
export function limiter({ burst, perSecond }: Limit): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const rested = (bucket: { tokens: number; at: number }, now: number) =>
    bucket.tokens + ((now - bucket.at) * perSecond) / 1000 >= burst
  return (key, now) => {
    let bucket = buckets.get(key)
    if (!bucket) {
      if (buckets.size >= KEYS_MOST) for (const [old, one] of buckets) if (rested(one, now)) buckets.delete(old)
      if (buckets.size >= KEYS_MOST) return Math.ceil(burst / perSecond)
      bucket = { tokens: burst, at: now }
      buckets.set(key, bucket)
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000)
    bucket.at = now
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond))
    bucket.tokens -= 1
    return 0
  }
}
