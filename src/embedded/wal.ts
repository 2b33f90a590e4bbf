// The names of the write-ahead log files that lie between two positions.

/**
 * The segment files needed to replay from `startLsn` up to `stopLsn` (text such as '1/3C000028'), in order.
 * A name is timeline, then the segment number in units of 4 GiB and within them, eight hexadecimal digits each
 * (PostgreSQL's XLogFileName). A position on a boundary belongs to the segment before it.
 */
export function segmentsBetween(options: {
  startLsn: string
  stopLsn: string
  timeline: number
  segmentBytes: string
}): string[] {
  const segmentBytes = BigInt(options.segmentBytes)
  const segmentsPerUnit = 0x1_0000_0000n / segmentBytes
  const first = position(options.startLsn) / segmentBytes
  const last = (position(options.stopLsn) - 1n) / segmentBytes
  const names: string[] = []
  for (let segment = first; segment <= last; segment++) {
    const parts = [BigInt(options.timeline), segment / segmentsPerUnit, segment % segmentsPerUnit]
    names.push(parts.map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join(''))
  }
  return names
}

function position(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}
