// What the tests of events and jobs share: a table of effects, events put down by hand, and children that can be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { sql, transaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Kernel } from '#kernel/kernel'

export const TOPIC = 'probe.thing.happen'

/** A company, open months, and a table in which every effect of a listener is one row. */
export async function layProbe(admin: pg.Client): Promise<void> {
  await admin.query(`insert into company.currency values ('USD', 'US dollar', 2) on conflict do nothing`)
  await admin.query(`insert into company.company (id, code, name, currency, time_zone, country)
    values (1, 'ONE', 'One', 'USD', 'America/New_York', 'US'), (2, 'TWO', 'Two', 'USD', 'Asia/Tokyo', 'JP')`)
  await admin.query(
    `select kernel.open_month((current_date + n * interval '1 month')::date) from generate_series(-1, 1) n`,
  )
  await admin.query('create schema probe')
  await admin.query('grant usage on schema probe to tw_app')
  await admin.query(`create table probe.effect (n bigserial primary key, company int not null, document_id uuid not null,
    label text not null, by_pid int not null, at timestamptz not null default clock_timestamp())`)
  await admin.query('grant select, insert on probe.effect to tw_app')
  await admin.query('grant usage on sequence probe.effect_n_seq to tw_app')
}

/** Puts one event down, in a transaction of its own. `label` is found again in the effect. */
export async function happen(kernel: Kernel, documentId: string, label: string, companyId = 1): Promise<void> {
  await transaction(kernel.pool, { companies: [companyId] }, (tx) => tx.run(eventRow(documentId, label, companyId)))
}

export const eventRow = (documentId: string, label: string, companyId = 1) =>
  sql`insert into kernel.outbox (id, at, company_id, topic, document_id, payload)
    values (${newId()}, clock_timestamp(), ${companyId}, ${TOPIC}, ${documentId}, ${JSON.stringify({ label })}::jsonb)`

/** The labels of all effects in the order in which they were written, of one document or of all. */
export async function effects(admin: pg.Client, documentId?: string): Promise<string[]> {
  const { rows } = await admin.query<{ label: string }>(
    'select label from probe.effect where $1::uuid is null or document_id = $1 order by n',
    [documentId ?? null],
  )
  return rows.map((row) => row.label)
}

/** A process of its own that works on the probe. `said` resolves with the next line that begins with a word. */
export type Child = { process: ChildProcess; said(word: string): Promise<string>; ended: Promise<void> }

/** Starts `relay-child.ts`. The caller ends it, whatever happens. */
export function startChild(mode: string, url: string, settings: Readonly<Record<string, string>> = {}): Child {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const child = spawn(process.execPath, ['bin/run.js', 'tests/kernel/relay-child.ts', mode], {
    cwd: root,
    env: { ...process.env, ...settings, PROBE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const waiting: { word: string; resolve: (line: string) => void }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const at = waiting.findIndex((one) => line.startsWith(one.word))
    if (at >= 0) waiting.splice(at, 1)[0]?.resolve(line)
    else lines.push(line)
  })
  return {
    process: child,
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
    said: (word) => {
      const at = lines.findIndex((line) => line.startsWith(word))
      if (at >= 0) return Promise.resolve(lines.splice(at, 1)[0] ?? '')
      return new Promise((resolve) => waiting.push({ word, resolve }))
    },
  }
}

/** Waits until something is so, at most `seconds`. */
export async function until(what: () => Promise<boolean>, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await what())) {
    if (performance.now() > end) throw new Error('it did not come true in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
