// Deciding about proposals, which whoever made one does not, and bringing the accepted ones out with the next release.
import { type Call, command } from '#kernel/command'
import { sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { audit } from '#kernel/record'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { type Block, fileOf, withBlock } from '../template/overlay.ts'
import { keep, latestOf, publishable } from '../template/publish.ts'
import { release as published } from '../template/release.ts'
import { nextVersion, withVersion } from '../template/version.ts'
import type { Tools } from '../tools.ts'
import { proposal } from './proposal.ts'

const decided = async ({ tx, set, actor }: Call<unknown>): Promise<undefined> => {
  await tx.run(sql`update rollout.proposal p set decided_by = ${actor} from ${set} g where p.id = g.id`)
}

/** Refuses PROPOSAL_OWN. */
export const accept = command(proposal.verbs.accept, T.object({}), async (call) => {
  const own = await call.tx.first(
    sql<{
      number: string
    }>`select p.number from rollout.proposal p join ${call.set} g on g.id = p.id where p.proposed_by = ${call.actor}`,
  )
  if (own && call.context.principal.kind !== 'system') refuse('PROPOSAL_OWN', own)
  return await decided(call)
})

export const reject = command(proposal.verbs.reject, T.object({}), decided)

type Accepted = { kind: string; block: Block }

/**
 * Publishes the newest release of a template with the accepted proposals in it, as its next version; comments of the
 * files stay. Answers the release. Refuses what publishing refuses.
 */
export const release = (tools: Tools) =>
  command(
    proposal.verbs.release,
    T.object({ bump: T.choice(['major', 'minor', 'patch']), notes: T.text(2000), template: T.optional(T.code()) }),
    async (call) => {
      const { tx, input } = call
      const previous = await latestOf(tx, input.template)
      if (!previous) return refuse('RELEASE_UNKNOWN', { number: input.template ?? 'at all' })
      const accepted = await tx.rows(
        sql<Accepted>`select p.kind, p.block from rollout.proposal p join ${call.set} g on g.id = p.id order by p.number`,
      )
      const number = nextVersion(previous.number, input.bump)
      const files = withVersion(previous.files, number)
      for (const one of accepted) files[fileOf(one.kind)] = withBlock(files[fileOf(one.kind)], one.block)
      publishable(tools, files)
      const id = newId()
      const { template } = previous
      const changes = await keep(call, { id, number, template, files, notes: input.notes, previous: previous.id })
      await audit(tx, call.context, published.verbs.publish, [{ id, from: null, to: 'released', changes, input: null }])
      await tx.run(sql`update rollout.proposal p set release_id = ${id} from ${call.set} g where p.id = g.id`)
      return { result: { id, number } }
    },
    T.object({ id: T.id(), number: T.code() }),
  )
