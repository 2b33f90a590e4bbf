// Taking a request back: whoever asked, or the one it is about.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { openRequests } from './open-requests.ts'
import { request } from './request.ts'

export const withdraw = command(request.verbs.withdraw, T.object({}), async (call) => {
  const { principal } = call.context
  const foreign = (await openRequests(call)).find(
    (one) => principal.kind !== 'system' && one.requestedBy !== principal.id && one.account !== principal.id,
  )
  if (foreign) refuse('NOT_YOUR_REQUEST', { number: foreign.number })
})
