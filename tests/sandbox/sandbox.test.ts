// A sandbox shows nobody's data: no value of a masked column is left in any table, the books hold as before, the history
// is sealed anew, and nobody but the practice sign-in comes in.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '#kernel/access'
import { passwordFits } from '#kernel/access/passwords'
import { trustedKeys } from '#kernel/audit-keys'
import { verifyAudit } from '#kernel/audit-verify'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { sealer } from '#kernel/sealer'
import { verify } from '#kernel/verify'
import { practising } from '../../src/cli/site-sandbox.ts'
import { modules } from '../../src/modules/index.ts'
import { makeSandbox } from '../../src/sandbox/database.ts'
import { maskOf, masksFor } from '../../src/sandbox/mask.ts'
import { PERSONAL, WRITTEN } from '../../src/sandbox/personal.ts'
import { replacerOf } from '../../src/sandbox/replace.ts'
import { inProcess } from '../cli/in-process.ts'
import { clear, folder } from '../cli/support.ts'
import { enterprise, NOW } from '../rollout/support/enterprise.ts'

const KEY = createHash('sha256').update('a key').digest()
/** What must not be found afterwards, in any table. */
const CUSTOMER = {
  ...{ code: 'C-77', name: 'Vermilion "Best" Outfitters', country: 'US', email: 'Orders@Vermilion.example' },
  ...{ phone: '+1 212 555 0142', street: '17 Tannery Lane', postcode: '10014', taxId: 'US-99-8877665' },
  ...{ bankAccount: 'DE89370400440532013000', note: 'Ask for Quentin' },
}
const SUPPLIER = { code: 'S-77', name: 'Zweibrücken', country: 'DE', street: 'Gerberstraße 9', postcode: '66482' }
const CONTACT = {
  party: 'C-77',
  name: 'Quentin Abernathy',
  email: 'quentin@vermilion.example',
  phone: '+1 212 555 0143',
}
const SHIP_TO = {
  customer: 'C-77',
  code: 'DOCK',
  name: 'Abernathy Yard',
  country: 'US',
  street: '4 Ropewalk',
  receivingNote: 'Ring for Quentin',
}
const ORIGINALS = [
  ...[
    CUSTOMER.name,
    CUSTOMER.email,
    CUSTOMER.phone,
    CUSTOMER.street,
    CUSTOMER.postcode,
    CUSTOMER.taxId,
    CUSTOMER.bankAccount,
  ],
  ...[SUPPLIER.name, SUPPLIER.street, SUPPLIER.postcode, CONTACT.name, CONTACT.email, CONTACT.phone],
  ...[SHIP_TO.name, SHIP_TO.street, 'Quentin', 'Marguerite Duvallon', 'marguerite@duvallon.example'],
]

let e: Awaited<ReturnType<typeof enterprise>>
let masked = 0
let before: Record<string, unknown> = {}
let found: readonly string[] = []
const home = mkdtempSync(join(tmpdir(), 'tw-sandbox-'))
afterAll(async () => {
  rmSync(home, { recursive: true, force: true })
  await clear()
})

