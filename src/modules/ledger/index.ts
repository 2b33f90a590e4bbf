// The ledger's door.
export { type EntryHead, type EntryLine, POST_SOFT, post, requireOpen } from './post.ts'
