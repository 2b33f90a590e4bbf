// The verdict over all rounds of a fault: one effect for each request, the same as undisturbed, and the same answer.
import { proveBooks } from '../../src/cli/verify.ts'
import { differences, dump, effectOf, plain } from './faults-effects.ts'
import { trap } from './faults-proxy.ts'
import { ask, type Outcome, type Reply } from './faults-rounds.ts'
import type { RunningServer } from './faults-server.ts'
import { type Case, VERBS, type Verb, type World } from './faults-world.ts'

/** What an undisturbed run of a verb said, and with how many statements it went. */
export type Undisturbed = { readonly one: Case; readonly reply: Reply; readonly statements: number }

export type Model = Readonly<Record<Verb, Undisturbed>>

/** Runs each verb once without a fault. */
export async function undisturbed(world: World, server: RunningServer, take: (verb: Verb) => Case): Promise<Model> {
  const measure = async (verb: Verb): Promise<[Verb, Undisturbed]> => {
    const one = take(verb)
    const counting = trap(one.key, null)
    server.proxy.arm([counting])
    const reply = await ask(server.origin, world.key, one)
    if (reply === 'lost' || reply.status !== 200)
      throw new Error(`${verb} failed without a fault: ${JSON.stringify(reply)} ${server.log.join(' ')}`)
    return [verb, { one, reply, statements: counting.statements }]
  }
  const found = new Map<Verb, Undisturbed>()
  for (const verb of VERBS) found.set(...(await measure(verb)))
  const of = (verb: Verb): Undisturbed => {
    const one = found.get(verb)
    if (!one) throw new Error(`${verb} was not run`)
    return one
  }
  return { confirm: of('confirm'), ship: of('ship'), issue: of('issue'), receive: of('receive') }
}

/** Everything that is wrong with the outcomes, as sentences; nothing when all is well. */
export async function complaints(world: World, model: Model, outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const rows = await dump(world.admin)
  return outcomes.flatMap((outcome) => {
    const { one, boundary } = outcome
    const { one: other, reply } = model[one.verb]
    const wrong = [
      ...complain(outcome, `${said(reply, other)}`),
      ...differences(effectOf(rows, other), effectOf(rows, one)),
    ]
    const at = boundary ? `${boundary.moment} ${boundary.statement}` : 'no boundary'
    return wrong.map((text) => `${one.verb}, stopped at ${at}: ${text}`)
  })
}

function complain({ one, first, last }: Outcome, expected: string): readonly string[] {
  const wrong: string[] = []
  if (said(last, one) !== expected) wrong.push(`answered ${said(last, one)} and not ${expected}`)
  if (first === 'lost' || last === 'lost') return wrong
  if (first.status === 200 && JSON.stringify(first.body.ids) !== JSON.stringify(last.body.ids))
    wrong.push(`first ${JSON.stringify(first.body)} and then ${JSON.stringify(last.body)}`)
  if (first.status === 200 && !JSON.stringify(last.body).includes('"replayed":true'))
    wrong.push('what was acknowledged was done once more')
  // Whoever is not answered is told to try again, with a code; a fault of the product is never his answer.
  if (
    first.status !== 200 &&
    (first.status !== 503 || first.body.retry !== 'yes' || typeof first.body.code !== 'string')
  )
    wrong.push(`was first answered ${JSON.stringify(first)}`)
  return wrong
}

/** An answer without what differs between runs; whether it is a replay is judged apart. */
function said(reply: Reply, one: Case): string {
  if (reply === 'lost') return 'nothing'
  const body = JSON.stringify(reply.body, (name, value: unknown) => (name === 'replayed' ? undefined : value))
  return plain(`${reply.status} ${body}`, one)
}

/**
 * Whether each request that was stopped at a boundary had happened by then exactly when its commit had been answered:
 * replays where it had, first effects where it had not. Returns those for which it is not so.
 */
export const misplaced = (model: Model, outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.flatMap(({ one, boundary, reached, last }) => {
    if (!reached || !boundary || last === 'lost') return []
    const committed = boundary.moment === 'answer' && boundary.statement === model[one.verb].statements
    const replayed = last.body.replayed === true
    return committed === replayed ? [] : [`${one.verb} ${boundary.moment} ${boundary.statement}: replayed ${replayed}`]
  })

/** The checks of `tradewright verify` that do not hold. */
export async function brokenChecks(world: World): Promise<readonly string[]> {
  const { checks } = await proveBooks(world.kernel, () => undefined)
  return checks.filter((one) => !one.ok).map((one) => `${one.id} ${one.title}: ${JSON.stringify(one.examples[0])}`)
}
