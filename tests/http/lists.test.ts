// Lists, one document, history and questions: what is shown, to whom, in which order (SEC-02, SEC-11).

import readExcel from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { newId } from '#kernel/ids'
import { startSite } from './support/site.ts'

const site = await startSite()
const READ = ['desk.note.read', 'desk.note.write', 'desk.note.finish', 'desk.note.reopen']
const clerk = await site.machine(READ)
const boss = await site.machine([...READ, 'desk.note.see-cost'])
const picker = await site.machine(READ, { warehouseId: site.warehouses.W2 })
const beta = await site.machine(READ, { companyId: 2 })

const NOTES = Array.from({ length: 25 }, (_, at) => ({
  subject: at === 3 ? '=cmd|calc' : `Note about item ${at}`,
  warehouse: at % 2 === 0 ? site.warehouses.W1 : site.warehouses.W2,
  amount: String(100 - (at % 7)),
  ...(at % 5 === 0 ? {} : { due: `2026-04-${String((at % 28) + 1).padStart(2, '0')}` }),
  lines: [
    { text: 'first', quantity: '1.5' },
    { text: 'second', quantity: '2' },
  ],
}))
const written = await clerk.client.post('/api/desk/note/write', { documents: NOTES })
expect(written.status, written.text).toBe(200)
await beta.client.post('/api/desk/note/write', {
  documents: [{ subject: 'of beta', warehouse: site.warehouses.W3, amount: '1' }],
})

type Item = Record<string, unknown>
const items = (body: Record<string, unknown>): Item[] => (Array.isArray(body.items) ? body.items : [])

test('A list pages by key through every row once, in both directions, by number, amount and id', async () => {
  for (const sort of ['number', '-number', 'amount', '-amount', 'id', '-id']) {
    const seen: Item[] = []
    let cursor = ''
    do {
      const page = await clerk.client(
        `/api/desk/note?limit=4&sort=${sort}&cursor=${cursor}`.replace('&cursor=&', '&').replace(/&cursor=$/, ''),
      )
      expect(page.status, page.text).toBe(200)
      seen.push(...items(page.body))
      cursor = typeof page.body.next === 'string' ? page.body.next : ''
    } while (cursor !== '')
    expect(new Set(seen.map((item) => item.id)).size, sort).toBe(25)
    const key = sort.replace('-', '')
    const values = seen.map((item) => (key === 'amount' ? Number(item[key]) : String(item[key])))
    const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(values, sort).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted)
  }
})

test('Filters, search and totals count the same rows', async () => {
  const count = async (query: string) => items((await clerk.client(`/api/desk/note?limit=200&${query}`)).body).length
  expect(await count(`filter[warehouse]=${site.warehouses.W2}`)).toBe(12)
  expect(await count('filter[amount][from]=98&filter[amount][to]=99')).toBe(8)
  expect(await count('filter[number][in]=N-0001,N-0002,nothing')).toBe(2)
  expect(await count('filter[number][prefix]=N-000')).toBe(9)
  expect(await count('filter[due][to]=2026-04-10')).toBe(
    NOTES.filter((note) => note.due && note.due <= '2026-04-10').length,
  )
  expect(await count('filter[state]=done')).toBe(0)
  expect(await count('q=item%201')).toBe(11)
  expect(await count('q=ITEM')).toBe(24)
  expect(await count('q=n-0007')).toBe(1)
  expect(await count('q=%25')).toBe(0)
  const total = await clerk.client('/api/desk/note?limit=1&total=true&filter[amount]=100')
  expect(total.body).toMatchObject({ total: 4 })
})

