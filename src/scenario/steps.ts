// One step of a scenario after the other: who does what over HTTP, and whether it came out as it is written.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { same } from './compare.ts'
import { fail, shown } from './failure.ts'
import { type Named, namedAll, numbered, resolve } from './names.ts'
import type { Step } from './shape.ts'
import type { Answer, Asked } from './site.ts'
import type { Stage } from './stage.ts'

/** The shape of a plain step: what may stand in `parallel` too. */
export type Plain = Omit<Step, 'parallel'>

const HOME = 'ALPHA'

/** Does one step and compares what it says to compare, but for `then`. */
export async function takeStep(stage: Stage, step: Plain): Promise<void> {
  if (step.do !== undefined) {
    for (const verb of typeof step.do === 'string' ? [step.do] : step.do) await doVerb(stage, step, verb)
    return
  }
  if (step.ask !== undefined) return await askQuestion(stage, step, step.ask.replaceAll('.', '/'))
  if (step.list !== undefined) return await askQuestion(stage, step, step.list.replaceAll('.', '/'))
  if (step.open !== undefined) return await openDocument(stage, step, step.open)
  if (step.approve !== undefined) return await approve(stage, step, step.approve)
  if (step.wait !== undefined) return stage.site.wait(durationOf(step.wait))
  if (step.plant !== undefined) return await stage.plant(step.plant)
}

const who = (step: Plain): string => step.as ?? fail(`${shown(step)} does not say as whom`)

async function doVerb(stage: Stage, step: Plain, verb: string): Promise<void> {
  const company = step.company ?? HOME
  const one = async (at: number) => {
    const body = await bodyOf(stage, step, company, at)
    await doOnce(stage, step, { verb, company, body, at })
  }
  await Promise.all(Array.from({ length: step.times ?? 1 }, (_, at) => one(at + 1)))
}

async function bodyOf(
  stage: Stage,
  step: Plain,
  company: string,
  at: number,
): Promise<Readonly<Record<string, unknown>>> {
  const fill = (value: unknown) => resolve(stage.names, company, step.times === undefined ? value : numbered(value, at))
  const reason = step.reason === undefined ? {} : { reason: step.reason }
  if (step.to === undefined) return { documents: await fill(step.each ?? [step.with ?? {}]), ...reason }
  const ids = await fill(typeof step.to === 'string' ? [step.to] : step.to)
  return { ids, ...Object(await fill(step.with ?? {})), ...reason }
}

type Doing = { verb: string; company: string; body: Readonly<Record<string, unknown>>; at: number }

async function doOnce(stage: Stage, step: Plain, { verb, company, body, at }: Doing): Promise<void> {
  const key = randomUUID()
  const asked = {
    as: who(step),
    company,
    path: `/api/${verb.replaceAll('.', '/')}`,
    body,
    key,
    ...(step.preview ? { query: { dryRun: 'true' } } : {}),
  }
  const started = performance.now()
  const answer = await (step.times === undefined ? stage.site.ask(asked) : askPatiently(stage, asked))
  const took = performance.now() - started
  if (judged(step, answer, `${asked.as} does ${verb}`)) return
  if (step.within !== undefined && took > step.within)
    fail(`${verb} took ${Math.trunc(took)} ms, more than ${step.within}`)
  if (step.twice) {
    const again = await stage.site.ask(asked)
    same(`${verb} sent again with its key`, again.body.ids, answer.body.ids)
  }
  if (!step.preview) stage.done.push({ verb, company, ids: idsOf(answer) })
  if (step.answers !== undefined)
    same(`the answer to ${verb}`, answer.body, await resolve(stage.names, company, step.answers))
  remember(stage, step, { verb, company, answer, at })
}

const PATIENCE = 50
const PAUSE = 200

/** One of a crowd waits when the product is busy, and asks again with the same key, as the answer says. */
async function askPatiently(stage: Stage, asked: Asked): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const answer = await stage.site.ask(asked)
    if (answer.status !== 503 || tried === PATIENCE) return answer
    await sleep(PAUSE)
  }
}

