// The only door to catalog: which item a code means.
export { type AskedItem, type ResolvedItem, resolveItems } from './item/resolve.ts'
