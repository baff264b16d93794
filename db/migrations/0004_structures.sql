-- Host structures.

create table structure (
  id uuid primary key default uuid_v7(),
  identifiant_type text check (identifiant_type in ('siret', 'ridet', 'tahiti')),
  identifiant text,
  -- Missing where the source had none; the identifier then stands for it.
  raison_sociale text check (raison_sociale <> ''),
  raison_sociale_recherche text check (raison_sociale_recherche <> ''),
  commune_code text references commune,
  adresse text check (adresse <> ''),
  code_postal text check (code_postal ~ '^\d{5}$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  -- The name under which it is announced; derived from its kind and commune while nobody wrote one.
  libelle_public text check (libelle_public <> ''),
  libelle_relu boolean not null default false,
  libelle_sources text[] not null default '{}',
  sources text[] not null default '{}',
  version integer not null default 1,
  cree_le timestamptz not null default now(),
  modifie_le timestamptz not null default now(),
  check ((identifiant is null) = (identifiant_type is null)),
  check (identifiant_type <> 'siret' or identifiant ~ '^\d{14}$'),
  check (identifiant_type <> 'ridet' or identifiant ~ '^\d{10}$'),
  check (identifiant_type <> 'tahiti' or identifiant ~ '^[A-Z0-9]\d{5,8}$'),
  check ((latitude is null) = (longitude is null)),
  check ((raison_sociale is null) = (raison_sociale_recherche is null)),
  check (identifiant is not null or (raison_sociale is not null and commune_code is not null))
);
create unique index structure_identifiant on structure (identifiant_type, identifiant);
create unique index structure_sans_identifiant on structure (raison_sociale_recherche, commune_code)
  where identifiant is null;
create index structure_nom_commune on structure (raison_sociale_recherche, commune_code);
create index structure_commune on structure (commune_code);

grant select, insert, update, delete on structure to maillage_application;
grant select on structure to maillage_publique;
