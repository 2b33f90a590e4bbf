// Turns a copied database into one to practise on: personal data masked wherever it stands, nobody's password good any
// more, machines locked out, waiting work dropped, a history that is sealed anew, and companies that say what they are.
import pg from 'pg'
import { refusals } from '#kernel/refusal'
import { masksFor } from './mask.ts'
import { PERSONAL, type Personal, type Sort, WRITTEN } from './personal.ts'
import { LEFT_OUT, type Replacer, replacerOf } from './replace.ts'
import { inPages, quoted, rewrite, tablesOf } from './tables.ts'

export const refuse = refusals({
  SANDBOX_LEAKS: {
    text: 'The copy still holds personal data in {table}. It was thrown away; report which table it was, and make no other until that is mended.',
    retry: 'no',
  },
})

export type MaskGiven = {
  /** The copy, as its owner; a superuser, as rules of the tables must not note what is masked. */
  readonly ownerUrl: string
  /** What masks follow from; the same key gives the same masks. */
  readonly key: Buffer
  readonly name: string
  readonly site: string
  readonly now: Date
  readonly progress?: (done: number, total: number) => void
}

/** What is published has a hash and a signature, and holds no personal data. */
const PUBLISHED = 'rollout.release'
/** What a copy has no use for: sign-ins, answers to requests of others, seals of the original's history. */
const DROPPED = [
  'access.session',
  'access.setup_token',
  'kernel.idempotency',
  'kernel.audit_seal',
  'kernel.audit_checkpoint',
  'kernel.audit_frontier',
]

/** Masks and disarms, in one transaction. Answers how many values were masked. Refuses SANDBOX_LEAKS. */
export async function makeSandbox(given: MaskGiven): Promise<number> {
  const owner = new pg.Client({ connectionString: given.ownerUrl })
  await owner.connect()
  try {
    await owner.query('begin')
    await owner.query('set local session_replication_role = replica')
    await owner.query(
      `select set_config('tw.companies', coalesce((select string_agg(c::text, ',') from kernel.every_company() c), ''), true)`,
    )
    await owner.query(`truncate ${DROPPED.join(', ')}`)
    const masks = await masksOf(owner, given.key)
    const replacer = replacerOf(masks, await commonWords(owner))
    await maskAll(owner, masks, replacer, given.progress)
    await disarm(owner, given, masks.size)
    await refuseLeaks(owner, replacer)
    await owner.query('commit')
    return masks.size
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await owner.end()
  }
}

/** Every value of the columns with personal data, with its mask, and what people wrote, which is left out. */
async function masksOf(owner: pg.Client, key: Buffer): Promise<ReadonlyMap<string, string>> {
  const masks = new Map(masksFor(key, await valuesOf(owner, PERSONAL)))
  for (const { value } of await valuesOf(owner, WRITTEN))
    if (value.trim() !== '' && value !== LEFT_OUT) masks.set(value, LEFT_OUT)
  return masks
}

/** The different values of these columns. Machines have names of their own, which are nobody's. */
async function valuesOf(owner: pg.Client, all: readonly Personal[]): Promise<{ value: string; sort: Sort }[]> {
  const values: { value: string; sort: Sort }[] = []
  for (const { table, column, sort } of all) {
    const people = table === 'access.account' ? ` and kind = 'person'` : ''
    const { rows } = await owner.query<{ value: string }>(
      `select distinct ${quoted(column)} as value from ${quoted(table)} where ${quoted(column)} is not null${people}`,
    )
    values.push(...rows.map((row) => ({ value: row.value, sort })))
  }
  return values
}

/** The words of the published template: whose name is one of them is not known by it. */
async function commonWords(owner: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await owner.query<{ text: string }>('select files::text as text from rollout.release')
  return new Set(rows.flatMap((row) => row.text.match(/[\p{L}\p{N}]+/gu) ?? []))
}

async function maskAll(
  owner: pg.Client,
  masks: ReadonlyMap<string, string>,
  replacer: Replacer,
  progress: MaskGiven['progress'],
): Promise<void> {
  const own = new Set(PERSONAL.map((one) => `${one.table}.${one.column}`))
  const written = new Set(WRITTEN.map((one) => `${one.table}.${one.column}`))
  const tables = await tablesOf(owner)
  for (const [at, table] of tables.entries()) {
    if (table.name !== PUBLISHED)
      await rewrite(owner, table, (column, value) => {
        const place = `${table.name}.${column}`
        if (written.has(place)) return value === '' ? value : LEFT_OUT
        return own.has(place) ? (masks.get(value) ?? value) : replacer.replace(value)
      })
    progress?.(at + 1, tables.length)
  }
  await owner.query('update party.party set normal_name = party.normal_name(name)')
  // A leaf is the hash of its payload: the history is the copy's own from here on, and its worker seals it anew.
  await owner.query(
    `update kernel.audit set leaf = sha256('\\x00'::bytea || convert_to(payload, 'UTF8')) where leaf <> sha256('\\x00'::bytea || convert_to(payload, 'UTF8'))`,
  )
}

/** Nothing of the copy acts on the world outside, and nobody takes it for the original. */
async function disarm(owner: pg.Client, { name, site, now }: MaskGiven, masked: number): Promise<void> {
  await owner.query(`update access.account set password_hash = null, failed_attempts = 0, locked_until = null`)
  await owner.query('update access.api_key set revoked_at = coalesce(revoked_at, $1)', [now])
  await owner.query(
    `update kernel.job set state = 'done', finished_at = $1, problem = 'left undone in a sandbox' where state = 'waiting'`,
    [now],
  )
  // Nobody knows whom the files that people keep name: what is in them is left out too.
  await owner.query(
    `update kernel.attachment set bytes = convert_to($1, 'UTF8'), size = octet_length($1), sha256 = sha256(convert_to($1, 'UTF8')), media_type = 'text/plain'
      where bytes is not null`,
    [LEFT_OUT],
  )
  // The sign-ins of a demo, none of which is good any more.
  await owner.query('delete from kernel.demo')
  await owner.query(`update company.company set name = left('SANDBOX ' || $1 || ' · ' || name, 200)`, [name])
  await owner.query('insert into kernel.sandbox (name, site, made_at, masked) values ($1, $2, $3, $4)', [
    name,
    site,
    now,
    masked,
  ])
}

/** Looks through every row of every table as text, whatever its columns are. */
async function refuseLeaks(owner: pg.Client, replacer: Replacer): Promise<void> {
  for (const { name } of await tablesOf(owner)) {
    if (name === PUBLISHED) continue
    await inPages(owner, `select t::text from only ${quoted(name)} t`, async (rows) => {
      for (const [text] of rows) if (text && replacer.find(text) !== undefined) refuse('SANDBOX_LEAKS', { table: name })
    })
  }
}
