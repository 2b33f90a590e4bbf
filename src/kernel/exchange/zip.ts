// An archive is unpacked under a limit that counts real bytes, because what its directory claims may be a lie.

import { crc32, inflateRawSync } from 'node:zlib'

/** One file of an archive, unpacked. */
export type ZipEntry = { readonly name: string; readonly data: Buffer }

/** Why an archive was not unpacked: it is damaged or of an unusual kind, or more than the limit comes out of it. */
export type ZipProblem = 'damaged' | 'too-large'

/** Unpacks the wanted files of a zip archive, or says why not. `bytesMax` limits all that is unpacked together. */
export function unzip(
  archive: Buffer,
  { bytesMax, wanted }: { bytesMax: number; wanted: (name: string) => boolean },
): ZipEntry[] | ZipProblem {
  const entries: ZipEntry[] = []
  let left = bytesMax
  try {
    for (const place of directoryOf(archive)) {
      if (wanted(place.name)) {
        const data = unpacked(archive, place, left)
        left -= data.length
        entries.push({ name: place.name, data })
      }
    }
    return entries
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      return 'too-large'
    }
    // Reading beyond the end, or what the decompressor says of damaged data.
    if (
      error instanceof DamagedZip ||
      code === 'ERR_OUT_OF_RANGE' ||
      code === 'ERR_BUFFER_OUT_OF_BOUNDS' ||
      isZlib(code)
    ) {
      return 'damaged'
    }
    throw error
  }
}

/** An archive of the same files, not compressed, whose directory tells the truth about each of them. */
export function zipStored(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const nameBytes = Buffer.from(name)
    const sum = crc32(data)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(LOCAL_MARK, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(UTF8_NAMES, 6)
    writeFacts(head, 14, { sum, data, nameBytes })
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(CENTRAL_MARK, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(UTF8_NAMES, 8)
    writeFacts(entry, 16, { sum, data, nameBytes })
    entry.writeUInt32LE(offset, 42)
    local.push(head, nameBytes, data)
    central.push(entry, nameBytes)
    offset += head.length + nameBytes.length + data.length
  }
  const size = central.reduce((sum, piece) => sum + piece.length, 0)
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(END_MARK, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, ...central, end])
}

class DamagedZip extends Error {}

type Place = { name: string; flags: number; method: number; packed: number; offset: number }

const LOCAL_MARK = 0x04034b50
const CENTRAL_MARK = 0x02014b50
const END_MARK = 0x06054b50
const END_BYTES = 22
const COMMENT_MAX = 65_535
const ENTRIES_MAX = 5000
const UTF8_NAMES = 0x0800
const ENCRYPTED = 0x0001
const STORED = 0
const DEFLATED = 8

function directoryOf(archive: Buffer): Place[] {
  let end = archive.length - END_BYTES
  const lowest = Math.max(0, end - COMMENT_MAX)
  while (end >= lowest && archive.readUInt32LE(end) !== END_MARK) {
    end -= 1
  }
  if (end < lowest) {
    throw new DamagedZip()
  }
  const count = archive.readUInt16LE(end + 10)
  if (count > ENTRIES_MAX) {
    throw new DamagedZip()
  }
  let at = archive.readUInt32LE(end + 16)
  const places: Place[] = []
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== CENTRAL_MARK) {
      throw new DamagedZip()
    }
    const nameLength = archive.readUInt16LE(at + 28)
    places.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return places
}

function unpacked(archive: Buffer, { flags, method, packed, offset }: Place, left: number): Buffer {
  if (archive.readUInt32LE(offset) !== LOCAL_MARK || (flags & ENCRYPTED) !== 0) {
    throw new DamagedZip()
  }
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const data = archive.subarray(start, start + packed)
  if (method === STORED && data.length === packed) {
    return data.length > left ? tooLarge() : data
  }
  if (method !== DEFLATED) {
    throw new DamagedZip()
  }
  return left < 1 ? tooLarge() : inflateRawSync(data, { maxOutputLength: left })
}

function tooLarge(): never {
  throw Object.assign(new Error('more than the limit'), { code: 'ERR_BUFFER_TOO_LARGE' })
}

function isZlib(code: unknown): boolean {
  return typeof code === 'string' && code.startsWith('Z_')
}

function writeFacts(head: Buffer, at: number, facts: { sum: number; data: Buffer; nameBytes: Buffer }): void {
  head.writeUInt32LE(facts.sum, at)
  head.writeUInt32LE(facts.data.length, at + 4)
  head.writeUInt32LE(facts.data.length, at + 8)
  head.writeUInt16LE(facts.nameBytes.length, at + 12)
}
