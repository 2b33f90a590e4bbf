// Who we deal with: customers and suppliers, their addresses and people, and whether two of them are one.
import { module } from '#kernel/module'
import { add as addContact } from './contact/add.ts'
import { change as changeContact } from './contact/change.ts'
import { contact } from './contact/contact.ts'
import { remove as removeContact } from './contact/remove.ts'
import { approve as approveCustomer } from './customer/approve.ts'
import { block as blockCustomer } from './customer/block.ts'
import { change as changeCustomer } from './customer/change.ts'
import { changeBank as changeCustomerBank } from './customer/change-bank.ts'
import { changeTerms } from './customer/change-terms.ts'
import { customer } from './customer/customer.ts'
import { deactivate as deactivateCustomer } from './customer/deactivate.ts'
import { reactivate as reactivateCustomer } from './customer/reactivate.ts'
import { request as requestCustomer } from './customer/request.ts'
import { reviewCredit } from './customer/review-credit.ts'
import { tree } from './customer/tree.ts'
import { unblock as unblockCustomer } from './customer/unblock.ts'
import { different } from './duplicate/different.ts'
import { duplicate } from './duplicate/duplicate.ts'
import { queue } from './duplicate/queue.ts'
import { raise } from './duplicate/raise.ts'
import { same } from './duplicate/same.ts'
import { invariants } from './invariants.ts'
import { add as addShipTo } from './ship-to/add.ts'
import { change as changeShipTo } from './ship-to/change.ts'
import { close as closeShipTo } from './ship-to/close.ts'
import { reopen as reopenShipTo } from './ship-to/reopen.ts'
import { shipTo } from './ship-to/ship-to.ts'
import { approve as approveSupplier } from './supplier/approve.ts'
import { block as blockSupplier } from './supplier/block.ts'
import { change as changeSupplier } from './supplier/change.ts'
import { changeBank as changeSupplierBank } from './supplier/change-bank.ts'
import { deactivate as deactivateSupplier } from './supplier/deactivate.ts'
import { reactivate as reactivateSupplier } from './supplier/reactivate.ts'
import { request as requestSupplier } from './supplier/request.ts'
import { supplier } from './supplier/supplier.ts'
import { unblock as unblockSupplier } from './supplier/unblock.ts'
import { change as changeTerm } from './term/change.ts'
import { close as closeTerm } from './term/close.ts'
import { create as createTerm } from './term/create.ts'
import { term } from './term/term.ts'
import { uses } from './uses.ts'

export default module('party', {
  needs: ['company'],
  documents: [term, customer, shipTo, supplier, contact, duplicate],
  commands: [
    ...[createTerm, changeTerm, closeTerm],
    ...[requestCustomer, reviewCredit, approveCustomer, changeCustomer, changeTerms, changeCustomerBank],
    ...[blockCustomer, unblockCustomer, deactivateCustomer, reactivateCustomer],
    ...[addShipTo, changeShipTo, closeShipTo, reopenShipTo],
    ...[requestSupplier, approveSupplier, changeSupplier, changeSupplierBank],
    ...[blockSupplier, unblockSupplier, deactivateSupplier, reactivateSupplier],
    ...[addContact, changeContact, removeContact],
    ...[raise, same, different],
  ],
  queries: [queue, tree],
  uses,
  invariants,
})
