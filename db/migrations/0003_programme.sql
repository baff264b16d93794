-- The national scheme: what may be spent, on how many posts, under which dated rules.

create extension if not exists btree_gist;

-- Which version of the reference files a database holds, so that they are loaded once.
create table reference_chargee (
  nom text primary key,
  empreinte text not null,
  chargee_le timestamptz not null default now()
);

create table programme (
  id uuid primary key default uuid_v7(),
  code text not null unique,
  nom text not null,
  -- What it is for, in the infinitive.
  finalite text,
  annonce_le date not null,
  objectif_postes integer not null check (objectif_postes > 0),
  sources text[] not null default '{}'
);

create table enveloppe (
  id uuid primary key default uuid_v7(),
  programme_id uuid not null references programme,
  code text not null,
  nom text not null,
  montant_centimes bigint not null check (montant_centimes >= 0),
  -- Kept by the trigger on engagement; the CHECK below is the ceiling, whoever writes and however many at once.
  engage_centimes bigint not null default 0 check (engage_centimes >= 0),
  sources text[] not null default '{}',
  unique (programme_id, code),
  constraint enveloppe_jamais_depassee check (engage_centimes <= montant_centimes)
);

create table engagement (
  id uuid primary key default uuid_v7(),
  enveloppe_id uuid not null references enveloppe,
  montant_centimes bigint not null check (montant_centimes >= 0)
);
create index engagement_enveloppe on engagement (enveloppe_id);

-- Adds the change of a whole statement to the enveloppe: the row lock puts simultaneous commitments in a queue.
create function engagement_imputer() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    update enveloppe set engage_centimes = engage_centimes + ecart.montant
    from (select enveloppe_id, sum(montant_centimes) as montant from nouvelles group by enveloppe_id) ecart
    where enveloppe.id = ecart.enveloppe_id and ecart.montant <> 0;
  elsif tg_op = 'DELETE' then
    update enveloppe set engage_centimes = engage_centimes - ecart.montant
    from (select enveloppe_id, sum(montant_centimes) as montant from anciennes group by enveloppe_id) ecart
    where enveloppe.id = ecart.enveloppe_id and ecart.montant <> 0;
  else
    update enveloppe set engage_centimes = engage_centimes + ecart.montant
    from (
      select enveloppe_id, sum(montant) as montant
      from (
        select enveloppe_id, montant_centimes as montant from nouvelles
        union all
        select enveloppe_id, -montant_centimes from anciennes
      ) mouvement
      group by enveloppe_id
    ) ecart
    where enveloppe.id = ecart.enveloppe_id and ecart.montant <> 0;
  end if;
  return null;
end
$$;

create trigger engagement_ajoute after insert on engagement
  referencing new table as nouvelles for each statement execute function engagement_imputer();
create trigger engagement_change after update on engagement
  referencing old table as anciennes new table as nouvelles for each statement execute function engagement_imputer();
create trigger engagement_retire after delete on engagement
  referencing old table as anciennes for each statement execute function engagement_imputer();

-- Without this an emptied table would leave the enveloppe committed.
create function engagement_non_vidable() returns trigger
language plpgsql
as $$
begin
  raise exception 'les engagements se retirent un par un' using errcode = 'insufficient_privilege';
end
$$;
create trigger engagement_vide before truncate on engagement
  for each statement execute function engagement_non_vidable();

create table regime (
  id uuid primary key default uuid_v7(),
  programme_id uuid not null references programme,
  code text not null,
  libelle text not null,
  mode text not null check (mode in ('forfait', 'taux')),
  en_vigueur daterange not null check (not isempty(en_vigueur) and lower(en_vigueur) is not null),
  sources text[] not null default '{}',
  unique (programme_id, code),
  -- On a given day a mode has one set of rules.
  constraint regime_un_seul_en_vigueur exclude using gist (programme_id with =, mode with =, en_vigueur with &&)
);

create table regime_variante (
  id uuid primary key default uuid_v7(),
  regime_id uuid not null references regime,
  categorie text not null check (categorie in ('publique', 'privee')),
  territoire text not null check (territoire in ('metropole', 'outre_mer')),
  duree_mois integer not null check (duree_mois > 0),
  -- What the State pays at most for a post over the whole duration.
  plafond_centimes bigint check (plafond_centimes > 0),
  -- Share of the salary, per thousand, and which salary it is taken on.
  taux_pour_mille integer check (taux_pour_mille between 1 and 1000),
  base_salaire text check (base_salaire in ('brut', 'charge')),
  formation_centimes bigint not null check (formation_centimes >= 0),
  source text not null,
  unique (regime_id, categorie, territoire),
  check (plafond_centimes is not null or taux_pour_mille is not null),
  check ((taux_pour_mille is null) = (base_salaire is null))
);

create table vague (
  id uuid primary key default uuid_v7(),
  programme_id uuid not null references programme,
  rang integer not null check (rang > 0),
  nom text not null,
  -- Unknown where no source says it.
  ouvre_le date,
  -- « au mois d’avril »: announced to the month only.
  ouverture_precision text not null default 'jour' check (ouverture_precision in ('jour', 'mois')),
  ferme_le date,
  priorites text[] not null default '{}',
  sources text[] not null default '{}',
  unique (programme_id, rang),
  check (ferme_le is null or ferme_le >= ouvre_le)
);

grant select on programme, regime, regime_variante, vague to maillage_application, maillage_publique;
grant insert, update, delete on programme, regime, regime_variante, vague to maillage_application;
grant select, insert, update, delete on engagement to maillage_application;
grant select, insert, delete, update (code, nom, montant_centimes, sources) on enveloppe to maillage_application;
-- What is committed counts decisions not announced yet: the public sees the sum of the announced ones only.
grant select (id, programme_id, code, nom, montant_centimes) on enveloppe to maillage_publique;
