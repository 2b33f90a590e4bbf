// Suppliers and customers of the demo, brought in as the template wants it: asked for, reviewed and approved by three people.
import { Type } from '@sinclair/typebox'
import { sql } from '#kernel/db'
import { backorderRuleFor, positionOf, type Template } from '../../setup/index.ts'
import type { Desk } from '../desk.ts'
import { expectShape } from '../expect.ts'
import { type Customer, companiesIn, type DemoFiles } from '../files.ts'
import { refuse } from '../refusals.ts'

/** The day on which the masters were entered: before the first story. */
export const MASTERS_DAY = -200

/** Since when the blocked ones wait for the steward. */
const QUEUE_DAY = -6

type Team = { readonly requests: string; readonly supplies: string }
/** Who asks for partners in each company. */
const TEAMS: Readonly<Record<string, Team>> = {
  ALPHA: { requests: 'ana', supplies: 'iris' },
  BETA: { requests: 'petra', supplies: 'tomas' },
}
const STEWARD = 'maya'
const CREDIT = 'erin'

const doing = (company: string, by: string, key: string, reason?: string) => ({
  company,
  by,
  day: MASTERS_DAY,
  key: `${key} ${company}`,
  reason,
})

/** A text that a file leaves empty is not given at all. */
const given = (text: string): string | undefined => (text === '' ? undefined : text)
const filled = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** The party's id by code, as its first company got it. */
export type PartyIds = Map<string, string>

export async function loadSuppliers(desk: Desk, files: DemoFiles, parties: PartyIds): Promise<void> {
  for (const [company, team] of Object.entries(TEAMS)) {
    const own = files.suppliers.filter((one) => companiesIn(one.companies).includes(company))
    const { currency } = desk.company(company)
    const input = own.map((one) =>
      filled({
        code: one.code,
        name: one.name,
        country: one.country,
        city: one.city,
        postcode: given(one.postcode),
        email: one.email,
        currency: one.currency === currency ? currency : one.currency,
        term: one.payment_term,
        leadTimeDays: Number(one.lead_days),
      }),
    )
    const asked = doing(company, team.supplies, 'suppliers requested')
    const { ids } = await desk.create('party.supplier.request', asked, input)
    const settled = await settle(desk, { company, name: 'suppliers', codes: own.map((one) => one.code), ids, parties })
    await desk.act('party.supplier.approve', doing(company, STEWARD, 'suppliers approved'), settled)
  }
}

type Asked = { company: string; name: string; codes: readonly string[]; ids: readonly string[]; parties: PartyIds }
type Case = { id: string; proposed_id: string; resembles_id: string }

/**
 * The steward decides what the comparison stopped: a partner whom the other company deals with already is the same one,
 * whatever else was stopped is another. Returns the ids under which the partners stand now, in order.
 */
async function settle(desk: Desk, { company, name, codes, ids, parties }: Asked): Promise<readonly string[]> {
  const cases = (states: readonly string[]) =>
    desk.read<Case>(
      company,
      sql`select id, proposed_id, resembles_id from party.duplicate
        where company_id = ${desk.company(company).id} and proposed_id = any(${ids}::uuid[]) and state = any(${states}::text[]) order by id`,
    )
  const known = new Map(ids.map((id, at) => [id, parties.get(codes[at] ?? '')]))
  const same = (await cases(['open', 'same'])).filter((one) => known.get(one.proposed_id) === one.resembles_id)
  const byId = new Map(same.map((one) => [one.proposed_id, one.resembles_id]))
  if (same.length > 0) {
    await desk.act(
      'party.duplicate.same',
      doing(company, STEWARD, `${name} are the same`),
      same.map((one) => one.id),
    )
  }
  const other = await cases(['open', 'different'])
  if (other.length > 0) {
    const why = 'Compared by hand: two companies with similar names'
    await desk.act(
      'party.duplicate.different',
      doing(company, STEWARD, `${name} are different`, why),
      other.map((one) => one.id),
    )
  }
  const settled = ids.map((id) => byId.get(id) ?? id)
  for (const [at, code] of codes.entries()) parties.set(code, settled[at] ?? '')
  return settled
}

export async function loadCustomers(
  desk: Desk,
  template: Template,
  files: DemoFiles,
  parties: PartyIds,
): Promise<void> {
  const planted = new Map(files.duplicates.map((one) => [one.customer, one.expect]))
  for (const company of Object.keys(TEAMS)) {
    const own = files.customers.filter((one) => companiesIn(one.companies).includes(company))
    const honest = own.filter((one) => !planted.has(one.code))
    const waves: readonly (readonly [string, readonly Customer[]])[] = [
      ['customers', honest.filter((one) => one.parent === '')],
      ['branches', honest.filter((one) => one.parent !== '')],
    ]
    for (const [name, wave] of waves) {
      const ids = await request(desk, template, { company, name, wave, parties })
      await admit(desk, company, name, ids)
    }
    await plant(desk, template, files, { company, parties, wave: own.filter((one) => planted.has(one.code)) })
    const admitted = own.filter((one) => planted.get(one.code) !== 'blocked')
    await loadShipTos(desk, template, files, company, admitted)
  }
}

