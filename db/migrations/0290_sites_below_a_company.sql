-- A site may govern one place of its company, such as a warehouse: what belongs to that place is its own, the rest stays
-- with the company's site. `place` is the code of the place, and null for what governs a company or the enterprise.
alter table rollout.site add column place text;
alter table rollout.site drop constraint site_scope_check;
alter table rollout.site add constraint site_scope_check check (scope in ('enterprise', 'company', 'place'));
alter table rollout.site add constraint site_names_its_place check ((scope = 'place') = (place is not null));
-- Two sites over the same configuration would take each other's changes back.
drop index rollout.site_governs_once;
create unique index site_governs_once on rollout.site (company_id, scope, place) nulls not distinct;

-- What a place does better may be for the template too.
alter table rollout.proposal drop constraint proposal_scope_check;
alter table rollout.proposal add constraint proposal_scope_check check (scope in ('enterprise', 'company', 'place'));
