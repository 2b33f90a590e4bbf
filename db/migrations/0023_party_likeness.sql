-- How alike two parties are, whichever company deals with them (docs/decisions/0020-duplicate-detection.md).

-- Lower case, without accents; umlauts are the same written out or not, for 'ue' loses its 'e' everywhere.
create function party.folded(given text) returns text language sql immutable parallel safe
  as $$ select replace(replace(replace(
    translate(regexp_replace(normalize(replace(replace(replace(lower(given), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), nfkd), '[\u0300-\u036f]', '', 'g'),
      'øłđðþı', 'olddti'), 'ae', 'a'), 'oe', 'o'), 'ue', 'u') $$;

-- A name as it is compared: folded, without points and legal forms, its words in order. A name of legal forms only keeps them.
create function party.normal_name(given text) returns text language sql immutable parallel safe as $$
  with word as (
    select token, token = any('{gmbh,mbh,ggmbh,ag,kg,kgaa,ohg,ug,se,ek,gbr,gesellschaft,co,inc,incorporated,corp,corporation,company,ltd,limited,llc,llp,lp,plc,pty,pte,sa,sarl,sas,srl,spa,sl,bv,nv,oy,oyj,ab,as,asa,aps,kft,zrt,sro,doo,spzoo,and,und,et,the}') as form
      from regexp_split_to_table(regexp_replace(party.folded(given), '[.''’`]', '', 'g'), '[\s!-/:-@\[-`{-~–—]+') as token
     where token <> ''
  )
  select coalesce(
    string_agg(token, ' ' order by token collate "C") filter (where not form),
    string_agg(token, ' ' order by token collate "C"), '') from word $$;

-- Keys that are equal when two spellings mean the same; NULL when there is too little to compare.
create function party.plain_key(given text) returns text language sql immutable parallel safe
  as $$ select nullif(regexp_replace(upper(given), '[^A-Z0-9]', '', 'g'), '') $$;
create function party.phone_key(given text) returns text language sql immutable parallel safe
  as $$ select case when length(digits) >= 7 then right(digits, 9) end from regexp_replace(given, '[^0-9]', '', 'g') as digits $$;
create function party.domain_key(given text) returns text language sql immutable parallel safe as $$
  select case when domain <> all('{gmail.com,googlemail.com,yahoo.com,yahoo.de,hotmail.com,outlook.com,live.com,msn.com,icloud.com,me.com,aol.com,gmx.de,gmx.net,gmx.com,web.de,t-online.de,mail.com,proton.me,protonmail.com,orange.fr,free.fr,libero.it,wp.pl,o2.pl,seznam.cz}')
    then nullif(domain, '') end from lower(split_part(given, '@', 2)) as domain $$;
create function party.address_key(country text, postcode text, street text) returns text language sql immutable parallel safe as $$
  select country || '|' || party.plain_key(postcode) || '|' || coalesce(substring(street from '[0-9]+'), '') || '|'
    || left(regexp_replace(party.folded(street), '[^a-z]', '', 'g'), 5) $$;

-- The hash of a bank account, because likeness needs to know whether two are equal and nobody needs to read one here.
create function party.bank_key(given text) returns text language sql immutable parallel safe
  as $$ select encode(sha256(convert_to(party.plain_key(given), 'UTF8')), 'hex') $$;

alter table party.party
  add column bank_hash text,
  add column tax_key text generated always as (country || '|' || party.plain_key(tax_id)) stored,
  add column phone_key text generated always as (party.phone_key(phone)) stored,
  add column domain_key text generated always as (party.domain_key(email)) stored,
  add column address_key text generated always as (party.address_key(country, postcode, street)) stored;
create index party_tax_key on party.party (tax_key) where tax_key is not null;
create index party_phone_key on party.party (phone_key) where phone_key is not null;
create index party_domain_key on party.party (domain_key) where domain_key is not null;
create index party_address_key on party.party (address_key) where address_key is not null;
create index party_duns on party.party (duns) where duns is not null;
create index party_gln on party.party (gln) where gln is not null;
create index party_bank_hash on party.party (bank_hash) where bank_hash is not null;
create index party_parent on party.party (parent_id) where parent_id is not null;
-- Searched right after thousands of inserts, so new names must not wait in a pending list that each search reads.
alter index party.party_normal_name set (fastupdate = off);
-- A proposal may carry the tax number of somebody known: that is what the steward has to see. Two active ones may not.
drop index party.party_tax_id;
create unique index party_tax_id on party.party (country, tax_id) where tax_id is not null and state = 'active';

create sequence party.party_code;
grant usage on sequence party.party_code to tw_app;
grant execute on function party.folded(text), party.normal_name(text), party.plain_key(text), party.phone_key(text),
  party.domain_key(text), party.address_key(text, text, text), party.bank_key(text) to tw_app;

alter table party.duplicate
  add column code text not null default '',
  add column note text not null default '';
create unique index duplicate_once on party.duplicate (company_id, proposed_id, resembles_id) where state = 'open';
create index duplicate_proposed on party.duplicate (company_id, proposed_id);
-- Seen from the party, by the policy that lets a company see what its steward has to compare.
create index duplicate_resembles on party.duplicate (resembles_id);
create index duplicate_of on party.duplicate (proposed_id);

-- Compares parties with all others of the enterprise. Row-level security hides the others from the caller, so the
-- owner looks; what comes back is an id, a score and which kinds of evidence there are: no name, no number, no company.
create policy owner_compares on party.party for select to tw_owner using (true);
create function party.resembling(probes uuid[], at_least numeric)
  returns table (proposed_id uuid, resembles_id uuid, score numeric, evidence jsonb)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set pg_trgm.similarity_threshold = 0.55
as $$
  with probe as materialized (select * from party.party where id = any(probes)),
  candidate as (
    select p.id, o.id as other from probe p join party.party o on o.tax_key = p.tax_key
    union select p.id, o.id from probe p join party.party o on o.phone_key = p.phone_key
    union select p.id, o.id from probe p join party.party o on o.domain_key = p.domain_key
    union select p.id, o.id from probe p join party.party o on o.address_key = p.address_key
    union select p.id, o.id from probe p join party.party o on o.duns = p.duns
    union select p.id, o.id from probe p join party.party o on o.gln = p.gln
    union select p.id, o.id from probe p join party.party o on o.bank_hash = p.bank_hash
    union select p.id, o.id from probe p join party.party o on o.normal_name % p.normal_name
  ), likeness as (
    select c.id, coalesce(o.merged_into, o.id) as other,
        similarity(p.normal_name, o.normal_name)::numeric as name,
        coalesce(p.tax_key = o.tax_key, false) as tax, coalesce(p.duns = o.duns, false) as duns, coalesce(p.gln = o.gln, false) as gln,
        coalesce(p.bank_hash = o.bank_hash, false) as bank, coalesce(p.phone_key = o.phone_key, false) as phone,
        coalesce(p.domain_key = o.domain_key, false) as domain, coalesce(p.address_key = o.address_key, false) as address,
        p.country = o.country and coalesce(party.plain_key(p.postcode) = party.plain_key(o.postcode), false) as postcode,
        p.country = o.country as country, coalesce(p.tax_key <> o.tax_key, false) as other_tax
      from candidate c join probe p on p.id = c.id join party.party o on o.id = c.other
     -- Of two that came together the later one is compared with the earlier one, once.
     where o.id <> p.id and (o.id <> all(probes) or o.id < p.id)
  ), scored as (
    -- Independent hints: what remains unlikely after each is multiplied. A number that only one party can have decides
    -- nearly alone; another tax number or another country speaks against what is only similar.
    select l.*, round(1 - (case when tax then 0.03 else 1 end) * (case when duns then 0.03 else 1 end) * (case when gln then 0.05 else 1 end)
        * (case when bank then 0.12 else 1 end)
        * (1 - (1 - (1 - 0.84 * greatest(0, (name - 0.2) / 0.8)) * (case when phone then 0.45 else 1 end) * (case when domain then 0.6 else 1 end)
            * (case when address then 0.5 when postcode then 0.75 else 1 end))
          * (case when country then 1 else 0.75 end) * (case when other_tax and not tax then 0.85 else 1 end)), 4) as score
      from likeness l
  )
  select id, other, max(score) as score,
      (array_agg(jsonb_strip_nulls(jsonb_build_object('name', case when name >= 0.55 then round(name, 2) end,
        'tax id', nullif(tax, false), 'DUNS', nullif(duns, false), 'GLN', nullif(gln, false), 'bank account', nullif(bank, false),
        'phone', nullif(phone, false), 'e-mail domain', nullif(domain, false), 'address', nullif(address, false),
        'postcode', nullif(postcode, false))) order by score desc))[1] as evidence
    from scored
   where score >= at_least and id <> other
   group by id, other
$$;
revoke all on function party.resembling(uuid[], numeric) from public;
grant execute on function party.resembling(uuid[], numeric) to tw_app;
