-- A release is signed by the key that signs the audit log: the signed note, and which key it was. Both are written once.
alter table rollout.release drop column signature;
alter table rollout.release add column signature text, add column key_id text;
alter table rollout.release add check (num_nulls(signature, key_id) in (0, 2));
grant update (signature, key_id) on rollout.release to tw_app;

create function rollout.signed_once() returns trigger language plpgsql as $$
begin
  if old.signature is not null and (new.signature, new.key_id) is distinct from (old.signature, old.key_id) then
    raise exception 'release % is signed already', old.number using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger signed_once before update of signature, key_id on rollout.release for each row execute function rollout.signed_once();
