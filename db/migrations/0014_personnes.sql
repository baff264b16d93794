-- Managing people: replacements that end with what they replace, invitations, changes of address, claims of structures.

-- A role that runs now. A replacement ends with the role that it stands in for.
create function attribution_en_cours(a attribution) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select a.retiree_le is null and a.du <= now() and (a.fin is null or a.fin > now()) and (
    a.suppleance_de is null or exists (
      select from attribution r
      where r.id = a.suppleance_de and r.retiree_le is null and r.du <= now() and (r.fin is null or r.fin > now())
    )
  )
$$;
revoke execute on function attribution_en_cours(attribution) from public;
grant execute on function attribution_en_cours(attribution) to maillage_application, maillage_acces;

create or replace function endosser(la_personne uuid, l_attribution uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  held record;
begin
  perform set_config('maillage.personne', '', true), set_config('maillage.role', '', true),
    set_config('maillage.niveau', '', true), set_config('maillage.perimetre', '', true);
  if not exists (select from personne where id = la_personne and desactivee_le is null) then
    return false;
  end if;
  perform set_config('maillage.personne', la_personne::text, true);
  if l_attribution is null then
    return true;
  end if;
  select role, niveau, perimetre into held from attribution
  where id = l_attribution and personne_id = la_personne and attribution_en_cours(attribution);
  if not found then
    return false;
  end if;
  perform set_config('maillage.role', held.role, true), set_config('maillage.niveau', held.niveau, true),
    set_config('maillage.perimetre', coalesce(held.perimetre, ''), true);
  return true;
end
$$;

-- An account that is disabled is out everywhere at once: no session of it runs. Once enabled again, it does not come back
-- in by one of before.
create function fermer_portes() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update session set fin_le = now(), jeton_identite = null where personne_id = new.id and fin_le is null;
  update lien_connexion set utilise_le = now() where personne_id = new.id and utilise_le is null;
  return null;
end
$$;
create trigger fermer_portes after update of desactivee_le on personne
  for each row when (old.desactivee_le is not null and new.desactivee_le is null)
  execute function fermer_portes();

-- How many devices an account is open on, for whoever looks after all accounts; sessions themselves stay out of sight.
create function compter_appareils(la_personne uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*)::integer from session
  where personne_id = la_personne and (acteur_national() or la_personne = acteur_personne())
    and fin_le is null and expire_le > now() and vue_le > now() - inactivite
    and exists (select from personne where id = la_personne and desactivee_le is null)
$$;
revoke execute on function compter_appareils(uuid) from public;
grant execute on function compter_appareils(uuid) to maillage_application;

alter table invitation
  -- A replacement begins on its day.
  add column role_du timestamptz,
  add column envoyee_le timestamptz not null default now();
create index invitation_cree on invitation (cree_le);
create index invitation_structure on invitation (structure_id) where structure_id is not null;

-- The same wall as `acteur_peut_donner`, asked once for a query and not once for a row.
drop policy application on invitation;
create policy application_lit on invitation for select to maillage_application using (
  (select acteur_national())
  or (
    (select acteur_role()) in ('instructeur', 'gestionnaire') and (
      (role in ('gestionnaire', 'conseiller') and structure_id in (select acteur_structures()))
      or (role = 'coordinateur' and equipe_id in (
        select id from equipe where structure_id in (select acteur_structures())))
    )
  )
  or (
    (select acteur_role()) = 'instructeur' and role = 'instructeur' and (
      ((select acteur_niveau()) = 'region' and region_code = (select acteur_perimetre()))
      or departement_code in (select acteur_departements()))
  )
);
create policy application_ajoute on invitation for insert to maillage_application with check (
  acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id)
);
create policy application_modifie on invitation for update to maillage_application
  using (acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id));
create policy application_efface on invitation for delete to maillage_application
  using ((select acteur_national()));

-- A file of invitations, between its preview and its report: lines with what is wrong with each.
create table lot_invitation (
  id uuid primary key default uuid_v7(),
  deposee_par uuid references personne on delete cascade,
  lignes jsonb not null check (jsonb_typeof(lignes) = 'array'),
  traitee_le timestamptz,
  cree_le timestamptz not null default now()
);
create index lot_invitation_deposee on lot_invitation (deposee_par);

