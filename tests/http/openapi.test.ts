// The description is OpenAPI 3.1, names its components after documents, verbs and questions, and says what really goes out.
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { beforeAll, expect, test } from 'vitest'
import type { Answer as Done } from '#kernel/command'
import { SYSTEM } from '#kernel/context'
import type { FieldKind } from '#kernel/document'
import { compile } from '../../src/kernel/sql.ts'
import { modules } from '../../src/modules/index.ts'
import { sample } from '../security/support/api.ts'
import { whenFileEnds } from '../support/clean-up.ts'
import type { Client } from './support/client.ts'
import { type DemoSite, demoLoadedHere, NOW } from './support/demo-site.ts'

type Json = Readonly<Record<string, unknown>>
type OpenApi = { openapi: string; paths: Record<string, Record<string, Json>>; components: { schemas: Json } }

const answers: { operation: string; answer: Done }[] = []
let site: DemoSite
let client: Client
let api: OpenApi
let ajv: Ajv2020

beforeAll(async () => {
  // What the demo's people are answered is kept, verb by verb, to be held against the description.
  for (const command of modules.flatMap((module) => module.commands)) {
    const { run } = command
    const operation = `${command.verb.document.name}.${command.verb.verb}`
    const kept: typeof run = async (...given) => {
      const answer = await run(...given)
      answers.push({ operation, answer })
      return answer
    }
    Object.assign(command, { run: kept })
    whenFileEnds(async () => void Object.assign(command, { run }))
  }
  site = await demoLoadedHere()
  client = (await site.machine(null)).client
  api = JSON.parse((await client('/api/openapi.json')).text)
  ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: 'api', components: api.components })
}, 240_000)

/** What does not fit, in words; empty when everything does. */
function misfits(component: string, value: unknown): string[] {
  const check = ajv.getSchema(`api#/components/schemas/${component}`)
  if (!check) return [`there is no component ${component}`]
  if (check(value) === true) return []
  return (check.errors ?? []).map((error) => `${component}${error.instancePath} ${error.message}`)
}

test('The document is valid OpenAPI 3.1, judged by a validator that is not ours', async () => {
  const verdict = await new Validator().validate(JSON.parse(JSON.stringify(api)))
  expect(verdict.errors).toBeUndefined()
  expect(verdict.valid).toBe(true)
  expect(api.openapi).toBe('3.1.0')
})

test('Every document, verb and question has components under its own name, which clients may rely on', () => {
  const expected = modules.flatMap((module) => [
    ...module.documents.flatMap((doc) => [
      doc.name,
      `${doc.name}.page`,
      ...(doc.lines ? [`${doc.name}.one`, `${doc.name}.line`] : []),
    ]),
    ...module.commands.flatMap(({ verb }) =>
      ['body', 'answer', 'each'].map((part) => `${verb.document.name}.${verb.verb}.${part}`),
    ),
    ...module.queries.flatMap(({ name }) => [`${name}.rows`, `${name}.row`]),
  ])
  const there = Object.keys(api.components.schemas)
  expect(expected.filter((name) => !there.includes(name))).toEqual([])
  expect(there).toEqual([...there].sort())
  expect(there).toEqual(expect.arrayContaining(['Problem', 'Misfit', 'History', 'HistoryLine', 'Session', 'Approval']))
})

test('Every answer of every operation has a schema', () => {
  const bare = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const responses = operation.responses as Record<string, { content: Record<string, { schema: object }> }>
      const schemas = Object.values(responses['200']?.content ?? {}).map((content) => content.schema)
      return schemas.every((schema) => Object.keys(schema).length > 0) ? [] : [`${method} ${path}`]
    }),
  )
  expect(bare).toEqual([])
})

const FITTING: Readonly<Record<string, readonly FieldKind[]>> = {
  uuid: ['ref', 'text'],
  text: ['text', 'code', 'choice', 'quantity', 'money', 'price', 'percent'],
  numeric: ['quantity', 'money', 'price', 'percent'],
  int8: ['quantity'],
  int4: ['integer'],
  bool: ['boolean'],
  date: ['date'],
  time: ['text'],
  daterange: ['text'],
  timestamptz: ['instant'],
  jsonb: ['json'],
}

