// Every invariant of the kernel turns red when what it forbids is planted, and no other one does but those it names.
import { beforeAll, expect, test } from 'vitest'
import { KERNEL_INVARIANTS } from '#kernel/invariants'
import { verify } from '#kernel/verify'
import { proveBooks, tellVerdict } from '../../src/cli/verify.ts'
import { testDatabase } from '../support/database.ts'
import { layCompanies } from '../support/world.ts'

const { admin, kernel } = await testDatabase()
const [ONE, TWO, THREE] = [
  '0195a000-0000-7000-8000-000000000001',
  '0195a000-0000-7000-8000-000000000002',
  '0195a000-0000-7000-8000-000000000003',
]

beforeAll(async () => {
  await layCompanies(admin)
  await admin.query(
    `insert into access.account (id, email, name, created_at) values ('${ONE}', 'a@x', 'A', now()), ('${TWO}', 'b@x', 'B', now())`,
  )
  await admin.query(`insert into access.role (code, name) values ('maker', 'M'), ('checker', 'C')`)
  await admin.query(`insert into access.role_permission values ('maker', 'x.make'), ('checker', 'x.check')`)
  await admin.query(
    `insert into access.separation (id, left_permissions, right_permissions, risk, owner) values ('S1', '{x.make}', '{x.check}', 'r', 'o')`,
  )
})

const red = async () =>
  (await verify(kernel.pool, [0, 1, 2], KERNEL_INVARIANTS)).checks.filter((one) => !one.ok).map((one) => one.id)
const approval = (
  more: string,
) => `insert into kernel.approval (company_id, id, kind, document, document_id, fingerprint, role, state, requested_by, requested_at${more.split('|')[0]})
  values (1, gen_random_uuid(), 'k', 'd', '${ONE}', 'f', 'r', ${more.split('|')[1]})`

