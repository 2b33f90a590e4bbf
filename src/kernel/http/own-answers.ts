// The answers of the kernel's own routes: sessions, approvals, access, and what operators ask; by operation.
import { BOOLEAN, DATE, EXACT, ID, INSTANT, INTEGER, listOf, objectOf, orNull, TEXT, TRUE } from './answers.ts'
import { type JsonSchema, named } from './components.ts'

const grant = named(
  'Grant',
  objectOf({
    companyId: orNull(INTEGER),
    warehouseId: orNull(ID),
    upTo: { ...orNull(EXACT), description: 'Up to this amount; null for any.' },
  }),
)

/** Who I am, where I work and what I may do. `permissions` names `*` for who may do everything. */
const session = named(
  'Session',
  objectOf({
    account: objectOf({ id: ID, name: TEXT, email: TEXT, kind: { type: 'string', enum: ['person', 'machine'] } }),
    via: { type: 'string', enum: ['session', 'key'] },
    companies: listOf(
      named('Company', objectOf({ id: INTEGER, code: TEXT, name: TEXT, currency: TEXT, timeZone: TEXT })),
    ),
    roles: listOf(objectOf({ role: TEXT, companyId: orNull(INTEGER) })),
    permissions: listOf(objectOf({ permission: TEXT, grants: listOf(grant) })),
  }),
)

const inbox = objectOf({
  items: listOf(
    named(
      'Approval',
      objectOf({
        id: ID,
        kind: TEXT,
        document: TEXT,
        documentId: ID,
        amount: orNull(EXACT),
        role: TEXT,
        sequence: INTEGER,
        detail: {},
        requestedBy: ID,
        requestedByName: orNull(TEXT),
        requestedAt: INSTANT,
        dueAt: orNull(INSTANT),
        own: { ...BOOLEAN, description: 'I asked for it myself, and so may not decide it.' },
      }),
    ),
  ),
})

const account = objectOf({
  items: listOf(
    named(
      'access.account',
      objectOf({
        id: ID,
        email: TEXT,
        name: TEXT,
        kind: { type: 'string', enum: ['person', 'machine'] },
        state: { type: 'string', enum: ['active', 'disabled'] },
        endsOn: orNull(DATE),
        createdAt: INSTANT,
        locked: orNull(BOOLEAN),
        grants: listOf(
          objectOf({
            id: ID,
            role: TEXT,
            companyId: orNull(INTEGER),
            warehouseId: orNull(ID),
            upTo: orNull(EXACT),
            startsOn: orNull(DATE),
            endsOn: orNull(DATE),
            reason: orNull(TEXT),
          }),
        ),
      }),
    ),
  ),
})

const role = objectOf({
  items: listOf(
    named(
      'access.role',
      objectOf({ code: TEXT, name: TEXT, purpose: TEXT, approver: TEXT, permissions: listOf(TEXT) }),
    ),
  ),
})

const mode = objectOf({
  items: listOf(named('access.mode', objectOf({ byRequest: BOOLEAN, since: orNull(INSTANT), by: orNull(TEXT) }))),
})

const key = objectOf({
  items: listOf(
    named(
      'access.key',
      objectOf({
        id: ID,
        name: TEXT,
        account: ID,
        email: TEXT,
        createdAt: INSTANT,
        expiresAt: orNull(INSTANT),
        revokedAt: orNull(INSTANT),
      }),
    ),
  ),
})

/** What a change answers: its own members once, less what is secret when it is asked again, none in a dry run. */
const changed = (members: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  objectOf({ ...members, dryRun: TRUE, replayed: TRUE }, [])

const withLink = changed({
  id: ID,
  passwordToken: { ...orNull(TEXT), description: 'Shown once, in this answer only.' },
})
const withState = changed({ id: ID, state: TEXT })

const namedThing = { document: TEXT, id: ID, number: TEXT, title: orNull(TEXT), state: TEXT }

/** The schema of a 200 answer, by operation. */
export const OWN_ANSWERS: Readonly<Record<string, JsonSchema>> = {
  'session.sign-in': session,
  'session.who': session,
  'session.set-up': session,
  'session.password-link': session,
  'session.password': session,
  'session.sign-out': objectOf({ ended: INTEGER }),
  'approvals.inbox': inbox,
  'approvals.decide': changed({ id: ID, state: TEXT, document: TEXT, documentId: ID, kind: TEXT }),
  'access.account.list': account,
  'access.role.list': role,
  'access.key.list': key,
  'access.mode.list': mode,
  'access.mode.switch': changed({ byRequest: BOOLEAN }),
  'access.account.create': withLink,
  'access.account.reset-password': withLink,
  'access.account.disable': changed({ id: ID, state: TEXT, sessionsEnded: INTEGER }),
  'access.account.enable': withState,
  'access.account.set-last-day': changed({ id: ID, endsOn: orNull(DATE) }),
  'access.account.grant': changed({ grant: ID }),
  'access.account.revoke': changed({ grant: ID, role: TEXT }),
  'access.key.create': changed({ id: ID, key: { ...TEXT, description: 'Shown once, in this answer only.' } }),
  'access.key.revoke': withState,
  'access.session.end': changed({ id: ID, ended: INTEGER }),
  'system.alive': objectOf({ ok: BOOLEAN }),
  'system.ready': objectOf({ ok: BOOLEAN }),
  'web.names': objectOf({ items: listOf(named('Named', objectOf(namedThing))) }),
  'web.search': objectOf({
    items: listOf(named('Hit', objectOf({ ...namedThing, score: { type: ['number', 'string'] } }))),
  }),
  'web.descriptions': objectOf({
    documents: listOf({ type: 'object', additionalProperties: true }),
    questions: listOf({ type: 'object', additionalProperties: true }),
  }),
  'system.openapi': { type: 'object' },
}
