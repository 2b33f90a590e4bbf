// The rows of access, written in one place: accounts, roles, grants. Rights are checked by whoever calls.
import { type Sql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'

export type NewAccount = {
  readonly email: string
  readonly name: string
  readonly kind: 'person' | 'machine'
  /** From hashPassword; null until the person sets one by a link, and always for a machine. */
  readonly passwordHash?: string | null
  readonly endsOn?: string | null
}

/** Inserts an account and returns its id, or undefined when the e-mail is taken. */
export async function insertAccount(tx: Tx, given: NewAccount, now: Date): Promise<string | undefined> {
  const inserted: Sql<{ id: string }> =
    sql`insert into access.account (id, email, name, kind, password_hash, ends_on, created_at)
    values (${newId()}, ${given.email.trim().toLowerCase()}, ${given.name}, ${given.kind}, ${given.passwordHash ?? null}, ${given.endsOn ?? null}, ${now})
    on conflict (email) do nothing returning id`
  return (await tx.first(inserted))?.id
}

/** Makes sure that a role exists with at least these permissions. */
export async function ensureRole(
  tx: Tx,
  given: { code: string; name: string; purpose: string; permissions: readonly string[] },
): Promise<void> {
  await tx.run(
    sql`insert into access.role (code, name, purpose) values (${given.code}, ${given.name}, ${given.purpose}) on conflict do nothing`,
  )
  await tx.run(sql`insert into access.role_permission (role, permission)
    select ${given.code}, unnest(${given.permissions}::text[]) on conflict do nothing`)
}

export type NewGrant = {
  readonly accountId: string
  readonly role: string
  /** Null: in every company. */
  readonly companyId: number | null
  readonly warehouseId?: string | null
  /** The largest amount, in company currency, as text; null without a limit. */
  readonly upTo?: string | null
  readonly startsOn?: string | null
  readonly endsOn?: string | null
  readonly grantedBy: string
  readonly reason: string
}

/** Inserts a grant, or gives the one that is there its new amount, dates and reason. Returns its id. */
export async function insertGrant(tx: Tx, given: NewGrant): Promise<string> {
  const inserted: Sql<{ id: string }> = sql`insert into access.role_grant
      (id, account_id, role, company_id, warehouse_id, up_to, starts_on, ends_on, granted_by, reason)
    values (${newId()}, ${given.accountId}, ${given.role}, ${given.companyId}, ${given.warehouseId ?? null}, ${given.upTo ?? null},
      ${given.startsOn ?? null}, ${given.endsOn ?? null}, ${given.grantedBy}, ${given.reason})
    on conflict (account_id, role, company_id, warehouse_id) do update set up_to = excluded.up_to, starts_on = excluded.starts_on,
      ends_on = excluded.ends_on, granted_by = excluded.granted_by, reason = excluded.reason
    returning id`
  const row = await tx.first(inserted)
  if (!row) throw new Error('a grant was neither inserted nor updated')
  return row.id
}
