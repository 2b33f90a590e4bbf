-- Two conditions contradict each other when they answer the same question on the same day. The question is kept as one
-- value, its slot, so that the guard against overlaps is small and quick to write, and no search for a price ever takes
-- that guard for its index.
alter table pricing.condition
  drop constraint condition_overlap,
  add column slot uuid not null generated always as (md5(
    kind || ':' || coalesce(list_id::text, '') || ':' || subject_id::text || ':' || object_id::text || ':' || currency || ':' ||
    trim_scale(min_quantity)::text || ':' || step::text || ':' || counts)::uuid) stored;
alter table pricing.condition
  add constraint condition_overlap exclude using gist (company_id with =, slot with =, valid with &&) where (state = 'active');
