// What must hold of access that was asked for: two people in every decision, reviews that end, and clean hands on every document.
import { sql } from '#kernel/db'
import { type Invariant, invariant } from '#kernel/verify'

export const invariants: readonly Invariant[] = [
  invariant(
    'I59',
    'rollout',
    'whoever asked for access or a waiver, and whoever it is for, did not decide it',
    sql`
    select company_id, number, decided_by from rollout.access_request where decided_by in (requested_by, account_id)
    union all
    select company_id, number, decided_by from rollout.access_waiver where decided_by in (requested_by, account_id)`,
  ),
  invariant(
    'I59b',
    'rollout',
    'every waiver in force that says where it holds was asked for and agreed to',
    sql`
    select v.holds_in as company_id, v.id, v.separation_id from access.separation_waiver v
      left join rollout.access_waiver w on w.company_id = v.holds_in and w.id = v.id
     where v.holds_in is not null and v.expires_on >= current_date and (w.state is distinct from 'agreed' or w.decided_by is distinct from v.approved_by
       or w.account_id <> v.account_id or w.separation <> v.separation_id or w.expires_on <> v.expires_on or w.same_document <> v.same_document)`,
  ),
  invariant(
    'I59c',
    'rollout',
    'in a closed review every grant was decided or has lapsed',
    sql`
    select l.company_id, r.number, l.grant_id from rollout.access_review r join rollout.access_review_line l on l.company_id = r.company_id and l.review_id = r.id
     where r.state = 'closed' and l.outcome is null`,
  ),
  invariant(
    'I60',
    'rollout',
    'no document has one person in two steps that a rule keeps apart, but by a waiver that says so',
    sql`
    with step as materialized (
      select a.company_id, a.document_id, a.actor_id, s.separation, s.side, min(a.at) as at from access.v_separation_side s
        join kernel.audit a on a.document || '.' || a.verb = s.permission
       where a.actor_id not in (select id from access.account where kind = 'system') and a.actor_id <> '00000000-0000-7000-8000-000000000001'
       group by 1, 2, 3, 4, 5
    )
    select l.company_id, l.document_id, l.actor_id, l.separation from step l
      join step r on r.company_id = l.company_id and r.document_id = l.document_id and r.actor_id = l.actor_id and r.separation = l.separation
     where l.side = 'first' and r.side = 'second'
       and not exists (select from rollout.access_waiver w where w.company_id = l.company_id and w.account_id = l.actor_id and w.separation = l.separation
             and w.same_document and w.decided_at <= greatest(l.at, r.at) and w.state in ('agreed', 'ended'))
       and not exists (select from access.separation_waiver v where v.account_id = l.actor_id and v.separation_id = l.separation and v.same_document
             and v.holds_in is null)`,
  ),
]
