// The ledger's door.
export { type EntryHead, type EntryLine, post, requireOpen } from './post.ts'
