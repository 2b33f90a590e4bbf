// An object of the enterprise template: what every site has, who answers for it, and how far a site may differ.
import { compareDecimals, isDecimal } from '#kernel/decimal'
import { type LiveObject, same, type Value } from '../configuration/object.ts'
import type { Scope } from '../site/site.ts'

/** `locked`: the same everywhere. `default`: what a site begins with. `local-choice`: the site must choose. */
export type Control = 'locked' | 'default' | 'local-choice'

/** What a site may have instead, by field: one of a list, a number within bounds, or words for people, which allow all. */
export type Allowed = Readonly<Record<string, Value>>

/** `fields` may leave some to the site. `from` says in which file the object stands. */
export type TemplateObject = LiveObject & {
  readonly control: Control
  readonly owner: string
  readonly reason: string
  readonly allowed?: Allowed
  readonly from?: string
}

/**
 * What a site brings: its company's currency and tax area, and its answers to the template's choices. A place brings its
 * code too, and `above`, what its company answers where it does not answer itself.
 */
export type Parameters = {
  readonly scope: Scope
  readonly currency: string
  readonly taxArea: string
  readonly choices: Readonly<Record<string, Value>>
  readonly place?: string
  readonly above?: Readonly<Record<string, Value>>
}

/** The text of each file of a template, by its path; the same files are the same template. */
export type TemplateFiles = Readonly<Record<string, string>>

/** Turns the files into the objects of a site. Refuses what does not hold together. */
export type Compile = (files: TemplateFiles, parameters: Parameters) => readonly TemplateObject[]

const isMembers = (value: Value | undefined): value is { readonly [member: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a site may have this value in a field: never when the object is locked, else what `allowed` says, or anything. */
export function mayHave(one: TemplateObject, field: string, value: Value): boolean {
  if (one.control === 'locked') return false
  const allowed = one.allowed?.[field]
  return allowed === undefined || isAllowed(allowed, value)
}

function isAllowed(allowed: Value, value: Value): boolean {
  if (Array.isArray(allowed)) return allowed.some((one) => same(one, value))
  if (!isMembers(allowed)) return true
  if ('min' in allowed || 'max' in allowed) return isBetween(String(value), allowed.min, allowed.max)
  return (
    isMembers(value) &&
    Object.entries(value).every(([member, part]) => {
      const own = allowed[member]
      return own !== undefined && isAllowed(own, part)
    })
  )
}

function isBetween(text: string, min: Value | undefined, max: Value | undefined): boolean {
  if (!isDecimal(text)) return false
  const above = min === undefined || compareDecimals(text, String(min)) >= 0
  return above && (max === undefined || compareDecimals(text, String(max)) <= 0)
}