test('SEC-11: a hidden field is absent everywhere, and neither sorted, filtered nor exported', async () => {
  const seen = await boss.client('/api/desk/note?limit=1')
  const hidden = await clerk.client('/api/desk/note?limit=1')
  expect(items(seen.body)[0]).toHaveProperty('cost')
  expect(items(hidden.body)[0]).not.toHaveProperty('cost')
  const id = String(items(seen.body)[0]?.id)
  expect((await boss.client(`/api/desk/note/${id}`)).text).toContain('unit_cost')
  expect((await clerk.client(`/api/desk/note/${id}`)).text).not.toContain('cost')
  expect((await boss.client('/api/desk/note?sort=cost')).status).toBe(200)
  for (const query of [
    'sort=cost',
    'sort=-cost',
    'filter[cost]=1',
    'filter[cost][from]=0',
    'sort=company_id',
    'sort=subject',
  ]) {
    const answer = await clerk.client(`/api/desk/note?${query}`)
    expect(answer.status, query).toBe(400)
  }
  expect((await clerk.client('/api/desk/note?format=csv')).text).not.toContain('cost')
  expect((await clerk.client('/api/desk/by-kind')).text).not.toContain('cost')
  expect((await boss.client('/api/desk/by-kind')).text).toContain('cost')
})

test('SEC-02: list, one, history, search and export show the same documents to a principal narrowed to a warehouse', async () => {
  const own = items((await picker.client('/api/desk/note?limit=200')).body)
  expect(own).toHaveLength(12)
  expect(own.every((item) => item.warehouse === site.warehouses.W2)).toBe(true)
  const all = items((await clerk.client('/api/desk/note?limit=200')).body)
  const numbers = new Set(own.map((item) => item.number))
  for (const item of all) {
    const expected = numbers.has(item.number) ? 200 : 404
    expect((await picker.client(`/api/desk/note/${item.id}`)).status).toBe(expected)
    expect((await picker.client(`/api/desk/note/${item.number}/history`)).status).toBe(expected)
  }
  const csv = (await picker.client('/api/desk/note?format=csv')).text
  expect(csv.trim().split('\r\n')).toHaveLength(13)
  expect((await picker.client('/api/desk/note?total=true')).body.total).toBe(12)
})

test('What is not there and what is not yours answer byte for byte alike', async () => {
  const foreign = String(items((await beta.client('/api/desk/note')).body)[0]?.id)
  for (const path of ['ID', 'ID/history']) {
    const unknown = newId()
    const [no, nowhere] = await Promise.all(
      [foreign, unknown].map((id) => clerk.client(`/api/desk/note/${path.replace('ID', id)}`)),
    )
    expect(no?.status).toBe(404)
    expect(no?.text.replaceAll(foreign, 'ID')).toBe(nowhere?.text.replaceAll(unknown, 'ID'))
  }
})

test('A file holds no formula, keeps numbers as numbers, and names itself', async () => {
  const csv = await boss.client('/api/desk/note', { headers: { accept: 'text/csv' } })
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="desk.note.csv"')
  expect(csv.text).toContain("'=cmd|calc")
  await site.admin.query(`update desk.note set cost = -5 where number = 'N-0001'`)
  expect((await boss.client('/api/desk/note?format=csv&filter[number]=N-0001')).text).toContain(',-5,')
  const sheet = await fetch(`${site.origin}/api/desk/note?format=xlsx&filter[number][in]=N-0001,N-0004`, {
    headers: { authorization: `Bearer ${boss.key}` },
  })
  const read = await readExcel(Buffer.from(await sheet.arrayBuffer()))
  const rows: unknown = Array.isArray(read[0]) ? read : (read[0] as { data: unknown }).data
  expect(rows).toHaveLength(3)
  const [head, first, fourth] = rows as unknown[][]
  expect(first?.[head?.indexOf('cost') ?? -1]).toBe(-5)
  // A text in a workbook does not run; the apostrophe keeps it from running when the workbook is saved as CSV.
  expect(fourth?.[head?.indexOf('subject') ?? -1]).toBe("'=cmd|calc")
})

