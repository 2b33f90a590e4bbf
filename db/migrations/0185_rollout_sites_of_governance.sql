-- What governance keeps about a site names a site that there is.
alter table rollout.deviation add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.decision add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.change_request add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.risk add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.answer add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.process add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.finding add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.integration add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.participant add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.requirement add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.register add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.evidence add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.gate_run add foreign key (company_id, site_id) references rollout.site (company_id, id);
alter table rollout.paper add foreign key (company_id, site_id) references rollout.site (company_id, id);
