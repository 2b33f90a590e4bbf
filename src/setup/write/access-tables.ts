// The tables of rights: roles, what each may do, and what no one person may do together. One writer a table.
import { sql, type Tx } from '#kernel/db'
import type { Template } from '../template.ts'
import { type Counts, type Written, written } from './written.ts'

export function writeRoles(tx: Tx, template: Template): Promise<Written> {
  const rows = template.roles.roles.map((one) => ({
    code: one.role,
    name: one.name,
    purpose: one.duty,
    approver: one.approver ?? null,
  }))
  return written(
    tx,
    'access.role',
    // Who decides about a role is the template's to say, also for roles that are there already.
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (code text, name text, purpose text, approver text)
    ), changed as (
      update access.role r set approver = g.approver from given g where r.code = g.code and r.approver is distinct from g.approver returning 1
    ), added as (
      insert into access.role (code, name, purpose, approver) select code, name, purpose, approver from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

/**
 * A role without any permission gets those of the template. One that has some was set up before: a site may have taken
 * rights away from it, and setting up another company must not give them back. Locked roles are the template's exactly.
 */
export function writeRolePermissions(tx: Tx, template: Template): Promise<Written> {
  const rows = template.roles.roles.flatMap((one) =>
    one.permissions.map((permission) => ({ role: one.role, permission, locked: one.control === 'locked' })),
  )
  return written(
    tx,
    'access.role_permission',
    sql<Counts>`with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (role text, permission text, locked boolean)
    ), removed as (
      delete from access.role_permission p where p.role in (select role from given where locked)
         and not exists (select from given g where g.role = p.role and g.permission = p.permission) returning 1
    ), added as (
      insert into access.role_permission (role, permission) select role, permission from given g
       where g.locked or not exists (select from access.role_permission p where p.role = g.role)
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed, (select count(*)::int from removed) as removed`,
  )
}

export function writeSeparations(tx: Tx, template: Template): Promise<Written> {
  // What an approval keeps apart by itself needs no pair: whoever asked for it never decides it.
  const pairs = template.separations.pairs.filter((one) => one.checked !== 'approval')
  const rows = pairs.map((one) => ({
    id: one.id,
    left: one.first,
    right: one.second,
    risk: one.risk,
    owner: one.owner,
    checked: one.checked,
    locked: one.control === 'locked',
  }))
  return written(
    tx,
    'access.separation',
    sql<Counts>`with given as (
      select g.id, g.risk, g.owner, g.checked, g.locked, array(select jsonb_array_elements_text(g."left")) as left_permissions,
             array(select jsonb_array_elements_text(g."right")) as right_permissions
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as g (id text, "left" jsonb, "right" jsonb, risk text, owner text, checked text, locked boolean)
    ), changed as (
      update access.separation s set left_permissions = g.left_permissions, right_permissions = g.right_permissions,
          risk = g.risk, owner = g.owner, checked = g.checked from given g
       where s.id = g.id and g.locked and (s.left_permissions, s.right_permissions, s.risk, s.owner, s.checked)
         is distinct from (g.left_permissions, g.right_permissions, g.risk, g.owner, g.checked) returning 1
    ), added as (
      insert into access.separation (id, left_permissions, right_permissions, risk, owner, checked)
      select id, left_permissions, right_permissions, risk, owner, checked from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}
