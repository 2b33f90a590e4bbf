// The only door to party: whom a code means, whether we may sell to them, and that two are one.
export {
  type AskedShipTo,
  type Resolved,
  type ResolvedShipTo,
  resolveCustomers,
  resolveExactly,
  resolveShipTos,
  resolveSuppliers,
} from './customer/resolve.ts'
export { unusable } from './customer/unusable.ts'
export {
  giveUp,
  type Kind,
  lockStandings,
  PARTY_POINTERS,
  renameAddresses,
  type Standing,
  takeBack,
  tellAddressesApart,
} from './merged.ts'
