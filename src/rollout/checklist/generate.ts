// Generating a site's checklist from its release: dates by its calendar, what is new added, and nothing lost that was ticked.
import { type Call, type Command, creation } from '#kernel/command'
import { relation, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import { T } from '#kernel/schema'
import type { Kinds } from '../configuration/live.ts'
import type { Criteria } from '../gate/criteria.ts'
import { siteOf } from '../governance/site.ts'
import type { TemplateFiles } from '../template/template-object.ts'
import { checklist } from './checklist.ts'
import { checklistOf, type ItemRule } from './file.ts'
import { refuse } from './refusals.ts'
import { workDaysOf } from './work-days.ts'

/** `goLive` and `calendar` stay as they were when they are not given. */
export const GenerateInput = T.object({
  id: T.optional(T.id()),
  site: T.ref('rollout.site'),
  goLive: T.optional(T.date()),
  calendar: T.optional(T.code()),
})

const COLUMNS = {
  id: 'uuid',
  item: 'text',
  title: 'text',
  seat: 'text',
  days: 'int',
  due_on: 'date',
  criterion: 'text',
  threshold: 'numeric',
} as const

type Facts = { go_live: string | null; calendar: string | null; release: string; files: TemplateFiles }

/** What a generation takes: the release of the site, its day of going live and its calendar. Refuses NO_SUCH_SITE and GO_LIVE_NEEDED. */
async function factsOf(
  { tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>,
  given: typeof GenerateInput.static,
): Promise<Facts & { id: string; code: string; goLive: string }> {
  const { id, code } = await siteOf(tx, companyId, given.site)
  const found = await tx.first(sql<Facts>`select s.go_live_on as go_live, s.calendar, r.number as release, r.files
    from rollout.site s join rollout.release r on r.id = s.release_id where s.company_id = ${companyId} and s.id = ${id} for update of s`)
  if (!found) throw new Error(`site ${id} was there and is gone`)
  const goLive = given.goLive ?? found.go_live ?? refuse('GO_LIVE_NEEDED', { site: code })
  return { ...found, id, code, goLive, calendar: given.calendar ?? found.calendar }
}

export const generating = (kinds: Kinds, criteria: Criteria): Command =>
  creation(checklist.verbs.generate, GenerateInput, async (call) => {
    const { tx, companyId, ids, numbers, input, now } = call
    for (const [at, given] of input.entries()) {
      const site = await factsOf(call, given)
      const calendar = await workDaysOf(tx, kinds, companyId, site.calendar)
      const items = checklistOf(site.files, new Set(criteria.keys())).map(
        ({ check, control: _, owner: __, ...one }) => ({
          ...one,
          id: newId(),
          due_on: calendar.add(site.goLive, one.days),
          criterion: check?.criterion ?? null,
          threshold: check?.threshold ?? null,
        }),
      )
      const { added, removed } = await place(call, site.id, items)
      await tx.run(sql`update rollout.site set go_live_on = ${site.goLive}, calendar = ${site.calendar}, version = version + 1, updated_at = ${now}
        where company_id = ${companyId} and id = ${site.id}`)
      await tx.run(sql`insert into rollout.checklist (company_id, id, number, state, site_id, release, go_live_on, calendar, items, added, removed, created_at, updated_at)
        values (${companyId}, ${ids[at]}, ${numbers[at]}, 'generated', ${site.id}, ${site.release}, ${site.goLive}, ${calendar.name}, ${items.length},
          ${added}, ${removed}, ${now}, ${now})`)
    }
  })

type Row = Omit<ItemRule, 'check' | 'control' | 'owner'> & {
  readonly id: string
  readonly due_on: string
  readonly criterion: string | null
  readonly threshold: string | null
}

/** Puts the items on the list of a site, and tells how many came and how many went. */
async function place(
  { tx, companyId, now }: Pick<Call<unknown>, 'tx' | 'companyId' | 'now'>,
  siteId: string,
  items: readonly Row[],
): Promise<{ added: number; removed: number }> {
  const names = items.map((one) => one.item)
  const there = await tx.rows(
    sql<{
      item: string
    }>`select item from rollout.checklist_item where company_id = ${companyId} and site_id = ${siteId}`,
  )
  const known = new Set(there.map((one) => one.item))
  // What nobody has ticked goes with the template; what was done or waived stays, marked as no longer asked for.
  const removed = await tx.run(sql`delete from rollout.checklist_item
    where company_id = ${companyId} and site_id = ${siteId} and state = 'open' and item <> all(${names}::text[])`)
  await tx.run(sql`update rollout.checklist_item set in_template = false, updated_at = ${now}
    where company_id = ${companyId} and site_id = ${siteId} and in_template and item <> all(${names}::text[])`)
  // An item that was signed by hand stays so even where the template now has a measure for it.
  await tx.run(sql`insert into rollout.checklist_item as i (company_id, id, state, site_id, item, title, seat, days, due_on, criterion, threshold, created_at, updated_at)
    select ${companyId}, n.id, 'open', ${siteId}, n.item, n.title, n.seat, n.days, n.due_on, n.criterion, n.threshold, ${now}, ${now} from ${relation(COLUMNS, items)} n
    on conflict (company_id, site_id, item) do update set title = excluded.title, seat = excluded.seat, days = excluded.days, due_on = excluded.due_on, in_template = true,
      criterion = case when i.state = 'done' then null else excluded.criterion end, threshold = case when i.state = 'done' then null else excluded.threshold end,
      updated_at = excluded.updated_at`)
  return { added: names.filter((one) => !known.has(one)).length, removed }
}
