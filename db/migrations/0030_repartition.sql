-- How far a proposed allocation has got, for whoever waits for it.
alter table proposition add column avancement jsonb check (jsonb_typeof(avancement) = 'object');