const fits = (type: string, kind: FieldKind): boolean =>
  type.startsWith('_') ? kind === 'json' : (FITTING[type] ?? []).includes(kind)

async function typeNames(): Promise<ReadonlyMap<number, string>> {
  const { rows } = await site.admin.query<{ oid: number; typname: string }>('select oid, typname from pg_type')
  return new Map(rows.map((row) => [Number(row.oid), row.typname]))
}

test('Every question declares its columns, by the names, the order and the types that PostgreSQL gives them', async () => {
  const types = await typeNames()
  const wrong: string[] = []
  for (const query of modules.flatMap((module) => module.queries).filter((one) => !one.computed)) {
    const sampled = sample(JSON.parse(JSON.stringify(query.parameters)), () => '01890a5d-ac96-774b-bcce-b302099a8057')
    // Figures go by names of their own, which no sample guesses.
    const parameters =
      query.name.startsWith('insight.kpi-') || query.name === 'insight.kpi'
        ? Object.assign({}, sampled, { id: 'otif' })
        : sampled
    const statement = compile(
      query.build(parameters, { principal: SYSTEM, companyId: 1, channel: 'inside', now: NOW, today: '2026-11-18' }),
    )
    const { fields } = await site.admin.query({ text: statement.text, values: statement.values })
    const declared = Object.entries(query.columns ?? {})
    if (fields.map((field) => field.name).join() !== declared.map(([name]) => name).join())
      wrong.push(`${query.name} gives ${fields.map((field) => field.name).join()}`)
    for (const [at, { name, dataTypeID }] of fields.entries()) {
      const kind = declared[at]?.[1].kind
      const type = types.get(dataTypeID) ?? ''
      if (kind && !fits(type, kind)) wrong.push(`${query.name}.${name} is ${type} and described as ${kind}`)
    }
  }
  expect(wrong).toEqual([])
})

