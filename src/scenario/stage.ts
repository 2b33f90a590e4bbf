// The stage of one scenario: the product at work, the names so far, what was done, and how far the journal was read.
import { sql, transaction } from '#kernel/db'
import { same } from './compare.ts'
import type { Notebook } from './evidence.ts'
import { fail, shown } from './failure.ts'
import { entriesOf, type Mark, postedSince, readLedger, sameLedger, showLedger, stockOf } from './measure.ts'
import { type Named, type Names, namedAll, resolve } from './names.ts'
import type { Then } from './shape.ts'
import type { Site } from './site.ts'
import type { World } from './world.ts'

export type Stage = {
  readonly site: Site
  readonly world: World
  readonly names: Names
  /** Verbs that were done, for the look into the audit trail at the end. */
  readonly done: { verb: string; company: string; ids: readonly string[] }[]
  /** What of the journal was looked at, by company. */
  readonly read: Map<string, Mark>
  readonly notes: Notebook
  plant(statement: string): Promise<void>
}

/** Who reads what nobody may change: everything, in every company. */
const READER = 'auditor'

const ZONES: Readonly<Record<string, string>> = { ALPHA: 'America/New_York', BETA: 'Europe/Berlin' }

/** A stage with nothing done yet. */
export function stageOf(site: Site, world: World, notes: Notebook, plant: (statement: string) => Promise<void>): Stage {
  const names: Names = {
    made: new Map(),
    world: world.ids,
    now: site.now,
    timeZone: (company) => ZONES[company] ?? 'Etc/UTC',
    read: (named) => readDocument(site, named),
  }
  return { site, world, names, done: [], read: new Map(), notes, plant }
}

async function readDocument(site: Site, { id, document, company }: Named): Promise<unknown> {
  const path = `/api/${document.replaceAll('.', '/')}/${id}`
  const { status, body } = await site.ask({ as: READER, company, path })
  return status < 400 ? body : fail(`${READER} cannot read ${path}: ${shown(body)}`)
}

/** From here on, journal lines count: everything that is posted already is left out. */
export async function markLedger(stage: Stage): Promise<void> {
  for (const { code, id } of stage.world.companies) stage.read.set(code, await entriesOf(stage.site.kernel, id))
}

const companyId = (stage: Stage, code: string): number =>
  stage.world.companies.find((one) => one.code === code)?.id ?? fail(`there is no company ${code}`)

/** Compares what must hold after a step. `company` is whose stock and books are meant. */
export async function compareThen(stage: Stage, then: Then, company: string): Promise<void> {
  for (const [place, expected] of Object.entries(then.stock ?? {})) {
    const [warehouse = '', item = ''] = place.split(' ')
    const actual = await stockOf(stage.site.kernel, companyId(stage, company), { warehouse, item })
    noted(stage, `stock of ${item} in ${warehouse}`, actual, expected)
  }
  if (then.ledger !== undefined) await compareLedger(stage, then.ledgerOf ?? company, then.ledger)
  for (const [ref, expected] of Object.entries(then.documents ?? {})) {
    const [named] = namedAll(stage.names, ref)
    const actual = named ? await stage.names.read(named) : undefined
    noted(stage, ref, actual, await resolve(stage.names, company, expected))
  }
  for (const [ref, kinds] of Object.entries(then.holds ?? {})) {
    const [named] = namedAll(stage.names, ref)
    const actual = await openHolds(stage, companyId(stage, company), named?.id ?? '')
    noted(stage, `open holds of ${ref}`, actual, [...kinds].sort())
  }
}

const noted = (stage: Stage, place: string, actual: unknown, expected: unknown): void =>
  stage.notes.compare(place, actual, expected, () => same(place, actual, expected))

/** Compares what was posted since the last look, to the cent, and takes it as seen. */
export async function compareLedger(stage: Stage, company: string, expected: string): Promise<void> {
  const id = companyId(stage, company)
  const actual = await postedSince(stage.site.kernel, id, stage.read.get(company) ?? new Set())
  stage.notes.compare(`ledger of ${company}`, showLedger(actual), expected, () => {
    if (!sameLedger(actual, readLedger(expected)))
      fail(`the ledger should have ${expected} and has ${showLedger(actual)}`)
  })
  stage.read.set(company, await entriesOf(stage.site.kernel, id))
}

async function openHolds(stage: Stage, company: number, orderId: string): Promise<readonly string[]> {
  const rows = await transaction(stage.site.kernel.pool, { companies: [company] }, (tx) =>
    tx.rows(sql<{ kind: string }>`select distinct kind from sales.hold
      where company_id = ${company} and order_id = ${orderId}::uuid and released_at is null and voided_at is null order by kind`),
  )
  return rows.map((row) => row.kind)
}
