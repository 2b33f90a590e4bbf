// Random roles and random histories: the simulation finds what a brute-force check finds, and no document has one pair of hands on both sides.
import { beforeAll, describe, expect, test } from 'vitest'
import { type Clash, clashes } from '#kernel/access/clashes'
import { command, creation } from '#kernel/command'
import type { Context } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import { document, f } from '#kernel/document'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import { invariants } from '../../../src/rollout/separation/invariants.ts'
import { readTemplate } from '../../../src/setup/template.ts'
import { writeRolePermissions, writeRoles, writeSeparations } from '../../../src/setup/write/access-tables.ts'
import { type TestDatabase, testDatabase } from '../../support/database.ts'
import { ALPHA, BETA, contextOf, layCompanies, person } from '../../support/world.ts'

const TODAY = '2026-03-02'
const SEED = Number(process.env.SEED ?? 20_260_302)

/** A small generator with a seed, so that a failure can be had again. */
function dice(seed: number) {
  let state = seed >>> 0
  const roll = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
  const pick = <X>(from: readonly X[]): X => from[roll(from.length)] as X
  const some = <X>(from: readonly X[], most: number): X[] => [
    ...new Set(Array.from({ length: roll(most + 1) }, () => pick(from))),
  ]
  return { roll, pick, some }
}

type Pair = { id: string; left: readonly string[]; right: readonly string[] }
type Given = { account: string; role: string; companyId: number | null; startsOn: string | null; endsOn: string | null }

let database: TestDatabase
const template = readTemplate()
beforeAll(async () => {
  database = await testDatabase()
  await layCompanies(database.admin)
  await transaction(database.kernel.pool, { companies: [0] }, async (tx) => {
    await writeRoles(tx, template)
    await writeRolePermissions(tx, template)
    await writeSeparations(tx, template)
  })
})

