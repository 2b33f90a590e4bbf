// Two people of the demo talk about an order that waits for a decision: a comment, a mention, an answer and their notices.
import { comment } from '#kernel/http/web/comments'
import { modules } from '../modules/index.ts'
import type { Desk } from './desk.ts'
import type { Told } from './told.ts'

/** The story whose first order they talk about, which a manager has to decide on. */
const STORY = 'order-hold-price'

const SAID = [
  {
    by: 'ana',
    time: '08:10:00',
    to: 'carmen',
    text: 'they have a written offer from somebody else and want to order today. Can you look at the price?',
  },
  { by: 'carmen', time: '08:25:00', text: 'Have them send that offer and attach it here, then I decide at once.' },
] as const

/** Says it, as the app would. What was said before is not said again. */
export async function loadTalk(desk: Desk, told: readonly Told[]): Promise<void> {
  const about = told.find((one) => one.story.id === STORY)
  const order = about?.orders[0]
  const doc = modules.flatMap((module) => module.documents).find((one) => one.name === about?.story.document)
  // Where the story is not told there is nothing to talk about.
  if (!about || !order || !doc) return
  for (const [at, line] of SAID.entries()) {
    const doing = { company: about.story.company, by: line.by, day: 0, time: line.time, key: `talk ${at}` }
    const whom = 'to' in line ? desk.context({ ...doing, by: line.to }).principal : undefined
    const text = whom ? `@${whom.name} ${line.text}` : line.text
    await comment(desk.access, desk.context(doing), doc, { document: order, text, mentions: whom ? [whom.id] : [] })
  }
}
