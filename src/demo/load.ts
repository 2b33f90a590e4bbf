// Loads the demo enterprise through the real verbs: companies, people, masters, opening stock, then its stories day by day.
import { openAccess } from '#kernel/access'
import { SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { modules } from '../modules/index.ts'
import { productPermissions, readTemplate } from '../setup/index.ts'
import { openDesk } from './desk.ts'
import { setUpDemoCompanies } from './enterprise.ts'
import { type DemoFiles, readDemo } from './files.ts'
import { type Marker, newMarker, readMarker, writeMarker } from './marker.ts'
import { loadCredit } from './masters/credit.ts'
import { loadItems } from './masters/items.ts'
import { closePeriods, loadExemptions, loadRates } from './masters/money.ts'
import { loadCustomers, loadSuppliers, type PartyIds } from './masters/parties.ts'
import { loadPrices } from './masters/prices.ts'
import { loadStock } from './masters/stock.ts'
import { checkOutcomes } from './outcome.ts'
import { makePeople } from './people.ts'
import { loadProgramme } from './programme.ts'
import { refuse } from './refusals.ts'
import { loadRollout, PUBLISHER } from './rollout.ts'
import { tellStories } from './stories.ts'
import { loadTalk, readWhatIsPast } from './talk.ts'

/** Somebody of the demo, with the password or API key that everybody may know. */
export type DemoSignIn = {
  readonly email: string
  readonly password: string
  readonly name: string
  readonly does: string
}

export type DemoProgress = {
  readonly step: string
  readonly text: string
  readonly done?: number
  readonly total?: number
}

export type DemoOptions = {
  readonly now: Date
  /** The template's folder; the one that comes with the product unless given. */
  readonly folder?: string
  readonly onProgress?: (news: DemoProgress) => void
}

/**
 * Loads the demo into an empty database, or finishes a load that was interrupted: every step has a key, so that what was
 * done is not done twice. Days are counted from the day on which the load began. Refuses DEMO_REFUSED when the database
 * holds anything else, and DEMO_STORY_FAILED or DEMO_STORY_UNFINISHED when a story does not go as it is written.
 */
export async function loadDemo(kernel: Kernel, options: DemoOptions): Promise<readonly DemoSignIn[]> {
  const { onProgress = () => undefined } = options
  const template = readTemplate(options.folder)
  const files = readDemo(template)
  const before = await readMarker(kernel)
  if (!before) await refuseUsed(kernel)
  const marker = before ?? newMarker(options.now)
  if (!before) await writeMarker(kernel, marker)
  if (marker.finished) return signInsOf(files, marker)
  const now = new Date(marker.startedAt)
  const permissions = productPermissions(modules)
  onProgress({ step: 'demo', text: 'Setting up the demo companies' })
  const companies = await setUpDemoCompanies(kernel, template, files, { now, permissions })
  const access = openAccess(kernel, { clock: () => now })
  const { people, apiKey } = await makePeople({ access, now, companies, marker }, files.users)
  const atDesks = new Map([...people, [PUBLISHER, SYSTEM] as const])
  const desk = openDesk({ kernel, access, modules, now, companies, people: atDesks })
  await loadRollout(desk, template, files)
  const parties: PartyIds = new Map()
  await loadRates(desk, files)
  await loadSuppliers(desk, files, parties)
  await loadCustomers(desk, template, files, parties)
  await loadExemptions(desk, template, files)
  await loadCredit(desk, template, files, parties)
  onProgress({ step: 'demo', text: 'Loading items and prices' })
  await loadItems(desk, files)
  await loadPrices(desk, template, files)
  onProgress({ step: 'demo', text: 'Loading opening stock' })
  await loadStock(desk, files)
  const told = await tellStories(desk, files, (done, total) =>
    onProgress({ step: 'demo', text: 'Telling the stories', done, total }),
  )
  await checkOutcomes(desk, told)
  await loadTalk(desk, told)
  await readWhatIsPast(desk, files.users)
  await loadProgramme(desk, template)
  await closePeriods(
    desk,
    files,
    companies.map((one) => one.code),
  )
  const finished: Marker = { ...marker, apiKey, finished: true }
  await transaction(kernel.pool, { companies: [] }, (tx) => tx.run(sql`select kernel.refresh_statistics()`))
  await writeMarker(kernel, finished)
  return signInsOf(files, finished)
}

/** What `serve` asks: the sign-ins of a finished demo, and whether one was begun and not finished. */
export async function demoState(kernel: Kernel): Promise<{ signIns: readonly DemoSignIn[]; started: boolean }> {
  const marker = await readMarker(kernel)
  if (!marker) return { signIns: [], started: false }
  if (!marker.finished) return { signIns: [], started: true }
  const there = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ email: string }>`select lower(email) as email from access.account`),
  )
  // A home that an earlier version loaded lacks the people who came later: nobody is sent to a door that stays shut.
  const known = new Set(there.map((one) => one.email))
  const signIns = signInsOf(readDemo(readTemplate()), marker)
  return { signIns: signIns.filter((one) => known.has(one.email.toLowerCase())), started: false }
}

const signInsOf = (files: DemoFiles, marker: Marker): readonly DemoSignIn[] =>
  files.users.map((user) => ({
    email: user.email,
    password: user.key ? (marker.apiKey ?? '') : marker.password,
    name: user.name,
    does: `${user.role} in ${user.companies.join(', ')}`,
  }))

async function refuseUsed(kernel: Kernel): Promise<void> {
  const row = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(
      sql<{
        people: string
        companies: string
      }>`select (select count(*) from access.account)::text as people, (select count(*) from company.ids())::text as companies`,
    ),
  )
  if (row?.people !== '0' || row.companies !== '0') {
    refuse('DEMO_REFUSED', { what: `${row?.companies} companies and ${row?.people} accounts` })
  }
}