/** Tables with a text in any of their rows, whatever their columns are. */
async function holding(text: string): Promise<readonly string[]> {
  const { rows } =
    await e.admin.query(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relname <> 'release' order by 1`)
  const forms = [
    ...new Set([
      text,
      JSON.stringify(text).slice(1, -1),
      text.replaceAll('"', '""'),
      JSON.stringify(text).slice(1, -1).replaceAll('"', '""'),
    ]),
  ]
  const hits: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await e.admin.query(
      `select 1 from ${name} t where ${forms.map((_, at) => `position(lower($${at + 1}) in lower(t::text)) > 0`).join(' or ')} limit 1`,
      forms,
    )
    if (rowCount) hits.push(name)
  }
  return hits
}
const figures = async () =>
  (
    await e.admin.query(`select (select count(*) from party.customer)::int as customers, (select count(*) from kernel.audit)::int as audit,
    (select sum(debit)::text from ledger.balance) as debits, (select count(*) from sales.orders)::int as orders`)
  ).rows[0]

beforeAll(async () => {
  e = await enterprise([{ code: 'ALPHA', currency: 'USD', country: 'US' }])
  await e.admin.query(`select set_config('tw.companies', '0,1', false)`)
  const at = e.at('ALPHA')
  const { id } = await e.create('party.customer.request', at, CUSTOMER)
  await e.run('party.customer.approve', at, id)
  const supplier = await e.create('party.supplier.request', at, SUPPLIER)
  await e.run('party.supplier.approve', at, supplier.id)
  await e.create('party.contact.add', at, CONTACT)
  await e.create('party.ship-to.add', at, SHIP_TO)
  await e.admin.query(
    `insert into access.account (id, email, name, kind, password_hash, created_at) values (gen_random_uuid(), 'marguerite@duvallon.example', 'Marguerite Duvallon', 'person', $1, $2)`,
    [await hashPassword('thirteen quiet pallets wait'), NOW],
  )
  await e.admin.query(
    `insert into kernel.comment (company_id, id, at, account_id, document, document_id, text)
    select 1, gen_random_uuid(), $1, id, 'party.customer', $2, 'Quentin Abernathy called' from access.account where name = 'Marguerite Duvallon'`,
    [NOW, id],
  )
  await e.admin.query(
    `insert into kernel.attachment (company_id, id, at, account_id, document, document_id, name, media_type, size, sha256, bytes)
    select 1, gen_random_uuid(), $1, id, 'party.customer', $2, 'Quentin Abernathy.txt', 'text/plain', octet_length(said), sha256(said), said
      from access.account, (select convert_to('Quentin Abernathy', 'UTF8') as said) file where name = 'Marguerite Duvallon'`,
    [NOW, id],
  )
  await e.admin.query(
    `insert into kernel.job (company_id, id, task, payload, run_at) values (1, gen_random_uuid(), 'probe', '{"to": "orders@vermilion.example"}', $1)`,
    [NOW],
  )
  before = await figures()
  found = (await Promise.all([CUSTOMER.name, CONTACT.name].map(holding))).flat()
  masked = await makeSandbox({ ownerUrl: e.url, key: KEY, name: 'training', site: 'ALPHA', now: NOW })
}, 60_000)

test('TPL-13 the search finds the originals where they were (control)', () => {
  expect(found).toEqual(expect.arrayContaining(['party.customer', 'party.party', 'party.contact', 'kernel.comment']))
  expect(found.some((one) => one.startsWith('kernel.audit'))).toBe(true)
})

test.each(ORIGINALS)('TPL-13 no table of the copy holds %s any more', async (original) => {
  expect(await holding(original)).toEqual([])
})

test('TPL-13 a file of the copy holds nothing of what it held, and is whole', async () => {
  const { rows } = await e.admin.query(
    `select name, convert_from(bytes, 'UTF8') as said, size = length(bytes) and sha256 = sha256(bytes) as whole from kernel.attachment`,
  )
  expect(rows).toEqual([{ name: '(left out)', said: '(left out)', whole: true }])
})

test('TPL-13 masks keep length and shape, whoever repeats a value repeats its mask, and rows are all there', async () => {
  expect(masked).toBeGreaterThan(10)
  expect(await figures()).toEqual(before)
  const { rows } =
    await e.admin.query(`select c.name, p.name as party, p.normal_name, c.bank_account, p.phone, p.email, p.postcode, c.note
    from party.customer c join party.party p on p.id = c.id where c.code = 'C-77'`)
  const [one] = rows
  expect(one.name).toMatch(/^[A-Z][a-z]{8} "[A-Z][a-z]{3}" [A-Z][a-z]{9}$/)
  expect(one.party).toBe(one.name)
  expect(one.normal_name).toBe((await e.admin.query('select party.normal_name($1) as n', [one.name])).rows[0].n)
  expect(one.bank_account).toMatch(/^[A-Z]{2}\d{20}$/)
  expect(one.phone).toMatch(/^\+\d \d{3} \d{3} \d{4}$/)
  expect(one.email).toMatch(/^[A-Z][a-z]{5}@masked\.invalid$/)
  expect(one.postcode).toMatch(/^\d{5}$/)
  expect(one.note).toBe('(left out)')
  const { rows: payloads } = await e.admin.query(
    `select payload from kernel.audit where document = 'party.customer' and verb = 'request'`,
  )
  expect(payloads[0].payload).toContain(JSON.stringify(one.name))
  expect(payloads[0].payload).toContain('"code":"C-77"')
})

test('TPL-13 the books hold, and the history is whole and sealed with the key of the copy', async () => {
  const verdict = await verify(
    e.kernel.pool,
    [0, 1],
    [...KERNEL_INVARIANTS, ...modules.flatMap((one) => one.invariants)],
  )
  expect(verdict.checks.filter((one) => !one.ok)).toEqual([])
  for (let sealed = null; sealed === null; ) sealed = await sealer(e.kernel.pool, home).seal(NOW)
  const history = await verifyAudit(e.kernel.pool, { companies: [0, 1], keys: trustedKeys(home) })
  expect(history).toMatchObject({ ok: true, sealed: before.audit })
})

test('TPL-13 only the practice sign-in has a password; nothing waits to be done, and companies say what they are', async () => {
  expect((await e.admin.query('select 1 from access.account where password_hash is not null')).rowCount).toBe(0)
  const signIn = await practising(e.kernel, { company_id: 1 }, 'training', ['rollout-lead'])
  const { rows } = await e.admin.query(
    'select a.email, a.password_hash, g.role from access.account a join access.role_grant g on g.account_id = a.id where a.password_hash is not null',
  )
  expect(rows).toMatchObject([{ email: 'practice@training.invalid', role: 'rollout-lead' }])
  expect(await passwordFits(rows[0].password_hash, signIn.password)).toBe(true)
  expect((await e.admin.query(`select state, problem from kernel.job`)).rows).toEqual([
    { state: 'done', problem: 'left undone in a sandbox' },
  ])
  expect((await e.admin.query('select name from company.company')).rows).toEqual([
    { name: 'SANDBOX training · ALPHA Ltd' },
  ])
  expect((await e.admin.query('select name, site, masked from kernel.sandbox')).rows).toEqual([
    { name: 'training', site: 'ALPHA', masked },
  ])
})

test('TPL-13 a copy that still held something would be refused (control)', async () => {
  const client = new pg.Client({ connectionString: e.url })
  await client.connect()
  // A type of column that nobody keeps text in, and that is not rewritten therefore: what stands there must not pass.
  await client.query(`create table public.stray as select name::name as told from party.contact limit 1`)
  await client.query('delete from kernel.sandbox')
  await client.end()
  const again = makeSandbox({ ownerUrl: e.url, key: KEY, name: 'again', site: 'ALPHA', now: NOW })
  await expect(again).rejects.toMatchObject({ code: 'SANDBOX_LEAKS', detail: { table: 'public.stray' } })
  expect((await e.admin.query('select name from company.company')).rows).toEqual([
    { name: 'SANDBOX training · ALPHA Ltd' },
  ])
  await e.admin.query('drop table public.stray')
})

describe('masks', () => {
  test('TPL-13 are the same for the same value and key, of the same length, and never an original', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9äöüß .-]{3,20}$/)
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (values) => {
        const given = values.map((value) => ({ value, sort: 'name' as const }))
        const masks = masksFor(KEY, given)
        expect([...masks]).toEqual([...masksFor(KEY, [...given].reverse())])
        for (const [value, mask] of masks) {
          expect(mask).toHaveLength(value.length)
          expect(values).not.toContain(mask)
        }
      }),
    )
    expect(maskOf(KEY, 'name', 'Vermilion')).not.toBe(
      maskOf(createHash('sha256').update('another').digest(), 'name', 'Vermilion'),
    )
  })

  test('TPL-13 whole words are replaced, and neither codes, nor amounts, nor words of the template', () => {
    const masks = new Map([
      ['Trade', 'Bliku'],
      ['Anna Lind', 'Oppo Batz'],
      ['10014', '77777'],
      ['Sales', 'Xilep'],
    ])
    const { replace, find } = replacerOf(masks, new Set(['Sales']))
    expect(replace('Trade, TRADE, Traders; ANNA LIND and Joanna Lind')).toBe(
      'Bliku, TRADE, Traders; Oppo Batz and Joanna Lind',
    )
    expect(replace('{"postcode": "10014", "amount": "10014", "n": 10014}')).toBe(
      '{"postcode": "77777", "amount": "10014", "n": 10014}',
    )
    expect(replace('Sales revenue')).toBe('Sales revenue')
    expect(find('Joanna')).toBeUndefined()
    expect(find('by anna lind')).toBe('Anna Lind')
  })
})

test('TPL-13 every field of a document that sounds like personal data is declared, or said to be none', () => {
  const NONE =
    /^(access\.role|company\.|catalog\.|ledger\.|tax\.code|tax\.rule|pricing\.|inventory\.|insight\.|rollout\.(site|new_site|ring|extension|checklist|pilot|seat|plan|process|integration)|sales\.backorder|returns\.reason|party\.term|credit\.account|access\.machine|access\.key)/
  const declared = new Set([...PERSONAL, ...WRITTEN].map((one) => `${one.table}.${one.column}`))
  const sounding = modules.flatMap((one) =>
    one.documents.flatMap((document) =>
      Object.entries(document.fields).flatMap(([name, field]) => {
        const place = `${document.table}.${field.column ?? name}`
        const sounds =
          field.kind === 'text' && /^(name|email|phone|street|postcode|bankAccount|taxId|duns|gln)$/.test(name)
        return sounds && !NONE.test(place) ? [place] : []
      }),
    ),
  )
  expect(sounding.length).toBeGreaterThan(5)
  expect(sounding.filter((one) => !declared.has(one))).toEqual([])
})

test('TPL-13 a database that DATABASE_URL names is not copied, and says what to do', async () => {
  const site = { code: 'ALPHA', name: 'ALPHA', scope: 'company', kind: 'company', wave: 1, owner: 'Olga' }
  await e.release()
  await e.create('rollout.site.open', e.at('ALPHA'), { ...site, taxArea: 'US-ALPHA', release: '1.0.0' })
  const ran = await inProcess(['site', 'sandbox', 'ALPHA', '--name', 'training', '--json'], {
    DATABASE_URL: e.url,
    TRADEWRIGHT_HOME: home,
  })
  expect(ran.json()).toMatchObject({ ok: false, error: { code: 'SANDBOX_NEEDS_EMBEDDED' } })
})

test('TPL-13 the database that the product runs is copied while it is there to be used, and the copy stands by itself', async () => {
  const live = join(await folder(), 'home')
  const run = async (...words: string[]) => {
    const ran = await inProcess([...words, '--json'], { TRADEWRIGHT_HOME: live })
    return { ...ran.json(), code: ran.code }
  }
  await run('site', 'create', 'GAMMA', '--name', 'Gamma', '--currency', 'USD', '--country', 'US')
  const made = await run('site', 'sandbox', 'GAMMA', '--name', 'training', '--role', 'auditor')
  const target = join(live, 'sandboxes', 'training')
  expect(made).toMatchObject({ code: 0, ok: true, home: target, site: 'GAMMA', roles: ['auditor'] })
  expect(made).toMatchObject({ email: 'practice@training.invalid', milliseconds: expect.any(Number) })
  expect(await run('site', 'sandbox', 'GAMMA', '--name', 'training')).toMatchObject({ error: { code: 'SANDBOX_NAME' } })
  expect(await run('template', 'verify', '--home', target)).toMatchObject({ ok: true, releases: [{ problem: null }] })
  expect(await run('verify', '--home', target)).toMatchObject({ ok: true })
  expect(await run('site', 'list')).toMatchObject({ sites: [{ code: 'GAMMA' }] })
}, 120_000)
