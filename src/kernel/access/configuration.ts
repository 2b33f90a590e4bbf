// The kernel's own configuration: roles with what they may do, what no one person may do together, and who approves.
import { configuration } from '#kernel/configuration'
import { f } from '#kernel/document'

const role = configuration('access.role', {
  label: 'Role',
  table: 'access.role',
  scope: 'enterprise',
  key: ['code'],
  fields: { code: f.code(), name: f.text(), purpose: f.text() },
  lists: { permissions: { table: 'access.role_permission', parent: 'role', column: 'permission' } },
})

const separation = configuration('access.separation', {
  label: 'Separation of duties',
  table: 'access.separation',
  scope: 'enterprise',
  key: ['id'],
  fields: {
    id: f.code(),
    first: f.json({ column: 'left_permissions' }),
    second: f.json({ column: 'right_permissions' }),
    risk: f.text(),
    owner: f.code(),
    checked: f.choice(['person', 'document']),
  },
})

const approvalRule = configuration('kernel.approval-rule', {
  label: 'Approval step',
  table: 'kernel.approval_rule',
  key: ['kind', 'role', 'above', 'sequence'],
  fields: {
    kind: f.code(),
    role: f.code(),
    above: f.money({ label: 'Above' }),
    upTo: f.money({ column: 'up_to', optional: true, label: 'Up to' }),
    sequence: f.integer(),
  },
  hasId: true,
})

/** The kinds that belong to no module. */
export const KERNEL_CONFIGURATION = [role, separation, approvalRule]
