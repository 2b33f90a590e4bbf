// Merkle trees and signed checkpoints: a list that cannot be rewritten without everybody noticing.

export {
  type Checkpoint,
  checkpointText,
  signCheckpoint,
  verifyCheckpoint,
} from '#kernel/merkle/checkpoint'
export { verifyConsistency, verifyInclusion } from '#kernel/merkle/proof'
export {
  appendToFrontier,
  createTree,
  EMPTY_FRONTIER,
  emptyRoot,
  type Frontier,
  frontierRoot,
  leafHash,
  merkleRoot,
  nodeHash,
  type Tree,
} from '#kernel/merkle/tree'