describe('the simulation', () => {
  const pairs: readonly Pair[] = template.separations.pairs
    .filter((one) => one.checked === 'person')
    .map((one) => ({ id: one.id, left: one.first, right: one.second }))
  const named = [...new Set(pairs.flatMap((one) => [...one.left, ...one.right]))]
  const DAYS = [null, '2026-02-01', '2026-03-02', '2026-04-01', '2026-05-01']

  /** What SQL is held against: one permission after the other, one pair after the other. */
  function bruteForce(
    asked: { account: string; role: string; companyId: number | null; startsOn: string | null; endsOn: string | null },
    held: readonly Given[],
    roles: ReadonlyMap<string, readonly string[]>,
    waived: ReadonlySet<string>,
  ) {
    const from = asked.startsOn !== null && asked.startsOn > TODAY ? asked.startsOn : TODAY
    const added = roles.get(asked.role) ?? []
    const old: string[] = []
    for (const one of held) {
      if (one.account !== asked.account || one.role === asked.role) continue
      if (one.companyId !== null && asked.companyId !== null && one.companyId !== asked.companyId) continue
      if (one.endsOn !== null && one.endsOn < from) continue
      if (one.startsOn !== null && asked.endsOn !== null && one.startsOn > asked.endsOn) continue
      old.push(...(roles.get(one.role) ?? []))
    }
    const found: string[] = []
    for (const { id, left, right } of pairs) {
      let clash = false
      for (const one of added) {
        for (const other of [...added, ...old]) {
          if (one === other) continue
          if (left.includes(one) && right.includes(other)) clash = true
          if (right.includes(one) && left.includes(other)) clash = true
        }
      }
      if (clash) found.push(`${id} ${waived.has(`${asked.account} ${id}`) ? 'waived' : 'open'}`)
    }
    return found.sort()
  }

  test('SEC-04, SEC-05: for random roles, grants and waivers it finds exactly the pairs that a brute-force check finds', async () => {
    const { roll, pick, some } = dice(SEED)
    let clashing = 0
    let clean = 0
    for (let round = 0; round < 12; round++) {
      const roles = new Map(Array.from({ length: 8 }, (_, at) => [`r${round}-${at}`, some(named, 5)] as const))
      const accounts = Array.from({ length: 4 }, () => newId())
      const held: Given[] = []
      const waived = new Set<string>()
      await transaction(database.kernel.pool, { companies: [0] }, async (tx) => {
        for (const [role, permissions] of roles) {
          await tx.run(sql`insert into access.role (code, name) values (${role}, ${role})`)
          await tx.run(sql`insert into access.role_permission select ${role}, unnest(${permissions}::text[])`)
        }
        for (const account of accounts) {
          await tx.run(
            sql`insert into access.account (id, email, name, created_at) values (${account}, ${account}, ${account}, now())`,
          )
          for (const role of some([...roles.keys()], 3)) {
            const one: Given = {
              account,
              role,
              companyId: pick([null, ALPHA, ALPHA, BETA]),
              startsOn: pick(DAYS),
              endsOn: pick(DAYS),
            }
            held.push(one)
            await tx.run(sql`insert into access.role_grant (id, account_id, role, company_id, starts_on, ends_on)
              values (${newId()}, ${account}, ${role}, ${one.companyId}, ${one.startsOn}, ${one.endsOn})`)
          }
          const rule = pick(pairs).id
          const valid = roll(2) === 0
          const where = pick([null, ALPHA])
          if (valid) waived.add(`${account} ${rule}`)
          await tx.run(sql`insert into access.separation_waiver (id, separation_id, account_id, reason, approved_by, expires_on, holds_in)
            values (${newId()}, ${rule}, ${account}, 'r', ${newId()}, ${valid ? '2026-03-02' : '2026-03-01'}, ${valid ? where : null})`)
        }
      })
      for (const account of accounts) {
        for (const role of roles.keys()) {
          const asked = { account, role, companyId: ALPHA, startsOn: pick(DAYS), endsOn: pick(DAYS) }
          const { account: accountId, ...rest } = asked
          const found = await transaction(database.kernel.pool, { companies: [ALPHA] }, (tx) =>
            tx.rows(clashes({ ...rest, accountId, today: TODAY })),
          )
          const said = found.map((one: Clash) => `${one.separation} ${one.waived ? 'waived' : 'open'}`).sort()
          expect(said, `seed ${SEED}, ${JSON.stringify(asked)}`).toEqual(bruteForce(asked, held, roles, waived))
          if (said.length > 0) clashing++
          else clean++
          for (const one of found) {
            const rule = pairs.find((pair) => pair.id === one.separation)
            expect(
              one.first.every((side) => rule?.left.includes(side.permission)) &&
                one.second.every((side) => rule?.right.includes(side.permission)),
            ).toBe(true)
          }
        }
      }
    }
    expect(Math.min(clashing, clean), 'both kinds were met').toBeGreaterThan(50)
  }, 120_000)

  test('SEC-04: the template’s own roles: what a grid of all pairs of roles says, by permission', async () => {
    const account = newId()
    await database.admin.query('insert into access.account (id, email, name, created_at) values ($1, $2, $2, now())', [
      account,
      `${account}@x`,
    ])
    const roles = new Map(template.roles.roles.map((one) => [one.role, one.permissions] as const))
    for (const first of roles.keys()) {
      await database.admin.query('delete from access.role_grant where account_id = $1', [account])
      await database.admin.query(
        'insert into access.role_grant (id, account_id, role, company_id) values ($1, $2, $3, 1)',
        [newId(), account, first],
      )
      const held: Given[] = [{ account, role: first, companyId: ALPHA, startsOn: null, endsOn: null }]
      for (const second of roles.keys()) {
        const found = await transaction(database.kernel.pool, { companies: [ALPHA] }, (tx) =>
          tx.rows(clashes({ accountId: account, role: second, companyId: ALPHA, today: TODAY })),
        )
        const asked = { account, role: second, companyId: ALPHA, startsOn: null, endsOn: null }
        expect(
          found.map((one) => `${one.separation} open`),
          `${first} and ${second}`,
        ).toEqual(bruteForce(asked, held, roles, new Set()))
      }
    }
  }, 60_000)
})

