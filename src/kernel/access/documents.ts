// What access keeps, described as documents are, so that its verbs are named, permitted and audited like any other.
import { document, f } from '#kernel/document'

const LIST = { columns: ['email', 'name', 'kind'], search: ['email', 'name'], sort: 'email' }

export const account = document('access.account', {
  label: 'Account',
  role: 'master',
  table: 'access.account',
  numbered: 'email',
  shared: true,
  fields: {
    email: f.text(),
    name: f.text(),
    kind: f.choice(['person', 'machine']),
    endsOn: f.date({ column: 'ends_on', optional: true }),
  },
  states: ['active', 'disabled'],
  list: LIST,
  verbs: {
    create: { from: null, to: 'active' },
    disable: { from: ['active'], to: 'disabled', reason: 'required' },
    enable: { from: ['disabled'], to: 'active', reason: 'required' },
    'set-last-day': { from: ['active'], to: 'active', reason: 'required' },
    leave: { from: ['active', 'disabled'], to: ['active', 'disabled'], may: 'access.account.own' },
    grant: { from: ['active', 'disabled'], to: ['active', 'disabled'], reason: 'required' },
    revoke: { from: ['active', 'disabled'], to: ['active', 'disabled'], reason: 'required' },
    'reset-password': { from: ['active'], to: 'active' },
    'set-password': { from: ['active'], to: 'active', may: 'access.account.own' },
    'set-up': { from: null, to: 'active', may: 'access.account.own' },
  },
})

export const key = document('access.key', {
  label: 'API key',
  role: 'master',
  table: 'access.api_key',
  numbered: 'name',
  shared: true,
  fields: {
    name: f.text(),
    account: f.ref('access.account', { column: 'account_id' }),
    expiresAt: f.instant({ column: 'expires_at', optional: true }),
  },
  states: ['active', 'revoked'],
  list: { columns: ['name'], search: ['name'], sort: 'name' },
  verbs: { create: { from: null, to: 'active' }, revoke: { from: ['active'], to: 'revoked' } },
})

export const session = document('access.session', {
  label: 'Sessions',
  role: 'master',
  table: 'access.session',
  numbered: 'account_id',
  shared: true,
  fields: {},
  states: ['open', 'ended'],
  list: { columns: [], search: [], sort: 'id' },
  verbs: { open: { from: null, to: 'open', may: 'access.account.own' }, end: { from: ['open'], to: 'ended' } },
})

export const mode = document('access.mode', {
  label: 'Way of giving access',
  role: 'configuration',
  table: 'access.mode',
  numbered: 'company_id',
  fields: {},
  states: ['direct', 'by-request'],
  list: { columns: [], search: [], sort: 'id' },
  verbs: { switch: { from: ['direct', 'by-request'], to: ['direct', 'by-request'], reason: 'required' } },
})

/** The role that administers access. Only this one is known to the program; all others come from the template. */
export const ADMINISTRATOR = 'administrator'

/** Every permission of access itself, with what it allows, in the words of the permission list. */
export const ACCESS_PERMISSIONS: Readonly<Record<string, string>> = {
  'access.account.read': 'See accounts and who holds which role',
  'access.account.create': 'Create an account',
  'access.account.disable': 'Disable an account',
  'access.account.enable': 'Enable a disabled account',
  'access.account.set-last-day': 'Say on which day somebody leaves',
  'access.account.grant': 'Give a role for companies and warehouses',
  'access.account.revoke': 'Take a role away',
  'access.account.reset-password': 'Make a link by which a person sets a new password',
  'access.role.read': 'See roles and their permissions',
  'access.mode.read': 'See whether access is given by request only',
  'access.mode.switch': 'Have access given by request only, or directly again',
  'access.key.read': 'See API keys without their secret',
  'access.key.create': 'Create an API key',
  'access.key.revoke': 'Revoke an API key',
  'access.session.end': 'End the sessions of an account',
  'access.metrics.read': 'Read the measurements of the server',
}
