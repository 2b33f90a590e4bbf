// Asking that a site may differ from the template in one object or one field of it, until a day.
import { Type } from '@sinclair/typebox'
import { type Call, creation } from '#kernel/command'
import { daysBetween } from '#kernel/dates'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import type { Kinds } from '../configuration/live.ts'
import { siteOf } from '../governance/site.ts'
import { deviation } from './deviation.ts'
import { checkGoverned } from './governed.ts'
import { refuse } from './refusals.ts'

/** Nobody foresees longer than two years; what is still right then is renewed or belongs into the template. */
export const LONGEST_DAYS = 730

/** What is asked: `kind` and `objectKey` as the plan names them, without `field` the whole object; `value` is what the site may have. */
export const asked = {
  kind: T.code(),
  objectKey: T.text(200),
  field: T.optional(T.text(80)),
  value: Type.Unknown(),
}

/** Why, at which risk, who answers for it, what is done against the risk, and until when. */
export const grounds = {
  scope: T.text(300),
  reason: T.text(2000),
  risk: T.text(1000),
  owner: T.text(120),
  compensatingControl: T.text(1000),
  expiresOn: T.date(),
}

export const RequestInput = T.object({ id: T.optional(T.id()), site: T.ref('rollout.site'), ...asked, ...grounds })

export type Wanted = {
  readonly id: string
  readonly number: string
  readonly siteId: string
  readonly kind: string
  readonly objectKey: string
  readonly field: string | null
  readonly value: unknown
  readonly scope: string
  readonly reason: string
  readonly risk: string
  readonly owner: string
  readonly compensatingControl: string
  readonly expiresOn: string
  readonly renews: string | null
}

/** Writes a request. Refuses DEVIATION_OVER, DEVIATION_TOO_LONG and DEVIATION_ASKED. */
export async function insertDeviation(
  { tx, companyId, actor, now, today }: Pick<Call<unknown>, 'tx' | 'companyId' | 'actor' | 'now' | 'today'>,
  one: Wanted,
): Promise<void> {
  if (one.expiresOn <= today) refuse('DEVIATION_OVER', { expires: one.expiresOn, today })
  if (daysBetween(today, one.expiresOn) > LONGEST_DAYS)
    refuse('DEVIATION_TOO_LONG', { expires: one.expiresOn, days: LONGEST_DAYS })
  try {
    await tx.run(sql`insert into rollout.deviation (company_id, id, number, state, site_id, kind, object_key, field, value, scope, reason, risk, owner,
        compensating_control, requested_by, requested_at, expires_on, renews, created_at, updated_at)
      values (${companyId}, ${one.id}, ${one.number}, 'requested', ${one.siteId}, ${one.kind}, ${one.objectKey}, ${one.field}, ${JSON.stringify(one.value ?? null)}::jsonb,
        ${one.scope}, ${one.reason}, ${one.risk}, ${one.owner}, ${one.compensatingControl}, ${actor}, ${now}, ${one.expiresOn}, ${one.renews}, ${now}, ${now})`)
  } catch (error) {
    if (errorCode(error) === '23505')
      refuse('DEVIATION_ASKED', { object: `${one.kind} ${one.objectKey}${one.field ? ` ${one.field}` : ''}` })
    throw error
  }
}

/** Asks for deviations. Refuses as `checkGoverned` and `insertDeviation` do. */
export const request = (kinds: Kinds) =>
  creation(deviation.verbs.request, RequestInput, async (call) => {
    const { tx, companyId } = call
    for (const [at, { site, field, ...one }] of call.input.entries()) {
      const { id: siteId, code } = await siteOf(tx, companyId, site)
      await checkGoverned(tx, kinds, { id: siteId, code, companyId }, one)
      await insertDeviation(call, {
        ...one,
        id: call.ids[at] ?? '',
        number: call.numbers[at] ?? '',
        siteId,
        field: field ?? null,
        renews: null,
      })
    }
  })
