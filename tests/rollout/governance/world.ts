// Two sites of one company and one of another, people on every seat, and a way to call any verb of the rollout as one of them.
import { randomUUID } from 'node:crypto'
import { KERNEL_CONFIGURATION } from '#kernel/access/configuration'
import type { Command } from '#kernel/command'
import { kindsOf } from '#kernel/configuration'
import type { Context } from '#kernel/context'
import { checkModules, type ModuleSpec, module } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { verify } from '#kernel/verify'
import { modules } from '../../../src/modules/index.ts'
import { checklistPart } from '../../../src/rollout/checklist/part.ts'
import { deviationPart } from '../../../src/rollout/deviation/part.ts'
import { discoveryPart } from '../../../src/rollout/discovery/part.ts'
import { extensionPart } from '../../../src/rollout/extension/part.ts'
import { fitgapPart } from '../../../src/rollout/fitgap/part.ts'
import type { Sources } from '../../../src/rollout/gate/paper/content.ts'
import { type Drifted, type GateTools, gatePart, ownCriteria } from '../../../src/rollout/gate/part.ts'
import { outcomePart } from '../../../src/rollout/governance/outcome/part.ts'
import { governancePart } from '../../../src/rollout/governance/part.ts'
import { policy, seatKey } from '../../../src/rollout/governance/policy.ts'
import { reviewPart, reviewsMissed } from '../../../src/rollout/governance/review/part.ts'
import { codesMapped } from '../../../src/rollout/onboarding/coverage.ts'
import { onboardingPart } from '../../../src/rollout/onboarding/part.ts'
import { figuresOf } from '../../../src/rollout/pilot/figures.ts'
import { pilotPart } from '../../../src/rollout/pilot/part.ts'
import { testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../../support/world.ts'

export { ALPHA, BETA }

/** The day on which everything happens unless a test says another. */
export const DAY = '2026-03-02'

/** What differs at which site without an approval; a test writes into it what it wants to be seen. */
export const drifted = new Map<string, Drifted[]>()

const business: readonly ModuleSpec[] = modules.filter((one) => one.name !== 'rollout')

/** The payment terms of the company stand for its configuration. */
export const sources: Sources = {
  modules: business,
  live: (tx, companyId) =>
    tx.rows({
      text: [
        "select 'party.term' as kind, code as key, jsonb_build_object('name', name, 'dueDays', due_days) as fields from party.term where company_id = ",
        ' order by code',
      ],
      values: [companyId],
    }),
}

/** The kinds of configuration of the product, and what gates are evaluated with. */
export const kinds = kindsOf([{ name: 'kernel', documents: [], configuration: KERNEL_CONFIGURATION }, ...business])
export const gateTools: GateTools = {
  ...sources,
  drift: async (_, { siteId }) => drifted.get(siteId) ?? [],
  more: [codesMapped(kinds), reviewsMissed(kinds)],
}

const parts = [
  governancePart,
  deviationPart(kinds),
  discoveryPart,
  fitgapPart(business),
  extensionPart,
  checklistPart(kinds, ownCriteria(gateTools)),
  onboardingPart(kinds),
  pilotPart(business),
  reviewPart(kinds, gateTools),
  outcomePart(figuresOf(business)),
  gatePart(gateTools),
]

/** The module `rollout` of these parts alone. */
export const rollout: ModuleSpec = module('rollout', {
  needs: [],
  documents: parts.flatMap((one) => one.documents),
  commands: parts.flatMap((one) => one.commands),
  queries: parts.flatMap((one) => one.queries),
  invariants: parts.flatMap((one) => one.invariants),
})
checkModules([...business, rollout])

export type Person = ReturnType<typeof person>
export type Rollout = Awaited<ReturnType<typeof openRollout>>
type Options = { who?: Person; today?: string; reason?: string; companyId?: number; key?: string }

/** Lays everything down. Sites LYON and TURIN are of ALPHA, BERLIN is of BETA; all are in discovery. */
export async function openRollout() {
  const { kernel, admin, url } = await testDatabase()
  await layCompanies(admin)
  const release = randomUUID()
  await admin.query(
    `insert into rollout.release (id, number, state, template, files, hash, notes, released_by, created_at, updated_at)
     values ($1, '3.2.0', 'released', 'reference', '{}', sha256('x'), 'test', $1, now(), now())`,
    [release],
  )
  const sites = { LYON: randomUUID(), TURIN: randomUUID(), BERLIN: randomUUID() }
  for (const [code, company, scope] of [
    ['LYON', ALPHA, 'company'],
    ['TURIN', ALPHA, 'enterprise'],
    ['BERLIN', BETA, 'company'],
  ] as const) {
    await admin.query(
      `insert into rollout.site (company_id, id, code, name, kind, scope, wave, owner, state, release_id, parameters, created_at, updated_at)
       values ($1, $2, $3, initcap($3), 'branch', $4, 1, 'Rita', 'discovery', $5, '{}', now(), now())`,
      [company, sites[code], code, scope, release],
    )
  }
  const people = new Map<string, Person>()
  /** A person with every permission of the rollout, so that only seats and rules stand in his way. */
  const somebody = async (name: string): Promise<Person> => {
    const found = people.get(name)
    if (found) return found
    const made = person(
      name,
      rollout.commands.map((one) => one.verb.may).concat(rollout.queries.map((one) => one.may)),
      { companyId: null },
    )
    await admin.query(
      `insert into access.account (id, email, name, kind, created_at) values ($1, $2, $3, 'person', now())`,
      [made.id, `${name.toLowerCase().replaceAll(' ', '.')}@example.com`, name],
    )
    people.set(name, made)
    return made
  }
  const context = (options: Options = {}): Context => {
    const today = options.today ?? DAY
    return contextOf({
      today,
      now: new Date(`${today}T15:00:00Z`),
      ...(options.who ? { principal: options.who } : {}),
      ...(options.companyId ? { companyId: options.companyId } : {}),
      ...(options.reason ? { reason: options.reason } : {}),
      ...(options.key ? { key: options.key } : {}),
    })
  }
  const commandOf = (may: string): Command => {
    const found = rollout.commands.find((one) => one.verb.may === may)
    if (!found) throw new Error(`no verb ${may}`)
    return found
  }
  const create = (may: string, input: unknown, options?: Options) =>
    commandOf(may).run(kernel, context(options), { input: Array.isArray(input) ? input : [input] })
  const made = async (may: string, input: unknown, options?: Options): Promise<string> =>
    (await create(may, input, options)).ids[0] ?? ''
  const act = (may: string, id: string, input: unknown = {}, options?: Options) =>
    commandOf(may).run(kernel, context(options), { ids: [id], input })
  const ask = async <Row>(name: string, parameters: unknown = {}, options?: Options): Promise<Row[]> => {
    const found = rollout.queries.find((one) => one.name === name)
    if (!found) throw new Error(`no question ${name}`)
    return await found.ask<Row>(kernel, context(options), parameters)
  }
  const see = async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows[0]
  /** Appoints one person to every seat, each seat its own, named for it: 'executive sponsor', 'data owner price'. */
  const seatAll = async () => {
    for (const one of policy().seats) {
      const holder = await somebody(seatKey(one).replaceAll('-', ' '))
      await create('rollout.seat.appoint', { seat: seatKey(one), person: holder.id, from: '2026-01-01' })
    }
  }
  return { kernel, admin, url, sites, somebody, context, create, made, act, ask, see, seatAll }
}

/** How many breaches an invariant of the rollout finds. */
export async function breaches(r: Rollout, id: string): Promise<number> {
  const wanted = rollout.invariants.filter((one) => one.id === id)
  if (wanted.length !== 1) throw new Error(`no invariant ${id}`)
  const { checks } = await verify(r.kernel.pool, [ALPHA, BETA], wanted)
  return checks.reduce((sum, one) => sum + one.breaches, 0)
}

/** The code of the refusal, or '-' when it was done. */
export async function refusal(done: Promise<unknown>): Promise<string> {
  try {
    await done
    return '-'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
