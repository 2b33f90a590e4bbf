// The door of access: who somebody is, what he may do, and how that is administered.
export { businessDate, type Company } from './access/companies.ts'
export { insertKey } from './access/keys.ts'
export { hashPassword } from './access/passwords.ts'
export { type Access, openAccess, type SignedIn } from './access/runtime.ts'
export { endSession, endSessionsOf, openSession, SESSION_TIMES, type SessionTimes } from './access/sessions.ts'
export { signIn } from './access/sign-in.ts'
export { ensureRole, insertAccount, insertGrant, type NewAccount, type NewGrant } from './access/store.ts'
