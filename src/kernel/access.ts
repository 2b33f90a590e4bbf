// The door of access: who somebody is, what he may do, and how that is administered.
export {
  type AccountInput,
  createAccount,
  disableAccount,
  enableAccount,
  resetPassword,
  setLastDay,
} from './access/accounts.ts'
export { administerOpenly } from './access/administer.ts'
export { businessDate, type Company } from './access/companies.ts'
export { ACCESS_PERMISSIONS, ADMINISTRATOR, account, key, mode, session } from './access/documents.ts'
export { type GrantInput, grantRole, revokeRole } from './access/grants.ts'
export { insertKey } from './access/keys.ts'
export { setPassword, setUp, setUpToken } from './access/links.ts'
export { createKey, endSessions, type KeyInput, revokeKey } from './access/machine-keys.ts'
export { readMode, switchMode } from './access/mode.ts'
export { listAccounts, listKeys, listRoles } from './access/overview.ts'
export { changeOwnPassword } from './access/own-password.ts'
export { hashPassword } from './access/passwords.ts'
export { type Access, openAccess, type SignedIn } from './access/runtime.ts'
export { endSession, endSessionsOf, openSession, SESSION_TIMES, type SessionTimes } from './access/sessions.ts'
export { signIn } from './access/sign-in.ts'
export { ensureRole, insertAccount, insertGrant, type NewAccount, type NewGrant } from './access/store.ts'
