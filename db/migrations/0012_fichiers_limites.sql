-- Files that people hand in, behind the row wall; counts of requests, shared by all processes.

-- What is known of a file; its bytes are elsewhere, under its identifier.
create table fichier (
  id uuid primary key default uuid_v7(),
  nom text not null check (nom <> '' and octet_length(nom) <= 200 and nom !~ '[[:cntrl:]/\\]'),
  -- Found in the content, never what the browser says.
  mime text not null,
  taille bigint not null check (taille > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  statut text not null check (statut in ('a_part', 'sain', 'refuse')),
  version integer not null default 1,
  -- What it is attached to.
  objet_type text not null check (objet_type <> ''),
  objet_id text not null check (objet_id <> ''),
  -- Whose it is: a structure, a département, else the person who handed it in.
  structure_id uuid references structure,
  departement_code text references departement,
  depose_par uuid references personne,
  cree_le timestamptz not null default now(),
  supprime_le timestamptz,
  -- When its bytes and its name were destroyed: it then counts in no quota.
  efface_le timestamptz,
  proprietaire text not null generated always as (
    coalesce('structure ' || structure_id::text, 'departement ' || departement_code, 'personne ' || depose_par::text, 'programme')
  ) stored,
  check (structure_id is null or departement_code is null),
  check (efface_le is null or supprime_le is not null or statut = 'refuse')
);
create index fichier_proprietaire on fichier (proprietaire) include (taille) where efface_le is null;
create index fichier_objet on fichier (objet_type, objet_id);
create index fichier_a_part on fichier (id) where statut = 'a_part' and supprime_le is null;
create index fichier_a_effacer on fichier (id) where efface_le is null and (supprime_le is not null or statut = 'refuse');

alter table fichier enable row level security;
-- A structure's file follows the structure: who handed it in sees it no more once they have left.
create policy application on fichier to maillage_application using (
  (select acteur_national())
  or structure_id in (select acteur_structures())
  or departement_code in (select acteur_departements())
  or (structure_id is null and departement_code is null and depose_par = (select acteur_personne()))
);
grant select, insert on fichier to maillage_application;
-- Neither owner nor content of a file changes.
grant update (nom, statut, version, supprime_le, efface_le) on fichier to maillage_application;

-- What a person handed in for themselves goes with them.
create function fichiers_suivent_la_personne() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update fichier set supprime_le = now(), nom = 'fichier effacé', version = version + 1
  where proprietaire = 'personne ' || new.id::text and supprime_le is null;
  return null;
end
$$;
create trigger fichiers_suivent after update of effacee_le on personne
  for each row when (old.effacee_le is null and new.effacee_le is not null)
  execute function fichiers_suivent_la_personne();

-- Names and order of the columns are those of the library. Lost with a crash of the server, as counts may be.
create unlogged table limite (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index limite_expire on limite (expire);
alter table limite enable row level security;
create policy acces on limite to maillage_acces using (true) with check (true);
grant select, insert, update, delete on limite to maillage_acces;
