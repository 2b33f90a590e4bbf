// What must hold below every module: audit, outbox, keys, approvals, separation, and the walls around the tables.
import { sql } from '#kernel/db'
import { WALLS } from '#kernel/invariants/walls'
import { type Invariant, invariant } from '#kernel/verify'

const kernel = (id: string, title: string, breaches: Invariant['breaches']): Invariant =>
  invariant(id, 'kernel', title, breaches)

const RECORD: readonly Invariant[] = [
  kernel(
    'I47',
    'every event has its audit row, written by the same transaction',
    sql`
    select o.company_id, o.id, o.topic, o.document_id from kernel.outbox o
      left join kernel.audit a on a.company_id = o.company_id and a.at = o.at and a.id = o.id and a.txid = o.txid
     where a.id is null`,
  ),
  kernel(
    'I47b',
    'every audit row has its event',
    sql`
    select a.company_id, a.id, a.document, a.verb, a.document_id from kernel.audit a
      left join kernel.outbox o on o.company_id = a.company_id and o.at = a.at and o.id = a.id
     where o.id is null`,
  ),
  kernel(
    'I48',
    'every audit leaf can be recomputed from its row',
    sql`
    select a.company_id, a.id, a.document, a.document_id from kernel.audit a
     where a.leaf <> sha256('\\x00'::bytea || convert_to(a.payload, 'UTF8'))`,
  ),
  kernel(
    'I48b',
    'every audit row says in its columns what its payload says',
    sql`
    select a.company_id, a.id, a.document, a.document_id from kernel.audit a cross join lateral (select a.payload::jsonb as said) p
     where (said ->> 'company')::int is distinct from a.company_id or said ->> 'actor' is distinct from a.actor_id::text
        or said ->> 'document' is distinct from a.document or said ->> 'id' is distinct from a.document_id::text
        or said ->> 'verb' is distinct from a.verb or (said ->> 'at')::timestamptz is distinct from a.at`,
  ),
  kernel(
    'I48c',
    'sealed leaves are numbered without gaps up to the signed head',
    sql`
    select s.lowest, s.highest, s.rows, f.size, c.size as signed
      from (select coalesce(min(seq), 1) as lowest, coalesce(max(seq), 0) as highest, count(*) as rows from kernel.audit_seal) s
      left join kernel.audit_frontier f on true left join (select max(size) as size from kernel.audit_checkpoint) c on true
     where s.lowest <> 1 or s.highest <> s.rows or s.rows <> coalesce(f.size, 0) or s.rows <> coalesce(c.size, 0)`,
  ),
  kernel(
    'I48d',
    'every sealed leaf is the leaf of its audit row',
    sql`
    select s.seq, s.audit_id, s.company_id from kernel.audit_seal s
      left join kernel.audit a on a.company_id = s.company_id and a.at = s.audit_at and a.id = s.audit_id
     where a.leaf is distinct from s.leaf`,
  ),
  kernel(
    'I49',
    'no idempotency key was used twice',
    sql`
    select company_id, principal_id, route, key, count(*) from kernel.idempotency group by 1, 2, 3, 4 having count(*) > 1`,
  ),
  kernel(
    'I50',
    'every idempotency key has the answer of its one effect',
    sql`
    select company_id, route, key, at from kernel.idempotency where response is null`,
  ),
]

