// Administering accounts: create, disable, enable, and a link for a new password that the administrator never learns.
import type { Context } from '#kernel/context'
import { sql } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { administer, lockAccount } from './administer.ts'
import { hasAdministrator, keepALastingAdministrator, keepAnAdministrator, oneAtATime } from './administrators.ts'
import { account } from './documents.ts'
import { passwordToken } from './links.ts'
import { refuse } from './refusals.ts'
import type { Access } from './runtime.ts'
import { endSessionsOf } from './sessions.ts'
import { insertAccount } from './store.ts'

export type AccountInput = { email: string; name: string; kind: 'person' | 'machine'; endsOn?: string }

/** Creates an account without any right. A person gets a token to set the first password, good for a day. */
export function createAccount(access: Access, context: Context, given: AccountInput) {
  return administer(access, context, account.verbs.create, given, async (tx) => {
    const id = await insertAccount(tx, given, context.now)
    if (!id) return refuse('EMAIL_TAKEN', { email: given.email })
    const token = given.kind === 'person' ? await passwordToken(tx, id, context.now) : null
    return {
      id,
      from: null,
      to: 'active',
      changes: given,
      answer: { id, passwordToken: token },
      kept: { id, passwordToken: null },
    }
  })
}

/** Disables an account: its sessions end, its keys fail, from this moment. */
export function disableAccount(access: Access, context: Context, id: string) {
  return administer(access, context, account.verbs.disable, { id }, async (tx) => {
    const subject = await lockAccount(tx, context, account.verbs.disable.may, id)
    if (subject.state !== 'active') refuseState(subject.email, subject.state, 'disable', 'active')
    await oneAtATime(tx)
    const before = await hasAdministrator(tx, context.now)
    await tx.run(
      sql`update access.account set disabled_at = ${context.now}, version = version + 1 where id = ${id}::uuid`,
    )
    const sessions = await endSessionsOf(tx, id)
    await keepAnAdministrator(tx, context, before)
    const answer = { id, state: 'disabled', sessionsEnded: sessions }
    return { id, from: 'active', to: 'disabled', changes: { sessionsEnded: sessions }, answer, kept: answer }
  })
}

/** Enables a disabled account again, with the grants it still has. */
export function enableAccount(access: Access, context: Context, id: string) {
  return administer(access, context, account.verbs.enable, { id }, async (tx) => {
    const subject = await lockAccount(tx, context, account.verbs.enable.may, id)
    if (subject.state !== 'disabled') refuseState(subject.email, subject.state, 'enable', 'disabled')
    await tx.run(
      sql`update access.account set disabled_at = null, failed_attempts = 0, locked_until = null, version = version + 1 where id = ${id}::uuid`,
    )
    const answer = { id, state: 'active' }
    return { id, from: 'disabled', to: 'active', changes: {}, answer, kept: answer }
  })
}

/**
 * Sets the last day of an account, or with null takes it back. It ends at midnight in each company's time zone: from
 * then on no role of it holds there. Refuses LAST_DAY_PAST, and LAST_ADMINISTRATOR when nobody else would stay.
 */
export function setLastDay(access: Access, context: Context, given: { account: string; endsOn: string | null }) {
  return administer(access, context, account.verbs['set-last-day'], given, async (tx) => {
    const subject = await lockAccount(tx, context, account.verbs['set-last-day'].may, given.account)
    if (subject.state !== 'active') refuseState(subject.email, subject.state, 'set-last-day', 'active')
    if (given.endsOn !== null && given.endsOn < context.today) refuse('LAST_DAY_PAST', { day: given.endsOn })
    await oneAtATime(tx)
    const before = await hasAdministrator(tx, context.now, true)
    await tx.run(
      sql`update access.account set ends_on = ${given.endsOn}::date, version = version + 1 where id = ${subject.id}::uuid`,
    )
    if (given.endsOn !== null) await keepALastingAdministrator(tx, context, before)
    const answer = { id: subject.id, endsOn: given.endsOn }
    return { id: subject.id, from: 'active', to: 'active', changes: { endsOn: given.endsOn }, answer, kept: answer }
  })
}

/** Makes a token by which the person sets a new password; the old one works until then. */
export function resetPassword(access: Access, context: Context, id: string) {
  return administer(access, context, account.verbs['reset-password'], { id }, async (tx) => {
    const subject = await lockAccount(tx, context, account.verbs['reset-password'].may, id)
    if (subject.kind !== 'person' || subject.state !== 'active')
      refuseState(subject.email, `${subject.kind}, ${subject.state}`, 'reset-password', 'person, active')
    const token = await passwordToken(tx, id, context.now)
    return {
      id,
      from: 'active',
      to: 'active',
      changes: {},
      answer: { id, passwordToken: token },
      kept: { id, passwordToken: null },
    }
  })
}

const refuseState = (number: string, state: string, verb: string, from: string): never =>
  refuseKernel('WRONG_STATE', { document: 'Account', number, state, verb, from })
