// Changing the risk class: it says how late a customer may pay, how high a limit may be, and when it is reviewed.
import { command } from '#kernel/command'
import { sql } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from '../refusals.ts'
import { account } from './account.ts'

/** `maxOverdueDays` and `reviewOn` are those of the class when they are not given. */
export const ClassInput = T.object({
  riskClass: T.code(),
  maxOverdueDays: T.optional(T.integer(0, 365)),
  reviewOn: T.optional(T.date()),
})

export const changeClass = command(
  account.verbs['change-class'],
  ClassInput,
  async ({ tx, companyId, today, input, set }) => {
    const { riskClass } = input
    const policy = await tx.first(sql<{
      known: boolean
      classes: string
      days: number | null
      review: number | null
      most: string | null
    }>`
    select c.classes is null or c.classes ? ${riskClass} as known, (select string_agg(k, ', ' order by k) from jsonb_object_keys(c.classes) k) as classes,
        (c.classes #>> array[${riskClass}::text, 'overdue_hold_days'])::int as days, (c.classes #>> array[${riskClass}::text, 'review_days'])::int as review,
        c.classes #>> array[${riskClass}::text, 'limit_max'] as most
      from company.v_company v cross join lateral (select v.settings -> 'credit_risk_classes' as classes) c where v.id = ${companyId}`)
    if (!policy?.known) refuse('CREDIT_CLASS_UNKNOWN', { class: riskClass, classes: policy?.classes })
    const above = await tx.first(sql<{ account: string; limit: string }>`
    select a.code as account, greatest(a.credit_limit, case when coalesce(a.next_until >= ${today}::date, true) then a.next_limit end) as limit
      from ${set} s join credit.account a on a.company_id = ${companyId} and a.id = s.id
     where greatest(a.credit_limit, case when coalesce(a.next_until >= ${today}::date, true) then a.next_limit end) > ${policy?.most ?? null}::numeric
     order by a.code limit 1`)
    if (above) refuse('CREDIT_LIMIT_CLASS', { ...above, class: riskClass, most: policy?.most })
    await tx.run(sql`update credit.account a set risk_class = ${riskClass},
      max_overdue_days = coalesce(${input.maxOverdueDays ?? null}::int, ${policy?.days ?? null}::int, a.max_overdue_days),
      review_on = coalesce(${input.reviewOn ?? null}::date, ${today}::date + ${policy?.review ?? null}::int, a.review_on)
    from ${set} s where a.company_id = ${companyId} and a.id = s.id`)
  },
)
