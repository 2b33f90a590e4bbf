// The taxes of a company's area: codes, their rates in time, and the rules that choose. One writer a table.
import { sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { taxCodeRows, taxRateRows, taxRuleRows } from '../rows.ts'
import type { Template } from '../template.ts'
import { type Counts, type Written, written } from './written.ts'

export function writeTaxCodes(tx: Tx, companyId: number, template: Template, area: string): Promise<Written> {
  return written(
    tx,
    'tax.code',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(taxCodeRows(template, area))}::jsonb) as g (code text, name text, kind text, account text, locked boolean)
    ), changed as (
      update tax.code c set name = g.name, kind = g.kind, account = g.account from given g
       where c.company_id = ${companyId} and c.code = g.code and g.locked
         and (c.name, c.kind, c.account) is distinct from (g.name, g.kind, g.account) returning 1
    ), added as (
      insert into tax.code (company_id, code, name, kind, account)
      select ${companyId}, code, name, kind, account from given on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}

/** Rates of days that have none yet. One that a person recorded or withdrew stays so: documents were made with it. */
export function writeTaxRates(tx: Tx, companyId: number, template: Template, area: string): Promise<Written> {
  const rows = taxRateRows(template, area).map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'tax.rate',
    sql<Counts>`with given as (
      select g.id, g.code, daterange(g."from", g.until, '[)') as valid, g.percent / 100 as rate
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, code text, "from" date, until date, percent numeric)
    ), added as (
      insert into tax.rate (company_id, id, code, valid, rate)
      select ${companyId}, id, code, valid, trim_scale(rate) from given g
       where not exists (select from tax.rate r where r.company_id = ${companyId} and r.code = g.code and r.valid && g.valid)
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, 0 as changed`,
  )
}

export function writeTaxRules(tx: Tx, companyId: number, template: Template, area: string): Promise<Written> {
  const rows = taxRuleRows(template, area).map((one) => ({ ...one, id: newId() }))
  return written(
    tx,
    'tax.rule',
    sql<Counts>`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, position text, tax_class text, code text, locked boolean)
    ), changed as (
      update tax.rule r set code = g.code from given g
       where r.company_id = ${companyId} and r.position = g.position and r.tax_class = g.tax_class and r.state = 'active'
         and g.locked and r.code <> g.code returning 1
    ), added as (
      insert into tax.rule (company_id, id, position, tax_class, code)
      select ${companyId}, id, position, tax_class, code from given g
       where not exists (select from tax.rule r
               where r.company_id = ${companyId} and r.position = g.position and r.tax_class = g.tax_class)
      on conflict do nothing returning 1
    )
    select (select count(*)::int from added) as added, (select count(*)::int from changed) as changed`,
  )
}
