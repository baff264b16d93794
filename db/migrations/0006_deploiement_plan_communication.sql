-- What a communiqué names beside the decisions: places, team, departmental plan; and the communiqué itself.

create table lieu (
  id uuid primary key default uuid_v7(),
  structure_id uuid not null references structure,
  rang integer not null check (rang > 0),
  nom text not null check (nom <> ''),
  nature text not null check (nature <> ''),
  itinerant boolean not null default false,
  sources text[] not null default '{}',
  unique (structure_id, rang)
);

create table equipe (
  id uuid primary key default uuid_v7(),
  structure_id uuid not null unique references structure,
  coordinateur_prevu boolean not null,
  sources text[] not null default '{}'
);

create table plan_departemental (
  id uuid primary key default uuid_v7(),
  departement_code text not null references departement,
  nom text not null check (nom <> ''),
  genre text not null default 'm' check (genre in ('m', 'f')),
  presente_le date not null,
  sources text[] not null default '{}',
  unique (departement_code, nom)
);

create table mesure (
  id uuid primary key default uuid_v7(),
  plan_id uuid not null references plan_departemental,
  intitule text not null check (intitule <> ''),
  -- The deployment of the programme is one measure of the plan.
  programme_id uuid references programme,
  sources text[] not null default '{}',
  unique (plan_id, intitule)
);

create table en_tete (
  departement_code text primary key references departement,
  service text[] not null,
  adresse text[] not null default '{}',
  -- Where communiqués are signed: « Laon, le … ».
  lieu text not null check (lieu <> ''),
  -- The contact is a service, never a person.
  contact_service text,
  contact_telephone text,
  contact_courriel text,
  logo bytea,
  logo_type text check (logo_type in ('png', 'svg')),
  logo_texte text,
  -- Width over height.
  logo_rapport double precision check (logo_rapport > 0),
  sources text[] not null default '{}',
  check ((logo is null) = (logo_type is null)),
  check (logo is null or logo_texte is not null)
);

create table communique (
  id uuid primary key default uuid_v7(),
  seance_id uuid not null references seance,
  departement_code text not null references departement,
  statut text not null default 'brouillon' check (statut in ('brouillon', 'publie', 'retire')),
  version integer not null default 1,
  -- The date it bears: its own, independent of the session's.
  date date not null,
  -- Wording changed by hand, by paragraph, with figures as placeholders.
  textes jsonb not null default '{}',
  publie_le timestamptz,
  -- The figures as they were announced, to tell a reader when they have changed since.
  chiffres_publies jsonb,
  sources text[] not null default '{}',
  unique (seance_id, departement_code),
  check (statut <> 'publie' or publie_le is not null)
);

alter table lieu enable row level security;
alter table equipe enable row level security;
alter table communique enable row level security;
alter table en_tete enable row level security;

create policy application on lieu to maillage_application using (true) with check (true);
create policy application on equipe to maillage_application using (true) with check (true);
create policy application on communique to maillage_application using (true) with check (true);
create policy application on en_tete to maillage_application using (true) with check (true);

create policy publique on lieu for select to maillage_publique
  using (exists (select from structure where structure.id = lieu.structure_id));
create policy publique on equipe for select to maillage_publique
  using (exists (select from structure where structure.id = equipe.structure_id));
create policy publique on communique for select to maillage_publique
  using (statut = 'publie' and publie_le <= now());
create policy publique on en_tete for select to maillage_publique
  using (exists (select from communique where communique.departement_code = en_tete.departement_code));

grant select, insert, update, delete on lieu, equipe, plan_departemental, mesure, en_tete, communique
  to maillage_application;
grant select on lieu, equipe, plan_departemental, mesure, en_tete, communique to maillage_publique;
