-- Territories: read from the files of reference/, never typed in. Everything derives from the commune.

create table region (
  code text primary key,
  nom text not null,
  nom_avec_article text not null,
  genitif text not null,
  locatif text not null
);

-- Each name in the forms a sentence needs, from a reviewed table: nothing here is derived by rule.
create table departement (
  code text primary key check (code ~ '^([0-9]{2}|2[AB]|9[78][0-9])$'),
  nom text not null,
  nature text not null check (nature in ('departement', 'collectivite')),
  region_code text references region,
  nom_avec_article text not null,
  genitif text not null,
  locatif text not null,
  assemblee text,
  assemblee_genre text check (assemblee_genre in ('m', 'f')),
  assemblee_avec_article text,
  assemblee_genitif text,
  assemblee_datif text,
  assemblee_siren text check (assemblee_siren ~ '^[0-9]{9}$'),
  -- The Métropole de Lyon, beside the Conseil départemental du Rhône.
  assemblee_seconde text,
  assemblee_seconde_genre text check (assemblee_seconde_genre in ('m', 'f')),
  assemblee_seconde_avec_article text,
  assemblee_seconde_genitif text,
  assemblee_seconde_datif text,
  assemblee_seconde_siren text check (assemblee_seconde_siren ~ '^[0-9]{9}$'),
  prefecture text not null,
  prefecture_avec_article text not null,
  prefecture_genitif text not null,
  prefecture_datif text not null,
  prefecture_lieu text not null,
  prefecture_lieu_locatif text not null,
  check ((nature = 'departement') = (region_code is not null)),
  check (num_nulls(assemblee, assemblee_genre, assemblee_avec_article, assemblee_genitif, assemblee_datif) in (0, 5)),
  check (
    num_nulls(
      assemblee_seconde, assemblee_seconde_genre, assemblee_seconde_avec_article, assemblee_seconde_genitif,
      assemblee_seconde_datif
    ) in (0, 5)
  )
);
create index departement_region on departement (region_code);

create table arrondissement (
  code text primary key,
  nom text not null,
  departement_code text not null references departement
);
create index arrondissement_departement on arrondissement (departement_code);

-- Code is the SIREN. An EPCI may lie in several départements.
create table epci (
  code text primary key check (code ~ '^[0-9]{9}$'),
  nom text not null,
  nature text not null
);

create table commune (
  code text primary key check (code ~ '^([0-9]{5}|2[AB][0-9]{3})$'),
  nom text not null,
  nom_recherche text not null check (nom_recherche <> ''),
  departement_code text not null references departement,
  arrondissement_code text references arrondissement,
  epci_code text references epci,
  population integer not null check (population >= 0),
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  precision_position text not null check (precision_position in ('officielle', 'exacte', 'approximative'))
);
-- The search by prefix ranks by population from the index alone: « s » begins 5 600 names.
create index commune_nom_recherche on commune (nom_recherche text_pattern_ops) include (population, code);
create index commune_departement on commune (departement_code);
create index commune_arrondissement on commune (arrondissement_code);
create index commune_epci on commune (epci_code);

create table commune_code_postal (
  code_postal text not null check (code_postal ~ '^[0-9]{5}$'),
  commune_code text not null references commune on delete cascade,
  primary key (commune_code, code_postal)
);
create index commune_code_postal_recherche on commune_code_postal (code_postal text_pattern_ops) include (commune_code);

-- Codes and names that lead to a current commune: merged, delegated and associated communes, arrondissements of
-- Paris, Lyon and Marseille, earlier names and earlier codes. A delegated commune may bear the code of the current one.
create table commune_ancienne (
  code text not null,
  nom text not null,
  nom_recherche text not null check (nom_recherche <> ''),
  nature text not null
    check (nature in ('fusionnee', 'deleguee', 'associee', 'arrondissement_municipal', 'ancien_nom', 'ancien_code')),
  commune_code text not null references commune on delete cascade,
  primary key (code, nom)
);
create index commune_ancienne_nom_recherche on commune_ancienne (nom_recherche text_pattern_ops)
  include (commune_code, nom);
create index commune_ancienne_commune on commune_ancienne (commune_code);

create table contour (
  niveau text not null check (niveau in ('departement', 'commune')),
  code text not null,
  geometrie jsonb not null check (geometrie ->> 'type' in ('Polygon', 'MultiPolygon')),
  source text not null check (source <> ''),
  -- An official outline is never overwritten by the coarse one of the reference files.
  officiel boolean not null default false,
  primary key (niveau, code)
);
