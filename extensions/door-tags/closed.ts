// When a delivery address is closed, its door tag goes too; told twice, it finds none any more.
import type { Heard, Hooks } from '../../src/rollout/extension/load/hooks.ts'
import type { Tag } from './tag/tag.ts'

export const whenClosed =
  ({ sql }: Hooks, tag: Tag) =>
  async ({ event, companyId, ask, say }: Heard): Promise<void> => {
    const kept = await ask(
      sql<{
        id: string
      }>`select id from x_door_tags.tag where company_id = ${companyId} and ship_to_id = ${event.documentId} and state = 'kept'`,
    )
    if (kept.length === 0) return
    await say(tag.verbs.remove, {
      ids: kept.map((one) => one.id),
      input: {},
      reason: 'The delivery address was closed',
    })
  }
