// A small module for tests of the layers beneath modules: notes on a desk, with lines, states, a hidden field and a warehouse.
import type pg from 'pg'
import { command, creation } from '#kernel/command'
import { sql } from '#kernel/db'
import { document, f } from '#kernel/document'
import { type ModuleSpec, module } from '#kernel/module'
import { query } from '#kernel/query'
import { refusals } from '#kernel/refusal'
import { T } from '#kernel/schema'

const refuse = refusals({ NOTE_EMPTY: 'Note {number} says nothing. Write something on it first.' })

export const note = document('desk.note', {
  label: 'Note',
  role: 'transaction',
  table: 'desk.note',
  numbered: 'number',
  number: 'N-{seq:4}',
  fields: {
    subject: f.text(),
    warehouse: f.ref('company.warehouse', { column: 'warehouse_id' }),
    amount: f.money(),
    cost: f.money({ see: 'desk.note.see-cost' }),
    due: f.date({ optional: true }),
    kind: f.choice(['plain', 'urgent']),
  },
  lines: {
    table: 'desk.note_line',
    parent: 'note_id',
    fields: { text: f.text(), quantity: f.quantity(), unit_cost: f.money({ see: 'desk.note.see-cost' }) },
  },
  states: ['open', 'done'],
  editableIn: ['open'],
  narrow: { warehouse: 'warehouse_id', amount: 'amount' },
  list: { columns: ['subject', 'amount'], search: ['number', 'subject'], sort: 'number' },
  verbs: {
    write: { from: null, to: 'open' },
    finish: { from: ['open'], to: 'done' },
    reopen: { from: ['done'], to: 'open', reason: 'required' },
  },
})

const line = T.object({ text: T.text(), quantity: T.quantity() })
const one = T.object({
  subject: T.text(80),
  warehouse: T.idOf('company.warehouse'),
  amount: T.money(),
  due: T.optional(T.date()),
  lines: T.optional(T.list(line, 1000, 0)),
})

const write = creation(note.verbs.write, one, async ({ tx, companyId, ids, numbers, input, now }) => {
  const known = await tx.rows(sql<{ id: string }>`select id from company.warehouse
    where company_id = ${companyId} and id = any(${input.map((given) => given.warehouse)}::uuid[])`)
  if (known.length < new Set(input.map((given) => given.warehouse)).size)
    refuse('NOTE_EMPTY', { number: 'without a warehouse' })
  await tx.run(sql`insert into desk.note (company_id, id, number, subject, warehouse_id, amount, due, created_at, updated_at)
    select ${companyId}, d.id, d.number, d.subject, d.warehouse, d.amount, d.due, ${now}, ${now}
      from unnest(${ids}::uuid[], ${numbers}::text[], ${input.map((given) => given.subject)}::text[],
        ${input.map((given) => given.warehouse)}::uuid[], ${input.map((given) => given.amount)}::numeric[],
        ${input.map((given) => given.due ?? null)}::date[]) as d (id, number, subject, warehouse, amount, due)`)
  const lines = input.flatMap((given, at) => (given.lines ?? []).map((own) => ({ note: ids[at], ...own })))
  await tx.run(sql`insert into desk.note_line (company_id, id, note_id, line, text, quantity)
    select ${companyId}, gen_random_uuid(), d.note, d.line, d.text, d.quantity
      from unnest(${lines.map((own) => own.note)}::uuid[], ${lines.map((own) => own.text)}::text[],
        ${lines.map((own) => own.quantity)}::numeric[]) with ordinality as d (note, text, quantity, line)`)
})

const finish = command(
  note.verbs.finish,
  T.object({ remark: T.optional(T.text(40)) }),
  async ({ tx, companyId, set }) => {
    const empty = await tx.first(sql<{ number: string }>`select number from desk.note n join ${set} s using (id)
    where n.company_id = ${companyId} and n.subject = '' limit 1`)
    if (empty) refuse('NOTE_EMPTY', empty)
  },
)

const reopen = command(note.verbs.reopen, T.object({}), async () => undefined)

const byKind = query('desk.by-kind', {
  may: 'desk.note.read',
  title: 'How many notes there are of each kind',
  parameters: T.object({ least: T.optional(T.integer(0, 1000)), urgent: T.optional(T.boolean()) }),
  see: { cost: 'desk.note.see-cost' },
  build: (
    { least, urgent },
    context,
  ) => sql`select kind, count(*)::text as notes, sum(amount)::text as amount, sum(cost)::text as cost
    from desk.note where company_id = ${context.companyId} and (${urgent ?? null}::boolean is null or (kind = 'urgent') = ${urgent ?? null})
    group by kind having count(*) >= ${least ?? 0} order by kind`,
})

export const desk: ModuleSpec = module('desk', {
  needs: [],
  documents: [note],
  commands: [write, finish, reopen],
  queries: [byKind],
})

/** Makes the module's tables; call it as the owner of the database. */
export async function layDesk(admin: pg.Client): Promise<void> {
  await admin.query(`create schema desk authorization tw_owner;
    set role tw_owner; grant usage on schema desk to tw_app;
    create table desk.note (company_id int not null references company.company, id uuid not null, number text not null, subject text not null,
      warehouse_id uuid not null, amount numeric not null, cost numeric not null default 1, due date, kind text not null default 'plain',
      state text not null default 'open', version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
      primary key (company_id, id), unique (company_id, number), foreign key (company_id, warehouse_id) references company.warehouse,
      constraint amount_has_a_limit check (amount < 1000000));
    create index note_amount on desk.note (company_id, amount, id);
    create index note_cost on desk.note (company_id, cost, id);
    create index note_subject on desk.note using gin (subject gin_trgm_ops);
    create table desk.note_line (company_id int not null, id uuid not null, note_id uuid not null, line int not null, text text not null,
      quantity numeric not null, unit_cost numeric not null default 2, primary key (company_id, id), foreign key (company_id, note_id) references desk.note);
    call kernel.guard('desk.note'); call kernel.guard('desk.note_line');
    reset role;`)
}