/** True when a refusal was expected and came; fails when it did not, or when one came that was not expected. */
function judged(step: Plain, { status, body }: Answer, doing: string): boolean {
  if (step.refused !== undefined) {
    if (status < 400) fail(`${doing} and is not refused with ${step.refused}`)
    if (body.code !== step.refused)
      fail(`${doing} and is refused with ${shown(body.code)} instead of ${step.refused}: ${shown(body.detail)}`)
    return true
  }
  if (status >= 400)
    fail(`${doing} and is refused: ${shown(body.code)} ${shown(body.detail ?? body)} ${shown(body.misfits ?? '')}`)
  return false
}

const idsOf = ({ body }: Answer): readonly string[] => (Array.isArray(body.ids) ? body.ids.map(String) : [])

/** '$order' for one document; '$order1', '$order2' when there are several. */
function remember(
  stage: Stage,
  step: Plain,
  { verb, company, answer, at }: { verb: string; company: string; answer: Answer; at: number },
): void {
  if (step.name === undefined) return
  const document = verb.slice(0, verb.lastIndexOf('.'))
  const ids = idsOf(answer)
  const result = answer.body.result
  for (const [n, id] of ids.entries()) {
    const number = ids.length > 1 ? n + 1 : step.times === undefined ? '' : at
    stage.names.made.set(`${step.name}${number}`, { id, document, company, result })
  }
}

async function askQuestion(stage: Stage, step: Plain, path: string): Promise<void> {
  const company = step.company ?? HOME
  const given: unknown = await resolve(stage.names, company, step.with ?? {})
  const query = Object.fromEntries(Object.entries(Object(given)).map(([key, value]) => [key, String(value)]))
  const answer = await stage.site.ask({ as: who(step), company, path: `/api/${path}`, query })
  if (judged(step, answer, `${who(step)} asks ${path}`)) return
  const items: readonly unknown[] = Array.isArray(answer.body.items) ? answer.body.items : []
  if (step.count !== undefined && items.length !== step.count)
    fail(`${path} should have ${step.count} rows and has ${items.length}: ${shown(items.slice(0, 3))}`)
  for (const [at, row] of (step.rows ?? []).entries())
    same(`row ${at + 1} of ${path}`, items[at], await resolve(stage.names, company, row))
  const { distinct } = step
  if (distinct === undefined) return
  const values = items.map((one) => String(Object(one)[distinct]))
  if (new Set(values).size !== values.length) fail(`${distinct} comes twice in ${path}: ${shown(values)}`)
}

/** Reads a document that an earlier step made, as this person and in this company. */
async function openDocument(stage: Stage, step: Plain, ref: string): Promise<void> {
  const [named] = namedAll(stage.names, ref)
  const path = `/api/${named?.document.replaceAll('.', '/')}/${named?.id}`
  const answer = await stage.site.ask({ as: who(step), company: step.company ?? HOME, path })
  if (judged(step, answer, `${who(step)} opens ${ref}`)) return
  if (step.answers !== undefined) same(ref, answer.body, step.answers)
}

async function approve(stage: Stage, step: Plain, ref: string): Promise<void> {
  const [named] = namedAll(stage.names, ref)
  const { id, company }: Pick<Named, 'id' | 'company'> = named ?? fail(`nothing is called ${ref}`)
  const inbox = await stage.site.ask({ as: who(step), company, path: '/api/approvals' })
  const items: readonly unknown[] = Array.isArray(inbox.body.items) ? inbox.body.items : []
  const waiting = items.map((one) => Object(one)).find((one) => one.documentId === id)
  if (!waiting) return fail(`nothing about ${ref} waits for ${who(step)}: ${shown(inbox.body)}`)
  const body = {
    approval: String(waiting.id),
    decision: step.decision ?? 'approved',
    ...(step.reason === undefined ? {} : { reason: step.reason }),
  }
  const answer = await stage.site.ask({ as: who(step), company, path: '/api/approvals/decide', body })
  judged(step, answer, `${who(step)} decides about ${ref}`)
}

const MILLISECONDS = { day: 86_400_000, hour: 3_600_000, minute: 60_000 } as const

function durationOf(text: string): number {
  const [count = '0', unit = ''] = text.split(' ')
  const name = unit.replace(/s$/, '')
  if (name !== 'day' && name !== 'hour' && name !== 'minute') return fail(`${text} is no time to wait`)
  return Number(count) * MILLISECONDS[name]
}