type Wave = { company: string; name: string; wave: readonly Customer[]; parties: PartyIds }

async function request(
  desk: Desk,
  template: Template,
  { company, name, wave, parties }: Wave,
): Promise<readonly string[]> {
  const { ids } = await desk.create(
    'party.customer.request',
    doing(company, TEAMS[company]?.requests ?? '', `${name} requested`),
    wave.map((one) => requestOf(desk, template, company, one)),
  )
  return await settle(desk, { company, name, codes: wave.map((one) => one.code), ids, parties })
}

function requestOf(desk: Desk, template: Template, company: string, one: Customer): object {
  const { currency, taxArea } = desk.company(company)
  return filled({
    code: one.code,
    name: one.name,
    country: one.country,
    taxId: given(one.tax_id),
    street: one.street,
    city: one.city,
    postcode: one.postcode,
    phone: given(one.phone),
    email: one.email,
    parent: given(one.parent),
    group: one.price_group,
    class: one.class,
    currency,
    term: one.payment_term,
    taxPosition: positionOf(template, taxArea, { country: one.country, taxId: one.tax_id }),
    backorderRule: backorderRuleFor(template, one.class),
  })
}

async function admit(desk: Desk, company: string, name: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await desk.act('party.customer.review-credit', doing(company, CREDIT, `${name} reviewed`), ids)
  await desk.act('party.customer.approve', doing(company, STEWARD, `${name} approved`), ids)
}

async function loadShipTos(
  desk: Desk,
  template: Template,
  files: DemoFiles,
  company: string,
  customers: readonly Customer[],
): Promise<void> {
  const { taxArea } = desk.company(company)
  const byCode = new Map(customers.map((one) => [one.code, one]))
  const own = files.shipTos.filter((one) => byCode.has(one.customer))
  const input = own.map((one) => {
    const taxId = byCode.get(one.customer)?.tax_id
    const [opens, closes] = one.delivery_window.split('-')
    return filled({
      customer: one.customer,
      code: one.code,
      name: one.name,
      country: one.country,
      street: one.street,
      city: one.city,
      postcode: one.postcode,
      taxPosition: positionOf(template, taxArea, { country: one.country, taxId: taxId ?? null }),
      opensAt: opens,
      closesAt: closes,
      receivingNote: given(one.receiving_note),
    })
  })
  const { ids } = await desk.create('party.ship-to.add', doing(company, STEWARD, 'ship-tos'), input)
  for (const [at, one] of own.entries()) {
    if (one.active === 'yes') continue
    const closing = doing(company, STEWARD, `ship-to closed ${one.customer} ${one.code}`, one.reason)
    await desk.act('party.ship-to.close', { ...closing, day: -30 }, [ids[at] ?? ''])
  }
  const contacts = customers.map((one) =>
    filled({ party: one.code, name: one.contact, role: 'Purchasing', email: one.email, phone: given(one.phone) }),
  )
  await desk.create('party.contact.add', doing(company, STEWARD, 'contacts'), contacts)
}

/** What a request says about whom it resembles. */
const Compared = Type.Object({
  customers: Type.Array(
    Type.Object({
      held: Type.Boolean(),
      resembles: Type.Array(Type.Object({ who: Type.Union([Type.String(), Type.Null()]) })),
    }),
  ),
})

/** The planted ones come last: each must be found, held where it is one that we know, and only warned about where it is not. */
async function plant(
  desk: Desk,
  template: Template,
  files: DemoFiles,
  { company, wave, parties }: Omit<Wave, 'name'>,
): Promise<void> {
  for (const one of wave) {
    const expected = files.duplicates.find((pair) => pair.customer === one.code)
    const asked = doing(company, TEAMS[company]?.requests ?? '', `planted ${one.code}`)
    const answer = await desk.create(
      'party.customer.request',
      { ...asked, day: expected?.expect === 'blocked' ? QUEUE_DAY : MASTERS_DAY },
      [requestOf(desk, template, company, one)],
    )
    const [likeness] = expectShape(Compared, answer.result).customers
    const seen = likeness?.resembles.some((other) => other.who === expected?.['looks-like'])
    const found = !seen ? 'not seen' : likeness?.held ? 'blocked' : 'warned'
    if (found !== expected?.expect) {
      refuse('DEMO_STORY_UNFINISHED', { story: `planted duplicate ${one.code}`, expected: expected?.expect, found })
    }
    if (found === 'warned') {
      parties.set(one.code, answer.ids[0] ?? '')
      await admit(desk, company, `planted ${one.code}`, answer.ids)
    }
  }
}
