// What the separation screens say of permissions, sides and days; the server sends codes and lists, people read words.
import { currentCompany } from '../../client/session.ts'
import { documentWord, humane, verbWord } from '../../i18n/index.ts'

/** A permission on one side of a rule: from which role it would come, and whether it is the new one. */
export type Side = { permission: string; role: string; isNew: boolean }

/** 'sales.order.release-credit' as 'Sales order: Release credit'. */
export function permissionWord(permission: string): string {
  const at = permission.lastIndexOf('.')
  const document = permission.slice(0, at)
  const last = document.slice(document.lastIndexOf('.') + 1)
  return `${documentWord(document, humane(last))}: ${verbWord(permission.slice(at + 1))}`
}

/** The sides of a clash as the server sends them; what does not look like one is left out. */
export function sidesOf(value: unknown): readonly Side[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) => {
    const { permission, role, new: isNew } = Object(one)
    return typeof permission === 'string' && typeof role === 'string'
      ? [{ permission, role, isNew: isNew === true }]
      : []
  })
}

/** The names in a list that the server sends. */
export const namesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Rules that stand against a request, as they were stored with it: those that no waiver covers. */
export const openRules = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown) => {
        const { separation, waived } = Object(one)
        return typeof separation === 'string' && waived !== true ? [separation] : []
      })
    : []

/** A business day of the company, so many days from today. */
export function dayFromNow(days: number): string {
  const then = new Date(Date.now() + days * 86_400_000)
  return new Intl.DateTimeFormat('en-CA', { timeZone: currentCompany().timeZone }).format(then)
}