-- What somebody searched among people: names stay out of addresses.
create table recherche_personne (
  id uuid primary key default gen_random_uuid(),
  personne_id uuid references personne on delete cascade,
  terme text not null check (terme <> '' and length(terme) <= 100),
  cree_le timestamptz not null default now()
);
create index recherche_personne_personne on recherche_personne (personne_id);

-- A new address, until its mailbox confirms it.
create table changement_courriel (
  empreinte bytea primary key,
  personne_id uuid not null references personne on delete cascade,
  courriel text not null check (courriel = lower(courriel) and courriel ~ '^[^@\s]+@[^@\s]+$' and length(courriel) <= 254),
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  utilise_le timestamptz
);
create index changement_courriel_personne on changement_courriel (personne_id);

-- A structure that has no e-mail asks for its first manager, and proves itself by a code sent to its postal address.
create table revendication (
  id uuid primary key default uuid_v7(),
  structure_id uuid not null references structure,
  prenom text not null check (prenom <> ''),
  nom text not null check (nom <> ''),
  courriel text not null check (courriel = lower(courriel) and courriel ~ '^[^@\s]+@[^@\s]+$' and length(courriel) <= 254),
  fonction text not null check (fonction <> ''),
  -- Of the link last sent.
  empreinte bytea unique,
  courriel_confirme_le timestamptz,
  statut text not null default 'demandee'
    check (statut in ('demandee', 'courrier_edite', 'code_verifie', 'confirmee', 'refusee')),
  version integer not null default 1,
  -- Written by the préfecture where the structure's own is missing or wrong.
  adresse text check (adresse <> ''),
  -- Digest under the key of the configuration: eight characters would be found again from a bare one.
  code_empreinte bytea,
  code_expire_le timestamptz,
  essais integer not null default 0 check (essais >= 0),
  invitation_id uuid references invitation on delete set null,
  envois integer not null default 1,
  envoyee_le timestamptz not null default now(),
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  check ((code_empreinte is null) = (code_expire_le is null)),
  check (statut not in ('courrier_edite', 'code_verifie', 'confirmee') or courriel_confirme_le is not null)
);
create unique index revendication_ouverte on revendication (structure_id, courriel)
  where statut in ('demandee', 'courrier_edite', 'code_verifie');
create index revendication_structure on revendication (structure_id);
create index revendication_courriel on revendication (courriel);
create index revendication_cree on revendication (cree_le);

-- What a visitor may claim: structures that were announced, and no others.
create function structure_annoncee(la_structure uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$ select exists (select from decision where structure_id = la_structure and publiee_le <= now()) $$;
revoke execute on function structure_annoncee(uuid) from public;
grant execute on function structure_annoncee(uuid) to maillage_acces, maillage_application;

alter table lot_invitation enable row level security;
alter table recherche_personne enable row level security;
alter table changement_courriel enable row level security;
alter table revendication enable row level security;

create policy application on lot_invitation to maillage_application
  using ((select acteur_national()) or deposee_par = (select acteur_personne()))
  with check ((select acteur_role()) = 'operateur' or deposee_par = (select acteur_personne()));
create policy application on recherche_personne to maillage_application
  using ((select acteur_national()) or personne_id = (select acteur_personne()))
  with check ((select acteur_role()) = 'operateur' or personne_id = (select acteur_personne()));
create policy acces on changement_courriel to maillage_acces using (true) with check (true);
create policy application_lit on revendication for select to maillage_application using (
  (select acteur_national())
  or ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures()))
);
create policy application_modifie on revendication for update to maillage_application using (
  (select acteur_national())
  or ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures()))
);
create policy application_efface on revendication for delete to maillage_application
  using ((select acteur_national()));
-- A claim is its claimant's too, for the export of their data.
create policy demandeur_lit on revendication for select to maillage_application using (
  courriel = (select personne.courriel from personne where personne.id = (select acteur_personne()))
);
create policy acces on revendication to maillage_acces using (true) with check (true);

grant select, insert, update, delete on lot_invitation, recherche_personne to maillage_application;
grant select, insert, update, delete on changement_courriel to maillage_acces;
grant select, update, delete on revendication to maillage_application;
grant select, insert, update on revendication to maillage_acces;
