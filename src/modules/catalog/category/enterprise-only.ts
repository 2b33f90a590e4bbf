// The taxonomy is owned once: a right that is narrowed to one company is not enough to change it (MDM-08).
import { type Context, grantsFor } from '#kernel/context'
import type { Verb } from '#kernel/document'
import { refuse } from '../refusals.ts'

/** Refuses with ENTERPRISE_ONLY unless the actor holds the verb's permission for every company. */
export function refuseLocalChange(context: Context, verb: Verb): void {
  if (!grantsFor(context.principal, verb.may, context.companyId).some((grant) => grant.companyId === null)) {
    refuse('ENTERPRISE_ONLY', { verb: verb.verb })
  }
}
