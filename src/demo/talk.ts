// What people of the demo are told: two talk about an order that waits for a decision, and what is long past is read.
import { sql, transaction } from '#kernel/db'
import { comment } from '#kernel/http/web/comments'
import { asReader } from '#kernel/http/web/mutes'
import { modules } from '../modules/index.ts'
import type { Desk } from './desk.ts'
import type { DemoFiles } from './files.ts'
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

/** Whoever was told something longer ago than this has read it. */
const FRESH_DAYS = 7

/** Everybody has read what is past, such as the hundred limits that were agreed to in spring: a bell tells of what is new. */
export async function readWhatIsPast(desk: Desk, users: DemoFiles['users']): Promise<void> {
  for (const { user, companies } of users) {
    for (const company of companies) {
      const asked = desk.context({ company, by: user, day: 0, key: `read ${user}` })
      await transaction(desk.kernel.pool, { companies: [asked.companyId] }, async (tx) => {
        await asReader(tx, asked)
        await tx.run(sql`update kernel.notice n set read_at = n.at + interval '1 hour'
          where n.company_id = ${asked.companyId} and n.account_id = ${asked.principal.id}::uuid and n.read_at is null
            and n.at < ${asked.now}::timestamptz - make_interval(days => ${FRESH_DAYS}::int)`)
      })
    }
  }
}
