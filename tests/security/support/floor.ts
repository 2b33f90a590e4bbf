// The wall behind the walls: what the application's own database role can reach of a company outside its scope.
import type pg from 'pg'
import { tablesOf } from './effects.ts'

// Read before a scope is known, or holding nothing but hashes; everything else with a company is behind row-level security.
const OPEN = new Set(['access.role_grant', 'kernel.audit_seal'])

/** Tries, as tw_app, to read and write BETA's (2) rows with the scope of ALPHA (1), and with none. */
export async function floorBreaches(admin: pg.Client): Promise<{ breaches: string[]; tables: number }> {
  const breaches: string[] = []
  const tables = (await tablesOf(admin)).filter((one) => one.scoped && !OPEN.has(one.table))
  for (const { table } of tables) {
    const walls = await admin.query<{ on: boolean; forced: boolean; policies: number }>(
      `select c.relrowsecurity as on, c.relforcerowsecurity as forced, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies from pg_class c where c.oid = $1::regclass`,
      [table],
    )
    const wall = walls.rows[0]
    if (!wall?.on || !wall.forced || wall.policies === 0) breaches.push(`${table} has no forced row-level security`)
    for (const scope of ['1', '']) {
      const seen = await asApplication(admin, scope, `select count(*)::int as n from ${table} where company_id = 2`)
      if (seen !== 0 && seen !== 'denied')
        breaches.push(`${table} shows ${seen} rows of another company in scope "${scope}"`)
      for (const change of [
        `delete from ${table} where company_id = 2`,
        `update ${table} set company_id = company_id where company_id = 2`,
      ]) {
        const done = await asApplication(
          admin,
          scope,
          `with x as (${change} returning 1) select count(*)::int as n from x`,
        )
        if (done !== 0 && done !== 'denied')
          breaches.push(`${table}: "${change}" reached ${done} rows in scope "${scope}"`)
      }
    }
  }
  const views = await admin.query<{
    view: string
  }>(`select n.nspname || '.' || c.relname as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not coalesce('security_invoker=true' = any(c.reloptions) or 'security_invoker=on' = any(c.reloptions), false)`)
  for (const { view } of views.rows) breaches.push(`the view ${view} reads with its owner's rights`)
  return { breaches, tables: tables.length }
}

async function asApplication(admin: pg.Client, scope: string, statement: string): Promise<number | 'denied'> {
  await admin.query('begin')
  try {
    await admin.query('set local role tw_app')
    await admin.query(`select set_config('tw.companies', $1, true)`, [scope])
    return (await admin.query<{ n: number }>(statement)).rows[0]?.n ?? 0
  } catch {
    return 'denied'
  } finally {
    await admin.query('rollback')
  }
}
