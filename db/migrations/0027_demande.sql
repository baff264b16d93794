-- What a structure says of itself while it applies, and who confirms it.

-- A manager says who their structure is until the directory, or somebody who looked, has confirmed it.
create policy application_declare on structure for update to maillage_application
  using ((select acteur_role()) = 'gestionnaire' and (a_verifier or identifiant is null)
    and id in (select acteur_structures()))
  with check ((select acteur_role()) = 'gestionnaire' and a_verifier and id in (select acteur_structures()));
-- A préfecture confirms those of its territory.
create policy application_verifie on structure for update to maillage_application
  using ((select acteur_role()) = 'instructeur' and id in (select acteur_structures_instruites()));

create function structure_gardee() returns trigger
language plpgsql
as $$
declare
  permis text[] := case acteur_role()
    when 'instructeur' then '{a_verifier,verifiee_le,verification_motif,version,modifie_le}'
    else '{identifiant_type,identifiant,raison_sociale,raison_sociale_recherche,commune_code,adresse,code_postal,nature,a_verifier,verification_motif,version,modifie_le,recherche}'
  end;
begin
  if to_jsonb(new) - permis - 'recherche'::text is distinct from to_jsonb(old) - permis - 'recherche'::text then
    raise exception 'ce rôle ne change pas cela d’une structure' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger structure_gardee before update on structure
  for each row when (acteur_role() in ('gestionnaire', 'instructeur')) execute function structure_gardee();

-- Whom to ask, for who applies there.
create policy application_lit_de_sa_structure on en_tete for select to maillage_application using (
  (select acteur_role()) = 'gestionnaire' and departement_code in (
    select commune.departement_code from structure join commune on commune.code = structure.commune_code
    where structure.id in (select acteur_structures())
  )
);

-- What a wave asks is read by whoever acts; nobody acting reads nothing.
alter policy application_lit on vague using ((select acteur_present()));
alter policy application_lit on vague_critere using ((select acteur_present()));
alter policy application_lit on vague_question using ((select acteur_present()));
alter policy application_lit on vague_departement using ((select acteur_present()));
alter policy application_lit on vague_quota using ((select acteur_present()));
alter policy application_lit on fragilite using ((select acteur_present()));

-- Somebody asks for an account to apply for a structure; nothing exists before they confirm their mailbox.
create table ouverture (
  empreinte bytea primary key,
  courriel text not null check (courriel = lower(courriel) and courriel ~ '^[^@\s]+@[^@\s]+$' and length(courriel) <= 254),
  prenom text not null check (prenom <> ''),
  nom text not null check (nom <> ''),
  identifiant_type text not null check (identifiant_type in ('siret', 'ridet', 'tahiti')),
  identifiant text not null check (identifiant <> ''),
  raison_sociale text not null check (raison_sociale <> ''),
  commune_code text not null references commune,
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  utilise_le timestamptz,
  personne_id uuid references personne on delete cascade
);
create index ouverture_courriel on ouverture (courriel, cree_le);
create index ouverture_personne on ouverture (personne_id) where personne_id is not null;
alter table ouverture enable row level security;
create policy acces on ouverture to maillage_acces using (true) with check (true);
grant select, insert, update, delete on ouverture to maillage_acces;
-- A structure that nobody knew comes in to be verified, and changes no more through that door.
create policy acces_ouvre on structure for insert to maillage_acces with check (a_verifier and verifiee_le is null);
grant insert on structure to maillage_acces;
grant select on commune_code_postal to maillage_acces;
create trigger changement after insert or update or delete or truncate on fragilite
  for each statement execute function signaler_changement();
