// The Merkle tree of RFC 6962, section 2.1: its root, its growing edge, and the proofs that can be cut from it.

import { createHash } from 'node:crypto'

/** The hash of a leaf: SHA-256 over a zero byte and the data (32 bytes). */
export function leafHash(data: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(data).digest()
}

/** The hash of an inner node: SHA-256 over a one byte and both children (32 bytes). The prefix keeps leaves apart. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest()
}

/** The root of a tree without leaves: SHA-256 over nothing. */
export function emptyRoot(): Buffer {
  return createHash('sha256').digest()
}

/** The root over leaf hashes, in one pass and with memory for one hash a level. */
export function merkleRoot(leafHashes: Iterable<Uint8Array>): Buffer {
  return frontierRoot(appendToFrontier(EMPTY_FRONTIER, leafHashes))
}

/**
 * The right edge of a tree: the roots of its full subtrees from the largest to the smallest, one for each bit set in
 * `size`. It is all that is needed to append more leaves, so a sealer keeps this and not the tree.
 */
export type Frontier = { readonly size: number; readonly hashes: readonly Uint8Array[] }

/** The frontier of a tree without leaves. */
export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] }

/** The frontier after more leaf hashes, the given one unchanged. Throws RangeError when it does not fit its size. */
export function appendToFrontier(frontier: Frontier, leafHashes: Iterable<Uint8Array>): Frontier {
  checkFrontier(frontier)
  const hashes = [...frontier.hashes]
  let size = frontier.size
  for (const leaf of leafHashes) {
    let merged = checkHash(leaf)
    // Each trailing one bit of the size is a full subtree that the new one completes.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      merged = nodeHash(taken(hashes.pop()), merged)
    }
    hashes.push(merged)
    size += 1
  }
  return { size, hashes }
}

/** The root of the tree that ends at this frontier. Throws RangeError when the frontier does not fit its size. */
export function frontierRoot(frontier: Frontier): Buffer {
  checkFrontier(frontier)
  const [last, ...larger] = frontier.hashes.toReversed()
  if (!last) {
    return emptyRoot()
  }
  return Buffer.from(larger.reduce((right, left) => nodeHash(left, right), last))
}

/** A tree kept whole in memory (64 bytes a leaf): grows by appending, and answers for every size it ever had. */
export type Tree = {
  /** The count of leaves. */
  size(): number
  /** Adds leaf hashes at the end. */
  append(leafHashes: Iterable<Uint8Array>): void
  /** The root when the tree had `size` leaves; by default of all leaves. Throws RangeError beyond the tree. */
  root(size?: number): Buffer
  /** The frontier at `size` leaves; by default at all. Throws RangeError beyond the tree. */
  frontier(size?: number): Frontier
  /** The audit path of a leaf in the tree of `size` leaves (RFC 6962, 2.1.1), the lowest hash first. */
  inclusionProof(index: number, size?: number): Buffer[]
  /** The proof that the tree of `from` leaves begins the tree of `to` leaves (RFC 6962, 2.1.2). */
  consistencyProof(from: number, to?: number): Buffer[]
}

/** A tree in memory, over the leaf hashes given. Roots and proofs cost a number of hashes logarithmic in the size. */
export function createTree(leafHashes: Iterable<Uint8Array> = []): Tree {
  const levels: Levels = [[]]
  const size = () => levels[0]?.length ?? 0
  grow(levels, leafHashes)

  return {
    size,
    append: (hashes) => grow(levels, hashes),
    root(at = size()) {
      checkWithin('size', at, 0, size())
      return at === 0 ? emptyRoot() : rangeRoot(levels, 0, at)
    },
    frontier(at = size()) {
      checkWithin('size', at, 0, size())
      return frontierAt(levels, at)
    },
    inclusionProof(index, at = size()) {
      checkWithin('size', at, 1, size())
      checkWithin('index', index, 0, at - 1)
      return path(levels, index, { start: 0, end: at })
    },
    consistencyProof(from, to = size()) {
      checkWithin('size', to, 0, size())
      checkWithin('earlier size', from, 0, to)
      return from === 0 || from === to ? [] : subproof(levels, from, { start: 0, end: to, known: true })
    },
  }
}

