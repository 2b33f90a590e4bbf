// What every story of a return begins with: ten sold to a customer, and some of them that may come back.
import { create as createReason } from '../../../src/modules/returns/reason/create.ts'
import { authorise } from '../../../src/modules/returns/rma/authorise.ts'
import { story } from '../receivables/story.ts'

export type ReturnStory = Awaited<ReturnType<typeof returnStory>>

/** A shop with the return reason WRONG. */
export async function returnStory() {
  const s = await story()
  await s.create(createReason, { code: 'WRONG', name: 'Wrong item' })
  /** So many of an order of C1's may come back to the warehouse W2. */
  const authorised = async (order: string, quantity: string) =>
    await s.create(authorise, {
      customer: 'C1',
      warehouse: 'W2',
      reason: 'WRONG',
      lines: [{ orderLine: await s.orderLine(order), quantity }],
    })
  /** Ten are sold, and four may come back. */
  const four = async () => {
    const { order } = await s.invoiced('C1', '10')
    const { id } = await authorised(order, '4')
    return { order, id, line: await s.see('select id from returns.rma_line where rma_id = $1', id) }
  }
  return { ...s, authorised, four }
}
