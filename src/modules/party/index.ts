// The only door to party: whom a code means, and whether we may sell to them.
export {
  type AskedShipTo,
  type Resolved,
  type ResolvedShipTo,
  resolveCustomers,
  resolveShipTos,
  resolveSuppliers,
} from './customer/resolve.ts'
export { unusable } from './customer/unusable.ts'
