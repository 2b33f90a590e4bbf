// The tree agrees with RFC 6962, its proofs hold, and no flipped bit goes unseen.

import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendToFrontier,
  type Checkpoint,
  checkpointText,
  createTree,
  EMPTY_FRONTIER,
  emptyRoot,
  frontierRoot,
  leafHash,
  merkleRoot,
  nodeHash,
  signCheckpoint,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '#kernel/merkle'

// The eight leaves and the roots of the Certificate Transparency reference tests.
const vectors = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = vectors.map((hex) => leafHash(Buffer.from(hex, 'hex')))
const sizes = fc.integer({ min: 1, max: 130 })

function numbered(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)))
}

/** The definition of RFC 6962, section 2.1, written down as it stands there. */
function rootByDefinition(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes
  if (!only) {
    return emptyRoot()
  }
  if (hashes.length === 1) {
    return only
  }
  let split = 1
  while (split * 2 < hashes.length) {
    split *= 2
  }
  return nodeHash(rootByDefinition(hashes.slice(0, split)), rootByDefinition(hashes.slice(split)))
}

function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  const at = (bit >>> 3) % copy.length
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit & 7)), at)
  return copy
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('roots', () => {
  test('the reference vectors come out at every size, by list, by tree and by frontier', () => {
    const tree = createTree(leaves)
    roots.forEach((root, size) => {
      const list = leaves.slice(0, size)
      expect(hex(merkleRoot(list))).toBe(root)
      expect(hex(tree.root(size))).toBe(root)
      expect(hex(frontierRoot(tree.frontier(size)))).toBe(root)
    })
  })

  test('any way of appending gives the root of the definition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }), (batches) => {
        const all = numbered(batches.reduce((sum, count) => sum + count, 0))
        const tree = createTree()
        let frontier = EMPTY_FRONTIER
        let at = 0
        for (const count of batches) {
          const batch = all.slice(at, at + count)
          at += count
          tree.append(batch)
          frontier = appendToFrontier(frontier, batch)
          const expected = hex(rootByDefinition(all.slice(0, at)))
          expect(hex(tree.root())).toBe(expected)
          expect(hex(frontierRoot(frontier))).toBe(expected)
          expect(tree.frontier()).toEqual(frontier)
        }
        expect(tree.size()).toBe(all.length)
      }),
    )
  })

  test('a leaf cannot pass for an inner node', () => {
    const [left, right] = numbered(2)
    if (!left || !right) {
      throw new Error('two leaves were made')
    }
    expect(hex(leafHash(Buffer.concat([left, right])))).not.toBe(hex(nodeHash(left, right)))
  })

  test('a frontier that does not fit its size, or data that was not hashed, stops loudly', () => {
    expect(() => appendToFrontier({ size: 3, hashes: numbered(1) }, [])).toThrow(RangeError)
    expect(() => frontierRoot({ size: -1, hashes: [] })).toThrow(RangeError)
    expect(() => createTree([Buffer.from('raw')])).toThrow(RangeError)
    expect(() => createTree(leaves).root(9)).toThrow(RangeError)
    expect(() => createTree(leaves).inclusionProof(8)).toThrow(RangeError)
  })
})

describe('inclusion proofs', () => {
  test('the reference path of the first of eight leaves', () => {
    expect(createTree(leaves).inclusionProof(0).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
  })

  test('every leaf of every tree up to 70 leaves is proved', () => {
    const all = numbered(70)
    const tree = createTree(all)
    let proved = 0
    for (let size = 1; size <= 70; size += 1) {
      const root = tree.root(size)
      all.slice(0, size).forEach((leaf, index) => {
        proved += verifyInclusion({ leaf, index, size, root, proof: tree.inclusionProof(index, size) }) ? 1 : 0
      })
    }
    expect(proved).toBe((70 * 71) / 2)
  })

  test('a flipped bit anywhere, another index or size, or a path cut or stretched is seen', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), (size, pick, bit, which) => {
        const all = numbered(size)
        const index = pick % size
        const tree = createTree(all)
        const leaf = all[index] ?? emptyRoot()
        const proof = tree.inclusionProof(index)
        const good = { leaf, index, size, root: tree.root(), proof }
        expect(verifyInclusion(good)).toBe(true)

        expect(verifyInclusion({ ...good, leaf: flipped(leaf, bit) })).toBe(false)
        expect(verifyInclusion({ ...good, root: flipped(good.root, bit) })).toBe(false)
        expect(verifyInclusion({ ...good, proof: [...proof, leaf] })).toBe(false)
        expect(verifyInclusion({ ...good, index: size })).toBe(false)
        expect(verifyInclusion({ ...good, index: -1 })).toBe(false)
        if (size > 1) {
          const broken = proof.map((hash, at) => (at === which % proof.length ? flipped(hash, bit) : hash))
          expect(verifyInclusion({ ...good, proof: broken })).toBe(false)
          expect(verifyInclusion({ ...good, proof: proof.slice(1) })).toBe(false)
          expect(verifyInclusion({ ...good, index: (index + 1 + (which % (size - 1))) % size })).toBe(false)
        }
      }),
    )
  })
})

