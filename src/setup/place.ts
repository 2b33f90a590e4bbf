// What a building is made of: its places inside, the steps in which goods leave it, its days of handling. The set-up builds
// warehouses from it, and a site below its company is held to it.
import type { ConfigurationObject, Site, Value } from './objects.ts'
import { refuse } from './refusals.ts'
import { settingObjects } from './settings.ts'
import type { Template } from './template.ts'
import type { LocationRow } from './write/places.ts'

const FILE = 'warehouse-patterns.yaml'
/** Places of every building; which of them goods pass is said by its pattern. */
const INSIDE = ['stock', 'pack', 'dock', 'quarantine'] as const
const WORKDAY_HOURS = 8

/** What a building answers for itself beside its pattern: settings of the company that its own row and calendar hold. */
const ANSWERS = ['handling-hours', 'cut-off', 'reservation-timing', 'negative-stock']
const PATTERN = 'outbound'

/** Hours from release to door as the whole working days that count in promise dates. */
export const handlingDays = (hours: number): number => Math.trunc(hours / WORKDAY_HOURS)

/** In how many steps goods leave by a pattern. Refuses TEMPLATE_UNKNOWN_NAME. */
export function stepsOf(template: Template, pattern: string): number {
  const outward = template.warehouses.patterns.filter((one) => one.direction === 'out')
  const found = outward.find((one) => one.pattern === pattern)
  const known = outward.map((one) => one.pattern).join(', ')
  return found?.steps.length ?? refuse('TEMPLATE_UNKNOWN_NAME', { kind: 'pattern', name: pattern, known, file: FILE })
}

/** When goods are promised to an order, as a warehouse's row has it. */
export function reserveAt(timing: unknown): string {
  const at = typeof timing === 'object' && timing !== null && 'at' in timing ? timing.at : 'confirmation'
  return at === 'release' || at === 'manual' ? at : 'confirm'
}

/** Whether stock may fall below zero by this answer. */
export const allowsNegative = (answer: unknown): boolean => answer !== undefined && answer !== 'forbidden'

/** A place of a warehouse, or of the whole company where `warehouse` is null. */
export const locationOf = (warehouse: string | null, kind: string): LocationRow => ({
  warehouse,
  code: kind.toUpperCase(),
  name: `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`,
  kind,
  pickSequence: 0,
})

/** The places that every warehouse has, without its bins. */
export const placesInside = (warehouse: string): readonly LocationRow[] =>
  INSIDE.map((kind) => locationOf(warehouse, kind))

/**
 * The objects of one place: the warehouse's row, its own calendar, and the places inside. What the site answers is held
 * to exactly; for the rest its company's answers are where it begins, and the template's bounds how far it may differ.
 * Refuses TEMPLATE_UNKNOWN_NAME for a question that no building is asked, and what the settings refuse.
 */
export function placeObjects(template: Template, site: Site): readonly ConfigurationObject[] {
  const { place = '', choices, above } = site
  const known = [PATTERN, ...ANSWERS]
  for (const name of Object.keys(choices)) {
    if (!known.includes(name)) {
      refuse('TEMPLATE_UNKNOWN_NAME', { kind: 'setting of a warehouse', name, known: known.join(', '), file: FILE })
    }
  }
  const { [PATTERN]: pattern, ...answers } = choices
  const asked = settingObjects(template, site.currency, { ...above, ...answers })
  const held = (key: string, as: (value: unknown) => Value) => heldTo(asked, { key, own: key in choices, as })
  const steps = pattern === undefined ? [] : [only('outboundSteps', stepsOf(template, String(pattern)))]
  return [
    object('company.warehouse', [
      only('code', place),
      only('calendar', place),
      ...steps,
      held('handling-hours', (value) => handlingDays(Number(value))),
      held('reservation-timing', reserveAt),
      held('negative-stock', allowsNegative),
    ]),
    object('company.calendar', [only('code', place), held('cut-off', (value) => `${String(value)}:00`)]),
    ...placesInside(place).map(({ warehouse, code, name, kind }) =>
      object('inventory.location', [
        only('warehouse', warehouse),
        only('code', code),
        only('kind', kind),
        { field: 'name', value: name, allowed: 'any name' },
      ]),
    ),
  ]
}

type Held = { readonly field: string; readonly value: Value; readonly allowed: Value }

const only = (field: string, value: Value): Held => ({ field, value, allowed: [value] })

/** The field of a building in which a setting stands. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'handling-hours': 'handlingDays',
  'reservation-timing': 'reserveAt',
  'negative-stock': 'allowNegative',
  'cut-off': 'cutOff',
}

type Asked = ReturnType<typeof settingObjects>
type Question = { readonly key: string; readonly own: boolean; readonly as: (value: unknown) => Value }

/** A setting as the building's field has it. Only its own answer, and what is locked, leave no room. */
function heldTo(settings: Asked, { key, own, as }: Question): Held {
  const found = settings.find((one) => one.key === key)
  const field = FIELD_OF[key] ?? key
  const value = as(found?.value)
  if (own || found?.control === 'locked') return only(field, value)
  return { field, value, allowed: roomOf(found?.allowed, as) }
}

/** The bounds of a setting, as the building's field has its values. */
function roomOf(allowed: unknown, as: Question['as']): Value {
  if (typeof allowed !== 'object' || allowed === null) return 'any'
  if ('min' in allowed && 'max' in allowed) return { min: as(allowed.min), max: as(allowed.max) }
  return 'at' in allowed && Array.isArray(allowed.at) ? allowed.at.map((at: unknown) => as({ at })) : 'any'
}

const object = (kind: string, fields: readonly Held[]): ConfigurationObject => ({
  kind,
  fields: Object.fromEntries(fields.map((one) => [one.field, one.value])),
  control: 'default',
  owner: '',
  reason: '',
  allowed: Object.fromEntries(fields.map((one) => [one.field, one.allowed])),
  from: FILE,
})
