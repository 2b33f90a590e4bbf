// Turning a change down, by the seat that could have approved it.
import { command } from '#kernel/command'
import { T } from '#kernel/schema'
import { seatOn } from './approve.ts'
import { changeRequest } from './change-request.ts'

export const reject = command(changeRequest.verbs.reject, T.object({}), async (call) => {
  for (const id of call.ids) await seatOn(call, id)
})
