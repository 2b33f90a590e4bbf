// Proofs are checked here with nothing but hashes, so that an auditor can do the same without this product.

import { emptyRoot, nodeHash } from '#kernel/merkle/tree'

/** A leaf that should stand at `index` (from 0) of a tree with `size` leaves and this root. */
export type Inclusion = {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** A tree that should be the beginning of another. */
export type Consistency = {
  readonly fromSize: number
  readonly fromRoot: Uint8Array
  readonly toSize: number
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof leads from the leaf hash to the root (RFC 9162, section 2.1.3.2). Never throws. */
export function verifyInclusion({ leaf, index, size, root, proof }: Inclusion): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([leaf, root, ...proof])) {
    return false
  }
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) {
      return false
    }
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      // A node without a right sibling moves up unhashed until it is a right child itself.
      while (node % 2 === 0 && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && same(hash, root)
}

/** Whether the proof shows that the later tree begins with the earlier one (RFC 9162, section 2.1.4.2). Never throws. */
export function verifyConsistency({ fromSize, fromRoot, toSize, toRoot, proof }: Consistency): boolean {
  if (!isSize(fromSize) || !isSize(toSize) || fromSize > toSize || !areHashes([fromRoot, toRoot, ...proof])) {
    return false
  }
  if (fromSize === toSize) {
    return proof.length === 0 && same(fromRoot, toRoot)
  }
  if (fromSize === 0) {
    // Every tree begins with the empty one, and there is nothing to prove.
    return proof.length === 0 && same(fromRoot, emptyRoot())
  }

  let node = fromSize - 1
  let last = toSize - 1
  while (node % 2 === 1) {
    node = half(node)
    last = half(last)
  }
  // A full earlier tree is itself the first hash of the path; otherwise the proof names its last full subtree.
  const [first, ...rest] = node === 0 ? [fromRoot, ...proof] : proof
  if (!first) {
    return false
  }
  let fromHash = first
  let toHash = first
  for (const sibling of rest) {
    if (last === 0) {
      return false
    }
    if (node % 2 === 1 || node === last) {
      fromHash = nodeHash(sibling, fromHash)
      toHash = nodeHash(sibling, toHash)
      while (node % 2 === 0 && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      toHash = nodeHash(toHash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && same(fromHash, fromRoot) && same(toHash, toRoot)
}

const HASH_BYTES = 32

// Sizes may pass 2^31, where the bit operators of the language would wrap.
function half(value: number): number {
  return Math.floor(value / 2)
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES)
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}
