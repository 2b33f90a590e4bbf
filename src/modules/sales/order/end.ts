// Orders end by themselves when their rule says so: what is still open on them is cancelled, with the rule as the reason.
import type { Context } from '#kernel/context'
import type { Kernel } from '#kernel/kernel'
import { Refusal } from '#kernel/refusal'
import { cancel } from './cancel.ts'
import { close } from './close.ts'

export type Ending = { id: string; state: string; reason: string }

/**
 * Closes one order; one on hold too, of which something was shipped. Stock, credit and promises of the rest are given
 * back. False when somebody changed the order meanwhile: it is looked at again the next time.
 */
export async function endOrder(kernel: Kernel, context: Context, { id, state, reason }: Ending): Promise<boolean> {
  const { key: _, ...told } = context
  const verb = state === 'on_hold' ? cancel : close
  try {
    await verb.run(kernel, { ...told, reason }, { ids: [id], input: {} })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'WRONG_STATE') return false
    throw error
  }
}
