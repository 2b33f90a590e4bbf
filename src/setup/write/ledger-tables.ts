// The books of a company before the first entry: accounts, which of them plays which role, and periods. One writer a table.
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { accountRows, mappingRows, periodRows } from '../rows.ts'
import type { Template } from '../template.ts'
import { type Counts, type Written, written } from './written.ts'

export function writeAccounts(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'ledger.account',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(accountRows(template))}::jsonb) as g (code text, name text, type text, control text, locked boolean)
    ), changed as (
      update ledger.account a set name = g.name, type = g.type, control = g.control from given g
       where a.company_id = ${companyId} and a.code = g.code and g.locked
         and (a.name, a.type, a.control) is distinct from (g.name, g.type, g.control) returning 1
    ), added as (
      insert into ledger.account (company_id, code, name, type, control)
      select ${companyId}, code, name, type, control from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

export function writeMapping(tx: Tx, companyId: number, template: Template): Promise<Written> {
  return written(
    tx,
    'ledger.mapping',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(mappingRows(template))}::jsonb) as g (role text, account text, locked boolean)
    ), changed as (
      update ledger.mapping m set account = g.account from given g
       where m.company_id = ${companyId} and m.role = g.role and g.locked and m.account <> g.account returning 1
    ), added as (
      insert into ledger.mapping (company_id, role, account) select ${companyId}, role, account from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

/** Months that no period covers yet are opened. */
export function writePeriods(tx: Tx, companyId: number, from: string, count: number): Promise<Written> {
  const rows = periodRows(from, count).map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'ledger.period',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, code text, starts date, ends date)
    ), added as (
      insert into ledger.period (company_id, id, code, starts, ends)
      select ${companyId}, id, code, starts, ends from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed`,
  )
}
