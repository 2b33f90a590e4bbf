// Ids of what the replay makes: the same plan gives the same ids, so that a run that is resumed names the same documents.
import { createHash } from 'node:crypto'

/** What an id is of; one source invoice gives one of each. */
export type IdKind =
  | 'category'
  | 'item'
  | 'list'
  | 'condition'
  | 'customer'
  | 'ship-to'
  | 'receipt'
  | 'order'
  | 'shipment'
  | 'invoice'
  | 'payment'
  | 'adjustment'
  | 'entry'
  | 'return'
  | 'grant'
  | 'reason'

/** An id by kind, name and moment. */
export type IdMaker = (kind: IdKind, name: string, at: Date) => string

/**
 * Makes ids of version 7 (RFC 9562, section 5.7): 48 bits of `at`, so that they sort by the time of the source, and the
 * rest from a hash of the plan's fingerprint, the kind and the name, where others are random.
 */
export function idsOf(fingerprint: string): IdMaker {
  return (kind, name, at) => {
    const time = at.getTime().toString(16).padStart(12, '0')
    const hash = createHash('sha256').update(`${fingerprint}/${kind}/${name}`).digest('hex')
    const variant = (8 + (Number.parseInt(hash.slice(3, 4), 16) % 4)).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
  }
}
