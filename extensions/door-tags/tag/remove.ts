// Taking a door tag away, with the reason; the address may get another one.
import type { Hooks, Told } from '../../../src/rollout/extension/load/hooks.ts'
import type { Tag } from './tag.ts'

export const remove = ({ verb, T }: Hooks, tag: Tag): Told =>
  verb(tag.verbs.remove, T.object({}), async () => undefined)
