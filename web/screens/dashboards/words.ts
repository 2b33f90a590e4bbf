// The words of key figures: as the server says them, and in German where the person reads German.
import { humane, t } from '../../i18n/index.ts'
import type { Definition } from './figures.ts'
import { GERMAN } from './words-de.ts'

const german = (): boolean => document.documentElement.lang === 'de'

export const nameOf = ({ id, name }: Pick<Definition, 'id' | 'name'>): string =>
  (german() ? GERMAN[id]?.[0] : undefined) ?? name

export const formulaOf = ({ id, formula }: Pick<Definition, 'id' | 'formula'>): string =>
  (german() ? GERMAN[id]?.[1] : undefined) ?? formula

const ROLES = [
  'warehouse-supervisor',
  'sales-manager',
  'stock-controller',
  'credit-officer',
  'pricing-manager',
  'accounts-receivable-clerk',
  'finance-controller',
] as const

/** Who answers for it, by role. */
export function roleWord(role: string): string {
  const known = ROLES.find((one) => one === role)
  return known ? t(`kpi.role-${known}`) : humane(role)
}