test('The history of a document says who, when, what, from where to where and why, without hidden values', async () => {
  const id = String((written.body.ids as string[])[0])
  expect((await clerk.client.post('/api/desk/note/finish', { ids: [id], remark: 'all done' })).status).toBe(200)
  expect((await clerk.client.post('/api/desk/note/reopen', { ids: [id] })).body.code).toBe('REASON_NEEDED')
  expect((await clerk.client.post('/api/desk/note/reopen', { ids: [id], reason: 'forgot one' })).status).toBe(200)
  const history = items((await clerk.client(`/api/desk/note/${id}/history`)).body)
  expect(history.map((line) => [line.verb, line.from, line.to])).toEqual([
    ['write', null, 'open'],
    ['finish', 'open', 'done'],
    ['reopen', 'done', 'open'],
  ])
  expect(history[2]).toMatchObject({ reason: 'forgot one', channel: 'api', by: { id: clerk.id } })
})

test('A question takes its parameters from the query string, with their types', async () => {
  expect(items((await clerk.client('/api/desk/by-kind')).body)).toMatchObject([{ kind: 'plain', notes: '25' }])
  expect(items((await clerk.client('/api/desk/by-kind?urgent=true')).body)).toEqual([])
  expect(items((await clerk.client('/api/desk/by-kind?least=26')).body)).toEqual([])
  expect((await clerk.client('/api/desk/by-kind?least=many')).status).toBe(400)
  expect((await clerk.client('/api/desk/by-kind?least=1001')).status).toBe(400)
  expect((await clerk.client('/api/desk/by-kind?unknown=1')).status).toBe(400)
  expect((await clerk.client('/api/desk/by-kind?format=csv')).text).toBe('kind,notes,amount\r\nplain,25,2431\r\n')
})

test('A cursor of another list, or made up, is refused', async () => {
  const page = await clerk.client('/api/desk/note?limit=1&sort=amount')
  const made = Buffer.from(JSON.stringify(['amount', "1'; drop table x", newId()])).toString('base64url')
  for (const cursor of ['x', 'e30', String(page.body.next), made.replace(/^./, 'A')]) {
    expect((await clerk.client(`/api/desk/note?limit=1&cursor=${cursor}`)).body.code, cursor).toBe('CURSOR_INVALID')
  }
  expect((await clerk.client(`/api/desk/note?limit=1&sort=amount&cursor=${made}`)).body.code).toBe('INPUT_INVALID')
})

test('Each impossible wish of a list has its own code, and says what is possible', async () => {
  const codes = async (query: string) => (await clerk.client(`/api/desk/note?${query}`)).body
  expect(await codes('filter[cost]=1')).toMatchObject({ code: 'FILTER_IMPOSSIBLE', parameters: { field: 'cost' } })
  expect(await codes('sort=cost')).toMatchObject({
    code: 'SORT_IMPOSSIBLE',
    parameters: { possible: expect.stringContaining('amount') },
  })
  expect(await codes('sort=cost').then((body) => JSON.stringify(body.parameters))).not.toContain('"possible":"cost')
  const many = ['subject', 'warehouse', 'number', 'kind', 'state', 'amount'].map(
    (field) =>
      `filter[${field}]=${field === 'amount' ? 1 : field === 'kind' ? 'plain' : field === 'state' ? 'open' : newId()}`,
  )
  expect(
    await codes([...many, 'filter[amount][from]=1', 'filter[amount][to]=1', 'filter[due]=2026-01-01'].join('&')),
  ).toMatchObject({ code: 'REQUEST_INVALID' })
})

test('A list too long for a file is refused before the first byte, and the server goes on', async () => {
  await site.admin.query(
    `insert into desk.note (company_id, id, number, subject, warehouse_id, amount, created_at, updated_at)
    select 1, gen_random_uuid(), 'X-' || n, 'many', $1, 5, now(), now() from generate_series(1, 20001) n`,
    [site.warehouses.W1],
  )
  expect((await clerk.client('/api/desk/note?format=xlsx')).body.code).toBe('EXPORT_TOO_LARGE')
  const csv = await clerk.client('/api/desk/note?format=csv&filter[subject]=many')
  expect(csv.text.split('\r\n')).toHaveLength(20_003)
  expect((await clerk.client('/api/desk/note?total=true&limit=1')).body).toMatchObject({
    total: 10_000,
    totalIsAtLeast: true,
  })
})