test('Every described field has the type of its column, and is optional where the column may be empty', async () => {
  const { rows } = await site.admin.query<{ place: string; type: string; filled: boolean; view: boolean }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as place, t.typname as type, a.attnotnull as filled, c.relkind = 'v' as view
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      join pg_type t on t.oid = a.atttypid where c.relkind in ('r', 'p', 'v')`)
  const columns = new Map(rows.map((row) => [row.place, row]))
  const wrong = modules
    .flatMap((module) => module.documents)
    .flatMap((doc) =>
      [
        ...Object.entries(doc.fields).map(([key, field]) => ({ key, field, table: doc.table })),
        ...Object.entries(doc.lines?.fields ?? {}).map(([key, field]) => ({ key, field, table: doc.lines?.table })),
      ].flatMap(({ key, field, table }) => {
        const column = columns.get(`${table}.${field.column ?? key}`)
        if (!column) return [`${doc.name}.${key} has no column`]
        const misfit = fits(column.type, field.kind) ? [] : [`${doc.name}.${key} is ${column.type}, not ${field.kind}`]
        const empty = !column.view && !column.filled && !field.optional ? [`${doc.name}.${key} may be empty`] : []
        return [...misfit, ...empty]
      }),
    )
  expect(wrong).toEqual([])
})

test('Every list, document, history and question of the demo answers as described', async () => {
  const wrong: string[] = []
  let tried = 0
  const look = async (path: string, component: string): Promise<Json> => {
    const answer = await client(path)
    tried++
    if (answer.status !== 200) wrong.push(`${path} ${answer.status} ${answer.text.slice(0, 200)}`)
    else wrong.push(...misfits(component, answer.body).slice(0, 3))
    return answer.body
  }
  for (const { id, code } of site.companies) {
    for (const doc of modules.flatMap((module) => module.documents)) {
      const path = `/api/${doc.name.replace('.', '/')}`
      const page = (await look(`${path}?company=${code}&limit=200&total=true`, `${doc.name}.page`)) as {
        items: { id: string }[]
      }
      for (const { id: one } of [...page.items.slice(0, 3), ...page.items.slice(-3)]) {
        await look(`${path}/${one}?company=${code}`, doc.lines ? `${doc.name}.one` : doc.name)
        await look(`${path}/${one}/history?company=${code}`, 'History')
      }
    }
    for (const query of modules.flatMap((module) => module.queries).filter((one) => !one.computed)) {
      for (const parameters of await asked(id, query.name, query.parameters.required ?? []))
        await look(`/api/${query.name.replace('.', '/')}?company=${code}${parameters}`, `${query.name}.rows`)
    }
  }
  expect(tried).toBeGreaterThan(300)
  expect([...new Set(wrong)]).toEqual([])
})

/** What to ask a question with: nothing, or things of the demo for the parameters that it needs. */
async function asked(companyId: number, name: string, required: readonly string[]): Promise<readonly string[]> {
  if (required.length === 0) return ['']
  const sources: Readonly<Record<string, string>> = {
    customer: `select distinct customer_id as value from receivables.invoice where company_id = ${companyId}`,
    item: `select distinct item_id as value from sales.order_line where company_id = ${companyId} limit 30`,
    order: `select id as value from sales.orders where company_id = ${companyId}`,
    line: `select id as value from sales.order_line where company_id = ${companyId} limit 60`,
    account: `select code as value from ledger.account where company_id = ${companyId}`,
    lot: `select code as value from inventory.lot where code <> '' limit 10`,
    entry: `select id as value from ledger.entry where company_id = ${companyId} limit 60`,
    warehouse: `select id as value from company.warehouse where company_id = ${companyId}`,
    lines: `select E'JAN-PAP-WIP\\t2\\nNO-SUCH-ITEM\\t1' as value`,
    amount: `select '100000' as value`,
    quantity: `select '1' as value`,
    q: 'select left(name, 6) as value from catalog.item order by code limit 3',
    from: `select '2026-01-01' as value`,
    until: `select '2026-12-31' as value`,
    to: `select '2026-12-31' as value`,
    grain: `select 'week' as value`,
    id: `select unnest(array['otif', 'backlog', 'dso', 'returns', 'margin-leakage']) as value`,
    code: 'select code as value from catalog.item order by code limit 20',
    role: 'select code as value from access.role order by code limit 8',
    review: `select id as value from rollout.access_review where company_id = ${companyId}`,
    site: `select code as value from rollout.site where company_id = ${companyId}`,
    run: `select id as value from rollout.uat_run where company_id = ${companyId}`,
    scenario: `select 'T-Q2C-01' as value from rollout.uat_run where company_id = ${companyId} limit 1`,
  }
  const values = await Promise.all(
    required.map(async (parameter) => {
      const source = sources[parameter]
      if (!source) throw new Error(`${name} needs ${parameter}, for which this test knows nothing`)
      return (await site.admin.query<{ value: string }>(source)).rows.map((row) => row.value)
    }),
  )
  const longest = Math.max(...values.map((each) => each.length))
  return Array.from({ length: longest }, (_, at) =>
    required
      .map(
        (parameter, which) =>
          `&${parameter}=${encodeURIComponent(values[which]?.[at % (values[which]?.length || 1)] ?? 'none')}`,
      )
      .join(''),
  )
}

test('Every verb that the demo used answered as described, and so do its refusals', async () => {
  const wrong = answers.flatMap(({ operation, answer }) =>
    misfits(`${operation}.answer`, JSON.parse(JSON.stringify(answer))),
  )
  expect([...new Set(wrong)]).toEqual([])
  expect(new Set(answers.map((one) => one.operation)).size).toBeGreaterThan(40)
  const [company] = site.companies
  const refused = await client.post(`/api/sales/order/confirm?company=${company?.code}`, { ids: ['no'], extra: 1 })
  expect(refused.status).toBe(400)
  expect(misfits('Problem', refused.body)).toEqual([])
  const order = (await site.admin.query(`select id from sales.orders where state = 'closed' limit 1`)).rows[0]
  const each = await client.post(`/api/sales/order/confirm?company=${company?.code}`, { ids: [order.id], each: true })
  expect(each.body).toMatchObject({ results: [{ ok: false, refusal: { code: expect.any(String) } }] })
  expect(misfits('sales.order.confirm.each', each.body)).toEqual([])
  for (const [path, component] of [['/api/session', 'Session']] as const)
    expect(misfits(component, (await client(path)).body)).toEqual([])
})