// What is planted, how it is taken away again, and which checks say so. Audit and outbox are in sealer.test.ts.
const PLANTS: readonly [what: string, plant: readonly string[], undo: readonly string[], red: readonly string[]][] = [
  [
    'an idempotency key without an answer',
    [
      `insert into kernel.idempotency (company_id, principal_id, route, key, input_hash, at) values (1, '${ONE}', 'r', 'key-00001', 'x', now())`,
    ],
    ['delete from kernel.idempotency'],
    ['I50'],
  ],
  [
    'an idempotency key used twice',
    [
      'alter table kernel.idempotency drop constraint idempotency_pkey',
      `insert into kernel.idempotency (company_id, principal_id, route, key, input_hash, at, response) select 1, '${ONE}', 'r', 'key-00001', 'x', now(), '{}' from generate_series(1, 2)`,
    ],
    [
      'delete from kernel.idempotency',
      'alter table kernel.idempotency add primary key (company_id, principal_id, route, key)',
    ],
    ['I49', 'I57b'],
  ],
  [
    'an event parked twice',
    [
      'drop index kernel.dead_letter_once',
      `insert into kernel.dead_letter (company_id, id, reader, topic, document_id, reason, attempts, at, event_id, event_at, position) select 1, gen_random_uuid(), 'r', 't', '${ONE}', 'x', 3, now(), '${TWO}', now(), 1 from generate_series(1, 2)`,
    ],
    [
      'delete from kernel.dead_letter',
      'create unique index dead_letter_once on kernel.dead_letter (company_id, reader, event_id) where resolved_at is null',
    ],
    ['I51'],
  ],
  [
    'an event let through past an earlier one that waits',
    [
      `insert into kernel.dead_letter (company_id, id, reader, topic, document_id, reason, attempts, at, event_id, event_at, position, resolved_at)
      values (1, '${ONE}', 'r', 't', '${ONE}', 'x', 3, now() - interval '1 hour', '${ONE}', now(), 1, null), (1, '${TWO}', 'r', 't', '${ONE}', 'x', 1, now() - interval '1 hour', '${TWO}', now(), 2, now())`,
    ],
    ['delete from kernel.dead_letter'],
    ['I52b'],
  ],
  [
    'a job put down twice',
    [
      'drop index kernel.job_key',
      `insert into kernel.job (company_id, id, task, key, run_at) select 1, gen_random_uuid(), 't', 'k', now() from generate_series(1, 2)`,
    ],
    [
      'delete from kernel.job',
      'create unique index job_key on kernel.job (company_id, task, key) where key is not null',
    ],
    ['I54'],
  ],
  [
    'a due job that nobody does',
    [
      `insert into kernel.job (company_id, id, task, run_at, created_at) values (1, '${ONE}', 't', now() - interval '2 hours', now() - interval '90 minutes')`,
    ],
    ['delete from kernel.job'],
    ['I54b'],
  ],
  [
    'no due job at all when a product that was away plans this morning in the evening',
    [`insert into kernel.job (company_id, id, task, run_at) values (1, '${ONE}', 't', now() - interval '12 hours')`],
    ['delete from kernel.job'],
    [],
  ],
  [
    "a decision of one's own",
    [
      'alter table kernel.approval drop constraint approval_check',
      approval(`, decided_by, decided_at|'approved', '${ONE}', now(), '${ONE}', now()`),
    ],
    [
      'delete from kernel.approval',
      'alter table kernel.approval add constraint approval_check check (decided_by is distinct from requested_by)',
    ],
    ['I45'],
  ],
  [
    'two open decisions for one step',
    [
      'drop index kernel.approval_open',
      approval(`|'pending', '${ONE}', now()`),
      approval(`|'pending', '${ONE}', now()`),
    ],
    [
      'delete from kernel.approval',
      `create unique index approval_open on kernel.approval (company_id, document_id, kind, sequence) where state in ('pending', 'approved')`,
    ],
    ['I45b'],
  ],
  [
    'both sides of a pair with one person',
    [
      `insert into access.role_grant (id, account_id, role, company_id) values ('${ONE}', '${ONE}', 'maker', null), ('${TWO}', '${ONE}', 'checker', 2)`,
    ],
    ['delete from access.role_grant'],
    ['I46'],
  ],
  [
    'a waiver that ran out',
    [
      `insert into access.role_grant (id, account_id, role, company_id) values ('${ONE}', '${ONE}', 'maker', 1), ('${TWO}', '${ONE}', 'checker', 1)`,
      `insert into access.separation_waiver values ('${THREE}', 'S1', '${ONE}', 'r', '${TWO}', current_date - 1)`,
    ],
    ['delete from access.role_grant', 'delete from access.separation_waiver'],
    ['I46'],
  ],
  [
    'a waiver that somebody gave himself',
    [
      'alter table access.separation_waiver drop constraint separation_waiver_check',
      `insert into access.separation_waiver values ('${THREE}', 'S1', '${ONE}', 'r', '${ONE}', current_date + 9)`,
    ],
    [
      'delete from access.separation_waiver',
      'alter table access.separation_waiver add constraint separation_waiver_check check (approved_by <> account_id)',
    ],
    ['I46b'],
  ],
  [
    'the right to change what was posted',
    ['grant update (payload) on kernel.audit to tw_app'],
    ['revoke update (payload) on kernel.audit from tw_app'],
    ['I21'],
  ],
  [
    'a way past a table to its partition',
    [`select kernel.open_month('2031-01-01')`, 'grant select on kernel.outbox_2031_01 to tw_app'],
    ['revoke select on kernel.outbox_2031_01 from tw_app'],
    ['I21b'],
  ],
  [
    'a fact table that is gone',
    [`insert into kernel.fact_table values ('kernel.gone')`],
    [`delete from kernel.fact_table where name = 'kernel.gone'`],
    ['I21c'],
  ],
  [
    'a constraint that was never proved',
    ['alter table kernel.job add constraint tried check (attempts < 100) not valid'],
    ['alter table kernel.job drop constraint tried'],
    ['I55'],
  ],
  [
    'an index that was left unfinished',
    [`update pg_index set indisvalid = false where indexrelid = 'kernel.job_due'::regclass`],
    [`update pg_index set indisvalid = true where indexrelid = 'kernel.job_due'::regclass`],
    ['I55b'],
  ],
  [
    'a company table without its wall',
    ['alter table kernel.job no force row level security'],
    ['alter table kernel.job force row level security'],
    ['I56'],
  ],
  [
    'a company table without its policy',
    ['drop policy company_scope on kernel.job'],
    ['create policy company_scope on kernel.job using (company_id = any ((select kernel.scope())::int[]))'],
    ['I56b'],
  ],
  [
    'a policy that opens every company',
    ['create policy open on kernel.job using (true)'],
    ['drop policy open on kernel.job'],
    ['I56c'],
  ],
  [
    'a reference that could leave the company',
    [
      'create table kernel.loose (company_id int not null, id uuid, job uuid, primary key (company_id, id))',
      `call kernel.guard('kernel.loose')`,
      'alter table kernel.job add constraint alone unique (id)',
      'alter table kernel.loose add foreign key (job) references kernel.job (id)',
    ],
    ['drop table kernel.loose', 'alter table kernel.job drop constraint alone'],
    ['I57'],
  ],
  [
    'a key that does not begin with the company',
    ['create table kernel.loose (id uuid primary key, company_id int not null)', `call kernel.guard('kernel.loose')`],
    ['drop table kernel.loose'],
    ['I57b'],
  ],
  [
    "a table of the application's own",
    ['create table kernel.own (n int)', 'alter table kernel.own owner to tw_app'],
    ['drop table kernel.own'],
    ['I58b'],
  ],
  [
    'the right to create',
    ['grant create on schema kernel to tw_app'],
    ['revoke create on schema kernel from tw_app'],
    ['I58b'],
  ],
  [
    "a function with its owner's rights that looks anywhere",
    ['create function kernel.anywhere() returns int language sql security definer as $$ select 1 $$'],
    ['drop function kernel.anywhere()'],
    ['I58c'],
  ],
]

test('nothing is red at the beginning, and the verdict names at least 30 checks', async () => {
  expect(await red()).toEqual([])
  const verdict = await proveBooks(kernel, () => undefined)
  expect(verdict.ok).toBe(true)
  expect(verdict.checks.length).toBeGreaterThan(30)
  expect(tellVerdict(verdict)).toContain(`All ${verdict.checks.length} checks hold.`)
  expect(new Set(verdict.checks.map((one) => one.id)).size).toBe(verdict.checks.length)
})

for (const [what, plant, undo, ids] of PLANTS) {
  test(`${ids.join(', ')} turns red by ${what}`, async () => {
    try {
      for (const statement of plant) await admin.query(statement)
      expect(await red()).toEqual(ids)
    } finally {
      for (const statement of undo) await admin.query(statement)
    }
    expect(await red()).toEqual([])
  })
}
