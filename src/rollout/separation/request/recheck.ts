// Looking again at what requests clash with: a waiver may have come, or a role may have gone.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { rechecked } from './open-requests.ts'
import { request } from './request.ts'

export const recheck = command(request.verbs.recheck, T.object({}), async (call) => {
  const { states } = await rechecked(call)
  return { states }
})
