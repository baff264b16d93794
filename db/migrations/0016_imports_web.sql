-- Files of the committee sent on the web: what they would do, who confirmed it, how far the work has got.

create table import_depot (
  id uuid primary key default uuid_v7(),
  fichier text not null check (fichier <> '' and length(fichier) <= 200),
  empreinte text not null,
  octets integer not null check (octets between 1 and 5242880),
  -- Rows of the file, counted when it was sent.
  lignes integer not null check (lignes > 0),
  -- Kept until the file is imported, given up or out of date: it names organisations that are not announced.
  contenu bytea,
  expire_le timestamptz not null default now() + interval '7 days',
  statut text not null default 'depose'
    check (statut in ('depose', 'simule', 'confirme', 'importe', 'echoue', 'abandonne')),
  version integer not null default 1,
  -- Who sent it and who confirmed it, while they have an account.
  depose_par uuid references personne on delete set null,
  cree_le timestamptz not null default now(),
  -- How far the work under way has got; written by another connection than the one that imports.
  etape text not null default 'attente' check (etape in ('attente', 'lecture', 'ecriture')),
  lignes_faites integer not null default 0,
  simule_le timestamptz,
  bilan jsonb,
  entetes text[],
  -- Digest of the fate of every row: the import does what was shown, or nothing.
  apercu_empreinte text,
  confirme_par uuid references personne on delete set null,
  confirme_le timestamptz,
  -- Why it failed, or why it must be read again.
  message text,
  termine_le timestamptz,
  import_id uuid unique references import,
  check (import_id is null or statut = 'importe')
);
create index import_depot_cree on import_depot (cree_le);
create index import_depot_depose_par on import_depot (depose_par) where depose_par is not null;
create index import_depot_confirme_par on import_depot (confirme_par) where confirme_par is not null;

-- The fate of every row, as the preview tells it; gone once imported, where the report says it.
create table import_depot_ligne (
  depot_id uuid not null references import_depot on delete cascade,
  numero integer not null,
  ligne integer not null,
  sort text not null check (sort in ('creee', 'modifiee', 'inchangee', 'rejetee')),
  motif text,
  libelle text,
  changements jsonb not null default '[]',
  anomalies jsonb not null default '[]',
  contenu jsonb,
  primary key (depot_id, numero),
  check ((sort = 'rejetee') = (motif is not null)),
  check ((sort = 'rejetee') = (contenu is not null))
);

alter table import_depot enable row level security;
alter table import_depot_ligne enable row level security;
create policy application on import_depot to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
create policy application on import_depot_ligne to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
grant select, insert, update on import_depot to maillage_application;
grant select, insert, delete on import_depot_ligne to maillage_application;

-- Reports tell decisions that are not announced: to administrators, the command line, and whoever holds the link.
drop policy application on import;
drop policy application on import_ligne;
create policy application on import to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
create policy application on import_ligne to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
