-- What came of the tests of an extension: with which version of the product, which template, and which code, on a copy. Only appended.
create table rollout.extension_outcome (
  company_id int not null,
  id uuid not null,
  extension_id uuid not null,
  -- The version of the product, and the number and SHA-256 of the template that the world was laid from.
  core text not null,
  release text not null,
  template_hash bytea not null check (length(template_hash) = 32),
  -- SHA-256 of the extension's folder.
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  verdict text not null check (verdict in ('passed', 'failed')),
  scenarios jsonb not null check (jsonb_typeof(scenarios) = 'array'),
  recorded_by uuid not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, extension_id) references rollout.extension (company_id, id)
);
create index extension_outcome_newest on rollout.extension_outcome (company_id, extension_id, core, template_hash, at desc, id desc);
call kernel.guard('rollout.extension_outcome', facts => true);
