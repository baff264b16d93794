-- Sessions of the selection committee and what they decide.

create table seance (
  id uuid primary key default uuid_v7(),
  programme_id uuid not null references programme,
  vague_id uuid references vague,
  date date not null,
  sources text[] not null default '{}',
  unique (programme_id, date)
);

create table decision (
  id uuid primary key default uuid_v7(),
  seance_id uuid not null references seance,
  structure_id uuid not null references structure,
  resultat text not null default 'retenue' check (resultat in ('retenue', 'refusee', 'ajournee', 'liste_attente')),
  -- The instant of its announcement. Until then no public page, export or figure knows of it.
  publiee_le timestamptz,
  publiee_sources text[] not null default '{}',
  sources text[] not null default '{}',
  version integer not null default 1,
  unique (structure_id, seance_id)
);
create index decision_seance on decision (seance_id);

create table decision_ligne (
  id uuid primary key default uuid_v7(),
  decision_id uuid not null references decision,
  -- How the published file names this line; lets a corrected file find it again.
  reference text,
  categorie text not null check (categorie in ('publique', 'privee')),
  postes integer not null check (postes > 0),
  regime_variante_id uuid not null references regime_variante,
  engagement_id uuid not null unique references engagement,
  -- Zonings as they stood at the session; null is unknown, not no.
  zrr boolean,
  qpv boolean,
  france_services boolean,
  sources text[] not null default '{}'
);
create index decision_ligne_decision on decision_ligne (decision_id);
create index decision_ligne_reference on decision_ligne (reference) where reference is not null;
create index decision_ligne_variante on decision_ligne (regime_variante_id);

alter table structure enable row level security;
alter table seance enable row level security;
alter table decision enable row level security;
alter table decision_ligne enable row level security;
alter table engagement enable row level security;

create policy application on structure to maillage_application using (true) with check (true);
create policy application on seance to maillage_application using (true) with check (true);
create policy application on decision to maillage_application using (true) with check (true);
create policy application on decision_ligne to maillage_application using (true) with check (true);
create policy application on engagement to maillage_application using (true) with check (true);

-- The public wall: everything hangs on the decision's instant of announcement.
create policy publique on decision for select to maillage_publique
  using (publiee_le <= now() and resultat = 'retenue');
create policy publique on decision_ligne for select to maillage_publique
  using (exists (select from decision where decision.id = decision_ligne.decision_id));
create policy publique on engagement for select to maillage_publique
  using (exists (select from decision_ligne where decision_ligne.engagement_id = engagement.id));
create policy publique on seance for select to maillage_publique
  using (exists (select from decision where decision.seance_id = seance.id));
create policy publique on structure for select to maillage_publique
  using (exists (select from decision where decision.structure_id = structure.id));

grant select, insert, update, delete on seance, decision, decision_ligne to maillage_application;
grant select on seance, decision, decision_ligne, engagement to maillage_publique;

-- What every indicator counts: the lines of retained decisions, with their territory derived from the commune.
create view ligne_retenue with (security_invoker = true) as
select
  decision_ligne.id as ligne_id,
  decision_ligne.decision_id,
  decision.structure_id,
  decision.seance_id,
  decision.publiee_le,
  seance.date as seance_date,
  seance.programme_id,
  decision_ligne.categorie,
  decision_ligne.postes,
  decision_ligne.zrr,
  decision_ligne.qpv,
  decision_ligne.france_services,
  decision_ligne.regime_variante_id,
  engagement.montant_centimes,
  engagement.enveloppe_id,
  commune.code as commune_code,
  commune.epci_code,
  commune.arrondissement_code,
  commune.departement_code,
  departement.region_code
from decision_ligne
join decision on decision.id = decision_ligne.decision_id and decision.resultat = 'retenue'
join seance on seance.id = decision.seance_id
join engagement on engagement.id = decision_ligne.engagement_id
join structure on structure.id = decision.structure_id
left join commune on commune.code = structure.commune_code
left join departement on departement.code = commune.departement_code;

grant select on ligne_retenue to maillage_application, maillage_publique;
grant select on region, departement, arrondissement, epci, commune, commune_code_postal, commune_ancienne, contour
  to maillage_application, maillage_publique;
grant insert, update on contour to maillage_application;
grant update (latitude, longitude, precision_position) on commune to maillage_application;