describe('consistency proofs', () => {
  test('every earlier tree of every tree up to 40 leaves is proved', () => {
    const tree = createTree(numbered(40))
    let proved = 0
    for (let to = 0; to <= 40; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const proof = tree.consistencyProof(from, to)
        const trees = { fromSize: from, fromRoot: tree.root(from), toSize: to, toRoot: tree.root(to) }
        proved += verifyConsistency({ ...trees, proof }) ? 1 : 0
      }
    }
    expect(proved).toBe((41 * 42) / 2)
  })

  test('the reference proof from six to eight leaves', () => {
    expect(createTree(leaves).consistencyProof(6, 8).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
  })

  test('history that was rewritten, or any flipped bit, is seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        fc.nat(),
        (from, more, bit, which) => {
          const all = numbered(from + more)
          const tree = createTree(all)
          const proof = tree.consistencyProof(from)
          const good = { fromSize: from, fromRoot: tree.root(from), toSize: from + more, toRoot: tree.root(), proof }
          expect(verifyConsistency(good)).toBe(true)

          const forged = createTree(all.map((leaf, at) => (at === which % from ? flipped(leaf, bit) : leaf)))
          const rewritten = { ...good, toRoot: forged.root(), proof: forged.consistencyProof(from) }
          expect(verifyConsistency(rewritten)).toBe(false)
          expect(verifyConsistency({ ...good, fromRoot: flipped(good.fromRoot, bit) })).toBe(false)
          expect(verifyConsistency({ ...good, toRoot: flipped(good.toRoot, bit) })).toBe(false)
          expect(verifyConsistency({ ...good, proof: [...proof, good.toRoot] })).toBe(false)
          expect(verifyConsistency({ ...good, proof: proof.slice(0, -1) })).toBe(false)
          const broken = proof.map((hash, at) => (at === which % proof.length ? flipped(hash, bit) : hash))
          expect(verifyConsistency({ ...good, proof: broken })).toBe(false)
        },
      ),
    )
  })
})

describe('checkpoints', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const origin = 'example.com/audit'
  const checkpoint: Checkpoint = {
    origin,
    size: 8,
    root: createTree(leaves).root(),
    time: Date.UTC(2026, 1, 28, 23, 59, 59, 999),
  }
  const note = signCheckpoint(checkpoint, privateKey)
  const refusal = expect.objectContaining({ code: 'CHECKPOINT_INVALID' })

  test('the text has a line each for origin, size, root and time', () => {
    expect(checkpointText(checkpoint)).toBe(
      'example.com/audit\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\ntime 2026-02-28T23:59:59.999Z\n',
    )
    expect(note).toMatch(/\n\n— example\.com\/audit [A-Za-z0-9+/]{91}=\n$/)
  })

  test('a signed checkpoint is read back, also with a witness beside', () => {
    expect(verifyCheckpoint(note, { origin, publicKey })).toEqual(checkpoint)
    expect(verifyCheckpoint(`${note}— witness.example AAAA\n`, { origin, publicKey })).toEqual(checkpoint)
  })

  test('another key, another origin or no signature is refused', () => {
    const other = generateKeyPairSync('ed25519')
    expect(() => verifyCheckpoint(note, { origin, publicKey: other.publicKey })).toThrow(refusal)
    expect(() => verifyCheckpoint(note, { origin: 'example.com/other', publicKey })).toThrow(refusal)
    expect(() => verifyCheckpoint(checkpointText(checkpoint), { origin, publicKey })).toThrow(refusal)
    expect(() => verifyCheckpoint('', { origin, publicKey })).toThrow(refusal)
    const forged = signCheckpoint(checkpoint, other.privateKey)
    expect(() => verifyCheckpoint(forged, { origin, publicKey })).toThrow(refusal)
  })

  test('any flipped bit of the note is refused', () => {
    const bytes = Buffer.from(note)
    const accepted: number[] = []
    // The last byte is the line feed after the only signature; what follows a complete note is not part of it.
    for (let bit = 0; bit < (bytes.length - 1) * 8; bit += 1) {
      try {
        verifyCheckpoint(flipped(bytes, bit).toString('utf8'), { origin, publicKey })
        accepted.push(bit)
      } catch (error) {
        expect(error).toEqual(refusal)
      }
    }
    expect(accepted).toEqual([])
  })

  test('only Ed25519 keys sign', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(() => signCheckpoint(checkpoint, rsa.privateKey)).toThrow(TypeError)
    expect(() => signCheckpoint({ ...checkpoint, origin: 'two words' }, privateKey)).toThrow(refusal)
  })
})
