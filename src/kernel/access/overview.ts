// What an administrator sees: accounts with their roles, roles with their permissions, keys without their secrets.
import { type Context, grantsFor } from '#kernel/context'
import { type Sql, sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { covers } from './administer.ts'

const MOST = 1_000

/** Accounts that work in the context's company, in every company, or nowhere yet; an administrator of all sees all. */
export function listAccounts(kernel: Kernel, context: Context): Promise<object[]> {
  const all = covers(grantsFor(context.principal, 'access.account.read', context.companyId), null)
  return ask(
    kernel,
    context,
    sql`
    select a.id, a.email, a.name, a.kind, case when a.disabled_at is null then 'active' else 'disabled' end as state, a.ends_on as "endsOn",
      a.created_at as "createdAt", a.locked_until > ${context.now} as locked, coalesce(g.grants, '[]'::jsonb) as grants
      from access.account a
      left join lateral (select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'companyId', g.company_id, 'warehouseId', g.warehouse_id,
          'upTo', g.up_to::text, 'startsOn', g.starts_on, 'endsOn', g.ends_on, 'reason', g.reason) order by g.role, g.id)
          filter (where ${all} or g.company_id is null or g.company_id = ${context.companyId}) as grants, count(*) as held
        from access.role_grant g where g.account_id = a.id) g on true
     where a.kind <> 'system' and (${all} or g.held = 0 or g.grants is not null)
     order by a.email limit ${MOST}`,
  )
}

/** Roles with what they allow. */
export const listRoles = (kernel: Kernel, context: Context): Promise<object[]> =>
  ask(
    kernel,
    context,
    sql`select r.code, r.name, r.purpose, coalesce(r.approver, 'administrator') as approver, array_remove(array_agg(p.permission order by p.permission), null) as permissions
    from access.role r left join access.role_permission p on p.role = r.code group by r.code order by r.code limit ${MOST}`,
  )

/** Keys of the accounts that the administrator sees whole: those whose every grant lies within his reach. */
export function listKeys(kernel: Kernel, context: Context): Promise<object[]> {
  const all = covers(grantsFor(context.principal, 'access.key.read', context.companyId), null)
  return ask(
    kernel,
    context,
    sql`select k.id, k.name, a.id as account, a.email, k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt"
      from access.api_key k join access.account a on a.id = k.account_id
     where ${all} or not exists (select from access.role_grant g where g.account_id = a.id and g.company_id is distinct from ${context.companyId})
     order by k.created_at desc, k.id limit ${MOST}`,
  )
}

const ask = (kernel: Kernel, context: Context, statement: Sql): Promise<object[]> =>
  transaction(kernel.pool, { companies: [context.companyId] }, (tx) => tx.rows(statement as Sql<object>), {
    snapshot: true,
  })
