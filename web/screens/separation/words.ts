// What the separation screens say of permissions, sides and days; the server sends codes and lists, people read words.
import { currentCompany } from '../../client/session.ts'
import { documentWord, humane, verbWord } from '../../i18n/index.ts'

/** What one role brings to one side of a rule, and whether it is the new one. */
export type Side = { role: string; isNew: boolean; permissions: readonly string[] }

/** Masters are called by their name alone; other documents by their module too: 'Customer', 'Sales order'. */
const MASTERS = new Set(['party', 'catalog', 'access'])

/** 'sales.order.release-credit' as 'Sales order: Release credit'. */
export function permissionWord(permission: string): string {
  const at = permission.lastIndexOf('.')
  const document = permission.slice(0, at)
  const [module = '', name = ''] = document.split('.')
  const plain = humane(MASTERS.has(module) ? name : `${module} ${name}`)
  return `${documentWord(document, plain)}: ${verbWord(permission.slice(at + 1))}`
}

/** The sides of a clash as the server sends them, one entry a role: several grants of a role bring nothing more. */
export function sidesOf(value: unknown): readonly Side[] {
  const roles = new Map<string, { role: string; isNew: boolean; permissions: Set<string> }>()
  for (const one of Array.isArray(value) ? value : []) {
    const { permission, role, new: isNew } = Object(one)
    if (typeof permission !== 'string' || typeof role !== 'string') continue
    const key = `${role} ${isNew === true}`
    const side = roles.get(key) ?? { role, isNew: isNew === true, permissions: new Set() }
    side.permissions.add(permission)
    roles.set(key, side)
  }
  return [...roles.values()].map((one) => ({ ...one, permissions: [...one.permissions] }))
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