const EVENTS: readonly Invariant[] = [
  kernel(
    'I51',
    'no listener has an event parked twice',
    sql`
    select company_id, reader, event_id, count(*) from kernel.dead_letter where resolved_at is null group by 1, 2, 3 having count(*) > 1`,
  ),
  kernel(
    'I52',
    'an event waits behind another only while an earlier one of its document is parked',
    sql`
    select d.company_id, d.reader, d.document_id, d.event_id from kernel.dead_letter d
     where d.resolved_at is null and d.attempts = 0
       and not exists (select from kernel.dead_letter e where e.company_id = d.company_id and e.reader = d.reader
             and e.document_id = d.document_id and e.resolved_at is null and e.attempts > 0 and e.position < d.position)`,
  ),
  kernel(
    'I52b',
    'an event was parked before the later ones of its document, not after',
    sql`
    select d.company_id, d.reader, d.document_id, d.event_id from kernel.dead_letter d
      join kernel.dead_letter e on e.company_id = d.company_id and e.reader = d.reader and e.document_id = d.document_id
       and e.resolved_at is not null and d.resolved_at is null and e.position > d.position and e.resolved_at > d.at`,
  ),
  kernel(
    'I53',
    'no event has waited for its listener for more than five minutes',
    sql`
    select r.reader, o.company_id, o.id, o.topic, o.position from kernel.outbox_reader r
      join kernel.outbox o on o.txid >= pg_snapshot_xmin(r.seen) and o.topic = any(r.topics) and not pg_visible_in_snapshot(o.txid, r.seen)
     where r.at < now() - interval '5 minutes' and o.at < now() - interval '5 minutes'
       and not (r.upto is not null and pg_visible_in_snapshot(o.txid, r.upto) and o.position <= r.position)`,
  ),
  kernel(
    'I54',
    'no job was put down twice under one key',
    sql`
    select company_id, task, key, count(*) from kernel.job where key is not null group by 1, 2, 3 having count(*) > 1`,
  ),
  kernel(
    'I54b',
    'no due job has waited for more than an hour',
    sql`
    select company_id, id, task, run_at from kernel.job where state = 'waiting' and greatest(run_at, created_at, lease_until) < now() - interval '1 hour'`,
  ),
]

const PEOPLE: readonly Invariant[] = [
  kernel(
    'I45',
    'nobody decided what he had asked for, in person or through a delegate',
    sql`
    select company_id, id, kind, document_id from kernel.approval
     where decided_by = requested_by or on_behalf_of = requested_by
        or (decided_by is null) = (state in ('approved', 'rejected'))`,
  ),
  kernel(
    'I45b',
    'an approval has one open decision for each step',
    sql`
    select company_id, document_id, kind, sequence, count(*) from kernel.approval
     where state in ('pending', 'approved') group by 1, 2, 3, 4 having count(*) > 1`,
  ),
  kernel(
    'I46',
    'nobody holds both sides of a separated pair without a waiver',
    sql`
    with held as (
      select distinct g.account_id, g.company_id, p.permission from access.role_grant g
        join access.role_permission p on p.role = g.role join access.account a on a.id = g.account_id
       where a.disabled_at is null and a.kind <> 'system' and (a.ends_on is null or a.ends_on >= current_date)
         and (g.starts_on is null or g.starts_on <= current_date) and (g.ends_on is null or g.ends_on >= current_date)
    ), side as (
      select s.separation, s.side, h.* from access.v_separation_side s join held h on h.permission = s.permission where s.checked = 'person'
    )
    select distinct l.separation, l.account_id, l.permission as one_side, r.permission as other_side
      from side l join side r on r.separation = l.separation and r.account_id = l.account_id
       and (l.company_id is null or r.company_id is null or l.company_id = r.company_id)
     where l.side = 'first' and r.side = 'second'
       and not exists (select from access.separation_waiver w where w.separation_id = l.separation and w.account_id = l.account_id and w.expires_on >= current_date
             and (w.holds_in is null or w.holds_in = coalesce(l.company_id, r.company_id)))`,
  ),
  kernel(
    'I46b',
    'nobody approved his own waiver',
    sql`
    select id, separation_id, account_id from access.separation_waiver where approved_by = account_id`,
  ),
]

/** The invariants of the kernel, in the order in which they are reported. */
export const KERNEL_INVARIANTS: readonly Invariant[] = [...RECORD, ...EVENTS, ...PEOPLE, ...WALLS]
