// Whatever somebody may read, no answer of the server holds a secret: not the demo's password, not a key, not what sets a password.
import pg from 'pg'
import { expect, test } from 'vitest'
import { SETTINGS } from '../../src/modules/company/company/settings.ts'
import type { Person } from './product.ts'
import { startProduct } from './product.ts'

const product = await startProduct()

type Operation = { parameters?: readonly { name: string; in: string; required?: boolean }[] }
type Described = { paths: Readonly<Record<string, { get?: Operation }>> }

/** What nobody is told by reading: the marker of the demo, and every hash and token that is kept. */
async function secrets(): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: product.settings.DATABASE_URL })
  await client.connect()
  const { rows } = await client.query<{ secret: string | null }>(`
    select marker ->> 'password' as secret from kernel.demo union select marker ->> 'apiKey' from kernel.demo
    union select password_hash from access.account`)
  await client.end()
  return rows.flatMap(({ secret }) => (secret ? [secret] : []))
}

/** Every GET that needs nothing but a company and, where it is about one thing, the first of its list. */
async function everyAnswer({ page }: Person, described: Described): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>()
  const ask = async (path: string) => {
    const answer = await page.request.get(`${path}${path.includes('?') ? '&' : '?'}company=ALPHA`)
    if (answer.status() === 200) answers.set(path, await answer.text())
    return answer
  }
  const needs = ({ parameters = [] }: Operation) =>
    parameters.some((one) => one.in === 'query' && one.required && one.name !== 'company')
  for (const [path, { get }] of Object.entries(described.paths)) {
    if (!get || needs(get) || path.endsWith('/events')) continue
    const [list = '', ...rest] = path.split('/{id}')
    if (!path.includes('{')) await ask(path)
    else if (path.includes('/{id}')) {
      const first = /"id":"([0-9a-f-]{36})"/.exec(answers.get(list) ?? '')?.[1]
      if (first) await ask(`${list}/${first}${rest.join('')}`)
    }
  }
  await ask('/api/company/company?format=csv')
  return answers
}

test('SEC-11: no answer to a reader of companies, nor to an administrator, holds a password, a key or a hash', async () => {
  const hidden = await secrets()
  expect(hidden.length).toBeGreaterThan(2)
  for (const [name, least] of [
    ['nils', 20],
    ['olga', 60],
  ] as const) {
    const person = await product.person(name)
    const described: Described = await (await person.page.request.get('/api/openapi.json')).json()
    const answers = await everyAnswer(person, described)
    expect(answers.size, name).toBeGreaterThan(least)
    for (const [path, text] of answers)
      for (const secret of hidden) expect(text.includes(secret), `${name} reads a secret at ${path}`).toBe(false)
    await person.context.close()
  }
}, 60_000)

test('SEC-11: a company shows the settings that are described and no other, in its page, its list and its history', async () => {
  const client = new pg.Client({ connectionString: product.settings.DATABASE_URL })
  await client.connect()
  const { rows } = await client.query<{ key: string }>(
    'select distinct k as key from company.company, jsonb_object_keys(settings) k',
  )
  await client.query(`update company.company set settings = settings || '{"planted": "canary-in-settings"}'`)
  await client.end()
  // Every setting of the demo is described, so that nobody misses one.
  const known = new Set<string>(SETTINGS)
  expect(rows.map(({ key }) => key).filter((key) => !known.has(key))).toEqual([])
  const { page, context } = await product.person('olga')
  const list = await page.request.get('/api/company/company?company=ALPHA')
  expect(list.status(), await list.text()).toBe(200)
  const [company] = (await list.json()).items
  expect(Object.keys(company.settings)).toContain('quote_valid_days')
  for (const path of ['', `/${company.id}`, `/${company.id}/history`, '?format=csv']) {
    const text = await (
      await page.request.get(`/api/company/company${path}${path.includes('?') ? '&' : '?'}company=ALPHA`)
    ).text()
    expect(text.includes('canary-in-settings'), path).toBe(false)
  }
  await context.close()
})