describe('on documents', () => {
  const STEPS = ['write', 'check', 'book', 'pay'] as const
  const slip = document('probe.slip', {
    label: 'Slip',
    role: 'transaction',
    table: 'probe.slip',
    numbered: 'number',
    fields: { number: f.code(), folder: f.ref('probe.folder', { column: 'folder_id', optional: true }) },
    states: ['open'],
    list: { columns: ['number'], search: ['number'], sort: 'number' },
    verbs: {
      write: { from: null, to: 'open' },
      check: { from: ['open'], to: 'open' },
      book: { from: ['open'], to: 'open' },
      pay: { from: ['open'], to: 'open' },
    },
  })
  const write = creation(slip.verbs.write, T.object({}), async ({ tx, ids, now }) => {
    await tx.run(
      sql`insert into probe.slip (company_id, id, number, state, updated_at) select 1, i, i::text, 'open', ${now} from unnest(${ids}::uuid[]) i`,
    )
  })
  const steps = {
    check: command(slip.verbs.check, T.object({}), async () => undefined),
    book: command(slip.verbs.book, T.object({}), async () => undefined),
    pay: command(slip.verbs.pay, T.object({}), async () => undefined),
  }
  const RULES = [
    ['P-1', ['probe.slip.write'], ['probe.slip.check', 'probe.slip.pay']],
    ['P-2', ['probe.slip.book'], ['probe.slip.pay']],
  ] as const

  beforeAll(async () => {
    await database.admin.query(`create schema probe authorization tw_owner; set role tw_owner; grant usage on schema probe to tw_app;
      create table probe.slip (company_id int not null, id uuid not null, number text not null, folder_id uuid, state text not null, version int not null default 1,
        updated_at timestamptz not null, primary key (company_id, id));
      call kernel.guard('probe.slip'); reset role`)
    await database.admin.query(`delete from access.separation_waiver`)
    await database.admin.query(`delete from access.separation`)
    for (const [id, left, right] of RULES)
      await database.admin.query(
        `insert into access.separation (id, left_permissions, right_permissions, risk, owner) values ($1, $2, $3, 'r', 'o')`,
        [id, left, right],
      )
    database.kernel.separations.reload()
  })

  const broken = async (): Promise<number> => {
    const check = invariants.find((one) => one.id === 'I60')
    if (!check) throw new Error('the rule is gone')
    return (
      await transaction(database.kernel.pool, { companies: [ALPHA] }, (tx) =>
        tx.rows(sql`select * from ${check.breaches} b where b.separation like 'P-%'`),
      )
    ).length
  }

  /** Lets people do random steps on random slips; says how many were done and how many refused. */
  async function history(seed: number, count: number, kernel = database.kernel) {
    const { pick } = dice(seed)
    const all = STEPS.map((verb) => `probe.slip.${verb}`)
    const people = ['ana', 'ben', 'cy'].map((name) => person(name, all))
    // Ana may hold both sides of P-1 anywhere; Ben may do both on one slip, of P-2 only.
    for (const [at, rule, same] of [
      [0, 'P-1', false],
      [1, 'P-2', true],
    ] as const) {
      const id = people[at]?.id ?? ''
      await database.admin.query(
        `insert into access.account (id, email, name, created_at) values ($1, $2, $2, now())`,
        [id, id],
      )
      await database.admin.query(
        `insert into access.separation_waiver (id, separation_id, account_id, reason, approved_by, expires_on, same_document) values ($1, $2, $3, 'r', $4, '2026-12-31', $5)`,
        [newId(), rule, id, newId(), same],
      )
    }
    const slips: string[] = []
    const done: { slip: string; who: string; step: string }[] = []
    let refused = 0
    for (let at = 0; at < count; at++) {
      const who = pick(people)
      const context: Context = contextOf({ principal: who, now: new Date(Date.UTC(2026, 2, 2, 8, 0, at)) })
      const step = slips.length < 3 ? 'write' : pick(STEPS)
      if (step === 'write') {
        const { ids } = await write.run(kernel, context, { input: [{}] })
        slips.push(ids[0] ?? '')
        done.push({ slip: ids[0] ?? '', who: who.name, step })
        continue
      }
      const slip = pick(slips.slice(-6))
      const answer = await steps[step].run(kernel, context, { ids: [slip], input: {} }).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      )
      if (answer === 'done') done.push({ slip, who: who.name, step })
      else {
        expect(answer).toBe('SAME_PERSON')
        refused++
      }
    }
    // The judge looks at what was done, not at what the product says of it.
    const clashing = done.filter(({ slip, who, step }) =>
      done.some(
        (other) =>
          other.slip === slip &&
          other.who === who &&
          RULES.some(
            ([rule, left, right]) =>
              !(rule === 'P-2' && who === 'ben') &&
              left.some((one) => one.endsWith(`.${step}`)) &&
              right.some((one) => one.endsWith(`.${other.step}`)),
          ),
      ),
    )
    return { done: done.length, refused, clashing: clashing.length }
  }

  test('SEC-06: over random histories nobody has both sides of a rule on one document without a waiver that says so', async () => {
    for (const seed of [SEED, SEED + 1, SEED + 2]) {
      const { done, refused, clashing } = await history(seed, 150)
      expect(clashing, `seed ${seed}`).toBe(0)
      expect(Math.min(done, refused)).toBeGreaterThan(20)
    }
    expect(await broken(), 'the books say the same').toBe(0)
  }, 120_000)

  test('SEC-06: with the check taken away the same histories break the rule, and the proof of the books sees it (control)', async () => {
    const blind = { ...database.kernel, separations: { pairs: async () => [], reload: () => undefined } }
    const { refused, clashing } = await history(SEED, 150, blind)
    expect(refused).toBe(0)
    expect(clashing).toBeGreaterThan(20)
    expect(await broken()).toBeGreaterThan(20)
  }, 60_000)
})
