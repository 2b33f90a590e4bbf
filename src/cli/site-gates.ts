// What `tradewright site` does with deviations and gates: ask for one, grant it, and measure a gate today or on a day to come.
import type { Context } from '#kernel/context'
import { addDays } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { gateVerdict, type Judged } from '../rollout/gate/judge.ts'
import { actingIn } from './acting.ts'
import { withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { ask, type Given, refuse, run, type Site, siteOf } from './site-find.ts'
import { tableOf } from './table.ts'

type Waiving = Given & {
  field?: string
  value?: string
  until?: string
  why: string
  risk: string
  owner: string
  control: string
}
type Drifted = { kind: string; key: string; field: string | null; live: unknown }

/** Asks for a deviation; its value is what stands there now, unless one is given as JSON. See `tradewright site waive --help`. */
export async function waive(code: string, kind: string, key: string, given: Waiving): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const context = await actingIn(kernel, found.company, given)
    const drift = await ask('rollout.drift').ask<Drifted>(kernel, context, { site: found.id })
    const one = drift.find(
      (row) => row.kind === kind && row.key === key && (given.field === undefined || row.field === given.field),
    )
    if (!one && given.value === undefined)
      return refuse('NOTHING_TO_WAIVE', { code: found.code, object: `${kind} ${key}` })
    const field = given.field ?? one?.field ?? undefined
    const expiresOn = given.until ?? addDays(context.today, 90)
    const asked = await run('rollout.deviation.request').run(kernel, context, {
      input: [
        {
          ...{ site: found.id, kind, objectKey: key, ...(field === undefined ? {} : { field }) },
          ...{ value: given.value === undefined ? one?.live : JSON.parse(given.value), expiresOn },
          ...{
            scope: found.code,
            reason: given.why,
            risk: given.risk,
            owner: given.owner,
            compensatingControl: given.control,
          },
        },
      ],
    })
    const number = asked.numbers?.[0] ?? ''
    output.result(
      { ok: true, deviation: number, expires: expiresOn },
      `${number} asks that ${found.code} keeps ${kind} ${key} until ${expiresOn}. Somebody else grants it with \`tradewright site grant ${found.code} ${number}\`.`,
    )
    return EXIT.ok
  })
}

/** See `tradewright site grant --help`. */
export async function grant(code: string, number: string, given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const row = await transaction(kernel.pool, { companies: [found.company_id] }, (tx) =>
      tx.first(
        sql<{
          id: string
        }>`select id from rollout.deviation where company_id = ${found.company_id} and number = ${number.toUpperCase()}`,
      ),
    )
    if (!row) return refuse('NO_SUCH_DEVIATION', { code: found.code, number })
    await run('rollout.deviation.approve').run(kernel, await actingIn(kernel, found.company, given), {
      ids: [row.id],
      input: {},
    })
    output.result(
      { ok: true, deviation: number },
      `${number} is granted. See what is left with \`tradewright site drift ${found.code}\`.`,
    )
    return EXIT.ok
  })
}

type Criterion = Pick<Judged, 'id' | 'title' | 'verdict' | 'value' | 'threshold' | 'compare' | 'critical' | 'evidence'>
type Measured = { readonly verdict: string; readonly criteria: readonly Criterion[] }

/** Measures a gate today and keeps what was found. */
async function measured(kernel: Kernel, context: Context, found: Site, name: string): Promise<Measured> {
  const { ids } = await run('rollout.gate-run.evaluate').run(kernel, context, {
    input: [{ site: found.id, gate: name }],
  })
  const kept = await transaction(kernel.pool, { companies: [found.company_id] }, (tx) =>
    tx.first(sql<Measured>`select verdict, criteria from rollout.gate_run
      where company_id = ${found.company_id} and id = ${ids[0]}`),
  )
  return kept ?? { verdict: 'refused', criteria: [] }
}

/** Looks at a gate as it would stand on a day to come; nothing is kept. */
async function lookedAhead(kernel: Kernel, context: Context, found: Site, given: { name: string; on: string }) {
  const parameters = { site: found.code, gate: given.name, on: given.on }
  const criteria = await ask('rollout.gate-on').ask<Criterion>(kernel, context, parameters)
  return { verdict: gateVerdict(criteria), criteria }
}

/** The first few records behind a red criterion; the JSON has all of them. */
const firstOf = (records: readonly string[]): string =>
  [...records.slice(0, 3), ...(records.length > 3 ? [`and ${records.length - 3} more`] : [])].join(', ')

/** Measures a gate, or looks at it for another day. See `tradewright site gate --help`. */
export async function gate(code: string, name: string, given: Given & { on?: string }): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const context = await actingIn(kernel, found.company, given)
    const gate = name.toUpperCase()
    const { on } = given
    const { verdict, criteria } =
      on === undefined
        ? await measured(kernel, context, found, gate)
        : await lookedAhead(kernel, context, found, { name: gate, on })
    const ok = verdict === 'passed'
    const red = criteria.filter((one) => one.verdict === 'red').map((one) => one.id)
    const shown = criteria.map((one) => ({
      ...{ criterion: one.id, verdict: one.verdict, value: one.value ?? 'not recorded' },
      ...{ threshold: `${one.compare.replace('-', ' ')} ${one.threshold}`, title: one.title },
      because: one.verdict === 'red' ? firstOf(one.evidence.records) : '',
    }))
    const text = `${gate} of ${found.code} on ${on ?? context.today}: ${verdict}${ok ? '' : `, red: ${red.join(', ')}`}${on ? '; nothing was kept' : ''}`
    output.result({ ok, gate, on: on ?? context.today, verdict, red, criteria }, `${tableOf(shown)}\n${text}`)
    return ok ? EXIT.ok : EXIT.no
  })
}