/** levels[k][i] is the root of the full subtree over the leaves from i * 2^k up to (i + 1) * 2^k. */
type Levels = Buffer[][]

/** Leaves from `start` up to `end`; `start` is a multiple of the power of two that holds them all. */
type Range = { start: number; end: number }

function grow(levels: Levels, leafHashes: Iterable<Uint8Array>): void {
  for (const leaf of leafHashes) {
    let hash: Buffer = Buffer.from(checkHash(leaf))
    for (let level = 0; ; level += 1) {
      levels[level] ??= []
      const row = taken(levels[level])
      row.push(hash)
      if (row.length % 2 === 1) {
        break
      }
      hash = nodeHash(taken(row[row.length - 2]), hash)
    }
  }
}

function rangeRoot(levels: Levels, start: number, end: number): Buffer {
  const count = end - start
  const half = largestPowerBelow(count)
  if (count === 1 || count === half * 2) {
    return taken(levels[Math.log2(count)]?.[start / count])
  }
  return nodeHash(rangeRoot(levels, start, start + half), rangeRoot(levels, start + half, end))
}

function frontierAt(levels: Levels, size: number): Frontier {
  const hashes: Buffer[] = []
  let start = 0
  while (start < size) {
    const full = largestPowerBelow(size - start + 1)
    hashes.push(rangeRoot(levels, start, start + full))
    start += full
  }
  return { size, hashes }
}

/** PATH of RFC 6962, section 2.1.1. */
function path(levels: Levels, index: number, { start, end }: Range): Buffer[] {
  if (end - start === 1) {
    return []
  }
  const middle = start + largestPowerBelow(end - start)
  return index < middle
    ? [...path(levels, index, { start, end: middle }), rangeRoot(levels, middle, end)]
    : [...path(levels, index, { start: middle, end }), rangeRoot(levels, start, middle)]
}

/** SUBPROOF of RFC 6962, section 2.1.2; `known` says that the verifier has the root of this part already. */
function subproof(levels: Levels, from: number, { start, end, known }: Range & { known: boolean }): Buffer[] {
  if (from === end) {
    return known ? [] : [rangeRoot(levels, start, end)]
  }
  const middle = start + largestPowerBelow(end - start)
  return from <= middle
    ? [...subproof(levels, from, { start, end: middle, known }), rangeRoot(levels, middle, end)]
    : [...subproof(levels, from, { start: middle, end, known: false }), rangeRoot(levels, start, middle)]
}

const HASH_BYTES = 32
const LEAF_PREFIX = Buffer.from([0])
const NODE_PREFIX = Buffer.from([1])

/** The largest power of two that is less than the count; 1 for a count of 1 or 2. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) {
    power *= 2
  }
  return power
}

function checkHash(hash: Uint8Array): Uint8Array {
  if (hash.length !== HASH_BYTES) {
    throw new RangeError(`a hash of this tree has ${HASH_BYTES} bytes, not ${hash.length}: hash the data first`)
  }
  return hash
}

function checkFrontier({ size, hashes }: Frontier): void {
  checkWithin('size', size, 0, Number.MAX_SAFE_INTEGER)
  const full = [...size.toString(2)].filter((bit) => bit === '1').length
  if (hashes.length !== full) {
    throw new RangeError(`a tree of ${size} leaves has a frontier of ${full} hashes, not ${hashes.length}`)
  }
  hashes.forEach(checkHash)
}

function checkWithin(name: string, value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`the ${name} must be a whole number from ${least} to ${most}, not ${value}`)
  }
}

function taken<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new RangeError('the tree is damaged: a hash is missing')
  }
  return value
}
