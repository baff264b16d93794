-- What was imported, row by row: the report stays readable and its rejected rows downloadable.

create table import (
  id uuid primary key default uuid_v7(),
  source text not null,
  fichier text not null,
  empreinte text not null,
  acteur text not null,
  importe_le timestamptz not null default now(),
  bilan jsonb not null,
  -- The header of the file, to give rejected rows back as they came.
  entetes text[] not null,
  -- The report has no public address: a link with a secret opens it until it expires. Only its digest is kept.
  lien_empreinte text not null unique,
  lien_expire_le timestamptz not null
);

create table import_ligne (
  import_id uuid not null references import,
  numero integer not null,
  ligne integer not null,
  sort text not null check (sort in ('creee', 'modifiee', 'inchangee', 'rejetee')),
  motif text,
  libelle text,
  changements jsonb not null default '[]',
  anomalies jsonb not null default '[]',
  -- The row as read, for rejected rows only: to be corrected and imported again.
  contenu jsonb,
  primary key (import_id, numero),
  check ((sort = 'rejetee') = (motif is not null)),
  check ((sort = 'rejetee') = (contenu is not null))
);

alter table import enable row level security;
alter table import_ligne enable row level security;
create policy application on import to maillage_application using (true) with check (true);
create policy application on import_ligne to maillage_application using (true) with check (true);
-- The link's digest is set for the transaction of one request; unset, nothing is seen.
create policy lien on import for select to maillage_publique
  using (lien_empreinte = current_setting('maillage.lien', true) and lien_expire_le > now());
create policy lien on import_ligne for select to maillage_publique
  using (exists (select from import where import.id = import_ligne.import_id));

grant select, insert, update on import, import_ligne to maillage_application;
grant select on import, import_ligne to maillage_publique;
