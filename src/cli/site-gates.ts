// What `tradewright site` does with deviations and gates: ask for one, grant it, and measure a gate today or on a day to come.
import { addDays } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import { actingIn } from './acting.ts'
import { withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { ask, type Given, refuse, run, siteOf } from './site-find.ts'
import { tableOf } from './table.ts'

const DAY = 86_400_000

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

type Criterion = { id: string; title: string; verdict: string; value: unknown; threshold: unknown; critical: boolean }

/** Measures a gate; on another day than today nothing is kept. See `tradewright site gate --help`. */
export async function gate(code: string, name: string, given: Given & { on?: string }): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const found = await siteOf(kernel, code)
    const context = await actingIn(kernel, found.company, given)
    const day = given.on ?? context.today
    const ahead = (Date.parse(day) - Date.parse(context.today)) / DAY
    const then =
      given.on === undefined
        ? context
        : { ...context, today: day, now: new Date(context.now.getTime() + ahead * DAY), dryRun: true }
    const criteria: Criterion[] = []
    const answer = await run('rollout.gate-run.evaluate').run(kernel, then, {
      input: [{ site: found.id, gate: name.toUpperCase() }],
    })
    const { runs } = answer.result as { runs: readonly { number: string; verdict: string; red: readonly string[] }[] }
    const [made] = runs
    const ok = made?.verdict === 'passed'
    if (given.on === undefined) {
      const row = await transaction(kernel.pool, { companies: [found.company_id] }, (tx) =>
        tx.first(
          sql<{
            criteria: Criterion[]
          }>`select criteria from rollout.gate_run where company_id = ${found.company_id} and id = ${answer.ids[0]}`,
        ),
      )
      criteria.push(...(row?.criteria ?? []))
    }
    const shown = criteria.map((one) => ({
      criterion: one.id,
      verdict: one.verdict,
      value: one.value,
      threshold: one.threshold,
      title: one.title,
    }))
    const text = `${name.toUpperCase()} of ${found.code} on ${day}: ${made?.verdict}${ok ? '' : `, red: ${made?.red.join(', ')}`}`
    output.result(
      { ok, gate: name.toUpperCase(), on: day, verdict: made?.verdict, red: made?.red, criteria },
      shown.length > 0 ? `${tableOf(shown)}\n${text}` : text,
    )
    return ok ? EXIT.ok : EXIT.no
  })
}
