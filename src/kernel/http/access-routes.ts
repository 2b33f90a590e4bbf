// Administering access over HTTP: accounts, roles, keys and sessions, each with its own permission.
import type { TObject } from '@sinclair/typebox'
import type { Access } from '#kernel/access'
import * as access from '#kernel/access'
import type { Context } from '#kernel/context'
import type { Verb } from '#kernel/document'
import type { Kernel } from '#kernel/kernel'
import { T } from '#kernel/schema'
import { pathOf } from './command-routes.ts'
import { holder, type Route } from './route.ts'
import { email } from './session-routes.ts'
import { closed } from './validate.ts'

type Run = (access: Access, context: Context, body: Readonly<Record<string, unknown>>) => Promise<unknown>

function change(verb: Verb, summary: string, input: TObject, run: Run): Route {
  const { document } = verb
  return {
    method: 'POST',
    url: `${pathOf(document.name)}/${verb.verb}`,
    operation: `${document.name}.${verb.verb}`,
    tag: 'access',
    summary,
    needs: holder(verb.may),
    body: closed({ ...input.properties, reason: T.optional(T.text(500)) }),
    handle({ access: own, body, context }) {
      const { reason, ...given } = body
      return run(own, typeof reason === 'string' ? { ...context(), reason } : context(), given)
    },
  }
}

const listing = (
  name: string,
  summary: string,
  list: (kernel: Kernel, context: Context) => Promise<readonly object[]>,
): Route => ({
  method: 'GET',
  url: pathOf(name),
  operation: `${name}.list`,
  tag: 'access',
  summary,
  needs: holder(`${name}.read`),
  handle: async ({ kernel, context }) => ({ items: await list(kernel, context()) }),
})

const { account, key, mode, session } = access
const oneAccount = () => T.object({ account: T.idOf('access.account') })

// Each cast below is vouched for by the schema on the line above it, which the router has checked.
/** The routes under /api/access. */
export const accessRoutes: readonly Route[] = [
  listing('access.account', 'Accounts and who holds which role', access.listAccounts),
  listing('access.role', 'Roles and their permissions', access.listRoles),
  listing('access.mode', 'Whether access is given by request only', access.readMode),
  listing('access.key', 'API keys without their secret', access.listKeys),
  change(
    account.verbs.create,
    'Create an account',
    T.object({
      email: email(),
      name: T.text(120),
      kind: T.choice(['person', 'machine']),
      endsOn: T.optional(T.date()),
    }),
    (own, context, given) => access.createAccount(own, context, given as access.AccountInput),
  ),
  change(account.verbs.disable, 'Disable an account', oneAccount(), (own, context, given) =>
    access.disableAccount(own, context, String(given.account)),
  ),
  change(account.verbs.enable, 'Enable an account', oneAccount(), (own, context, given) =>
    access.enableAccount(own, context, String(given.account)),
  ),
  change(
    account.verbs['set-last-day'],
    'Say on which day somebody leaves',
    T.object({ account: T.idOf('access.account'), endsOn: T.optional(T.date()) }),
    (own, context, given) =>
      access.setLastDay(own, context, {
        account: String(given.account),
        endsOn: typeof given.endsOn === 'string' ? given.endsOn : null,
      }),
  ),
  change(
    mode.verbs.switch,
    'Have access given by request only, or directly again',
    T.object({ byRequest: T.boolean() }),
    (own, context, given) => access.switchMode(own, context, given.byRequest === true),
  ),
  change(account.verbs['reset-password'], 'Make a link for a new password', oneAccount(), (own, context, given) =>
    access.resetPassword(own, context, String(given.account)),
  ),
  change(
    account.verbs.grant,
    'Give a role',
    T.object({
      account: T.idOf('access.account'),
      role: T.code(),
      everywhere: T.optional(T.boolean()),
      warehouse: T.optional(T.idOf('company.warehouse')),
      upTo: T.optional(T.money()),
      startsOn: T.optional(T.date()),
      endsOn: T.optional(T.date()),
    }),
    (own, context, given) => access.grantRole(own, context, given as access.GrantInput),
  ),
  change(
    account.verbs.revoke,
    'Take a role away',
    T.object({ account: T.idOf('access.account'), grant: T.idOf('access.grant') }),
    (own, context, given) =>
      access.revokeRole(own, context, { account: String(given.account), grant: String(given.grant) }),
  ),
  change(
    key.verbs.create,
    'Create an API key for a machine',
    T.object({ account: T.idOf('access.account'), name: T.text(80), expiresAt: T.instant() }),
    (own, context, given) => access.createKey(own, context, given as access.KeyInput),
  ),
  change(key.verbs.revoke, 'Revoke an API key', T.object({ key: T.idOf('access.key') }), (own, context, given) =>
    access.revokeKey(own, context, String(given.key)),
  ),
  change(session.verbs.end, 'End the sessions of an account', oneAccount(), (own, context, given) =>
    access.endSessions(own, context, String(given.account)),
  ),
]
