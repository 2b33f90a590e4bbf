// Asking for a waiver: for whom, of which rule, until when, and what watches over it meanwhile.
import { type Call, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { T } from '#kernel/schema'
import { lockPeople } from '../people.ts'
import { refuse } from '../refusals.ts'
import { waiver } from './waiver.ts'

/** A waiver is looked at again at least every year. Days. */
const LONGEST = 366
const MOST = 100

/**
 * `control` is what is done in the rule's place; `sameDocument` lets the account do both steps on one document too,
 * which a waiver does not do by itself; `request` is the request for access that waits for it.
 */
export const AskInput = T.object({
  id: T.optional(T.id()),
  account: T.optional(T.idOf('access.account')),
  separation: T.code(),
  control: T.text(500),
  sameDocument: T.optional(T.boolean()),
  expiresOn: T.date(),
  request: T.optional(T.idOf('rollout.access-request')),
})

export const ask = creation(waiver.verbs.ask, AskInput, async (call) => {
  const { tx, companyId, ids, numbers, input, actor, now } = call
  if (input.length > MOST) refuseKernel('TOO_MANY', { most: MOST, given: input.length })
  const rows = input.map(({ account, ...one }, at) => ({
    ...one,
    id: ids[at],
    number: numbers[at] ?? '',
    account: account ?? actor,
    sameDocument: one.sameDocument === true,
    owner: '',
  }))
  const people = await lockPeople(tx, companyId, [...new Set(rows.map((one) => one.account))])
  for (const row of rows) {
    if (row.control.trim().length < 8) refuse('WAIVER_CONTROL')
    if (row.request) await requireRequest(call, row.request)
    row.owner = await ownerOf(call, row.separation)
    const fit = await tx.first(
      sql<{
        fit: boolean
      }>`select ${row.expiresOn}::date between ${call.today}::date and ${call.today}::date + ${LONGEST}::int as fit`,
    )
    if (!fit?.fit) refuse('ACCESS_DAYS', { from: call.today, until: row.expiresOn, most: LONGEST })
    const open = await tx.first(sql<{ number: string; state: string }>`select number, state from rollout.access_waiver
      where company_id = ${companyId} and account_id = ${row.account} and separation = ${row.separation}
        and (state = 'asked' or (state = 'agreed' and expires_on >= ${row.expiresOn}::date and same_document >= ${row.sameDocument}))`)
    if (open) refuse('WAIVER_ASKED', { ...open, separation: row.separation, name: people.get(row.account)?.name })
  }
  await tx.run(sql`insert into rollout.access_waiver (company_id, id, number, separation, account_id, control, owner, same_document,
      expires_on, request_id, reason, requested_by, state, created_at, updated_at)
    select ${companyId}, r.id, r.number, r.separation, r.account, r.control, r.owner, r."sameDocument", r."expiresOn", r.request, ${call.reason ?? ''},
        ${actor}, 'asked', ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, number text, separation text, account uuid, control text,
        owner text, "sameDocument" boolean, "expiresOn" date, request uuid)`)
})

/** The role that owns a rule. Refuses WAIVER_NOBODY when that role may agree to nothing, as for who judges controls. */
async function ownerOf({ tx }: Call<unknown>, separation: string): Promise<string> {
  const rule = await tx.first(sql<{ owner: string; may: boolean }>`select x.owner,
      exists (select from access.role_permission p where p.role = x.owner and p.permission = ${waiver.verbs.agree.may}) as may
    from access.separation x where x.id = ${separation} and x.checked = 'person'`)
  if (!rule) return refuse('SEPARATION_UNKNOWN', { separation })
  if (!rule.may) refuse('WAIVER_NOBODY', { separation, owner: rule.owner })
  return rule.owner
}

async function requireRequest({ tx, companyId }: Call<unknown>, id: string): Promise<void> {
  const found = await tx.first(sql`select 1 from rollout.access_request where company_id = ${companyId} and id = ${id}`)
  if (!found) refuseKernel('NOT_FOUND', { document: 'request for access', id })
}
