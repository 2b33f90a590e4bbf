// Who is signed in, for which company he works just now, and what happens when the session ends in the middle of work.
import { store } from './store.ts'

export type Session = {
  account: { id: string; name: string; email: string; kind: string }
  companies: readonly { id: number; code: string; name: string; currency: string; timeZone: string }[]
  roles: readonly { role: string; companyId: number | null }[]
  permissions: readonly {
    permission: string
    grants: readonly { companyId: number | null; warehouseId: string | null; upTo: string | null }[]
  }[]
}
export type Company = Session['companies'][number]

/** Undefined while nobody knows; null when nobody is signed in. */
export const session = store<Session | null | undefined>(undefined)

/** The code of the company, or null before sign-in. */
export const companyCode = store<string | null>(null)

/** True while the session has ended but the screens with what was typed are still there. */
export const expired = store(false)

const LAST_COMPANY = 'tradewright.company'

/** Takes a session over: the company of the address, else the last one, else the first. */
export function startSession(next: Session): void {
  const named = new URLSearchParams(location.search).get('company')
  const wished = [named, companyCode.get(), localStorage.getItem(LAST_COMPANY)]
  const found = wished.find((code) => next.companies.some((one) => one.code === code))
  companyCode.set(found ?? next.companies[0]?.code ?? null)
  session.set(next)
  expired.set(false)
}

/** Works for another company from now on. */
export function chooseCompany(code: string): void {
  localStorage.setItem(LAST_COMPANY, code)
  companyCode.set(code)
}

/** Resolves when somebody has signed in again. */
export function renewed(): Promise<void> {
  expired.set(true)
  return new Promise((resolve) => {
    const stop = expired.listen(() => {
      if (expired.get()) return
      stop()
      resolve()
    })
  })
}

const company = (): Company | undefined => session.get()?.companies.find((one) => one.code === companyCode.get())

/** The company worked for. Throws before sign-in, when no screen is drawn. */
export function currentCompany(): Company {
  const found = company()
  if (!found) throw new Error('no company before sign-in')
  return found
}

/** Whether the person holds a permission in the company. The server checks again; this only spares useless buttons. */
export function may(permission: string): boolean {
  const id = company()?.id
  const held = session.get()?.permissions.find((one) => one.permission === permission || one.permission === '*')
  return held?.grants.some((grant) => grant.companyId === null || grant.companyId === id) === true
}
