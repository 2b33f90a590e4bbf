// Creating a lot ahead of its goods, with its dates and what the certificate says; into quarantine when it must be tested first.

import { Type } from '@sinclair/typebox'
import { resolveItems } from '#catalog'
import { creation } from '#kernel/command'
import { errorCode, sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { lot } from './lot.ts'

export const LotInput = T.object({
  id: T.optional(T.id()),
  item: T.ref('catalog.item'),
  code: T.text(40),
  expiresOn: T.optional(T.date()),
  removalOn: T.optional(T.date()),
  quarantine: T.optional(T.boolean()),
  attributes: T.optional(Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 200 }))),
})

export const create = creation(lot.verbs.create, LotInput, async (call) => {
  const { tx, companyId, ids, input, now } = call
  const items = await resolveItems(
    tx,
    input.map((one, at) => ({ code: one.item, line: at + 1 })),
  )
  const rows = input.map((one, at) => ({
    id: ids[at],
    item_id: items[at]?.itemId,
    code: one.code,
    expires_on: one.expiresOn,
    removal_on: one.removalOn,
    state: one.quarantine ? 'quarantine' : 'released',
    attributes: one.attributes ?? {},
  }))
  try {
    const untracked = await tx.first(sql<{ item: string }>`with given as materialized (
        select r.*, i.code as item, i.tracking from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, item_id uuid, code text, expires_on date, removal_on date, state text, attributes jsonb)
          join catalog.v_item i on i.id = r.item_id
      ), written as (
        insert into inventory.lot (company_id, id, item_id, code, serial, expires_on, removal_on, state, attributes, created_at, updated_at)
        select ${companyId}, id, item_id, code, tracking = 'serial', expires_on, removal_on, state, attributes, ${now}, ${now} from given where tracking <> 'none'
      )
      select item from given where tracking = 'none' limit 1`)
    if (untracked) refuse('NOT_TRACKED', untracked)
  } catch (error) {
    if (errorCode(error) === '23505')
      refuse('LOT_EXISTS', { item: input[0]?.item, lot: input.map((one) => one.code).join(', ') })
    throw error
  }
  return { states: new Map(ids.map((id, at) => [id, input[at]?.quarantine ? 'quarantine' : 'released'])) }
})
