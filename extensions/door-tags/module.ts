// Door tags as an extension: one document, three verbs, one list, and an ear for closed addresses.
import type { Brought, Hooks } from '../../src/rollout/extension/load/hooks.ts'
import { whenClosed } from './closed.ts'
import { refusalsOf } from './refusals.ts'
import { keep } from './tag/keep.ts'
import { move } from './tag/move.ts'
import { remove } from './tag/remove.ts'
import { tagDocument } from './tag/tag.ts'
import { tags } from './tags.ts'

export default function doorTags(hooks: Hooks): Brought {
  const tag = tagDocument(hooks)
  const refuse = refusalsOf(hooks)
  return {
    documents: [tag],
    verbs: [keep(hooks, tag, refuse), move(hooks, tag), remove(hooks, tag)],
    questions: [tags(hooks)],
    on: { 'party.ship-to.close': whenClosed(hooks, tag) },
  }
}
