-- Accounts: who is who, what they may do and where; how they come in; who acts in a transaction.

-- Reaches the tables of signing in, and those alone; used by the room `acces` only.
do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'maillage_acces') then
      create role maillage_acces nologin;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
  begin
    if not pg_has_role(current_user, 'maillage_acces', 'member') then
      grant maillage_acces to current_user;
    end if;
  exception when unique_violation then
    null;
  end;
end
$$;
grant usage on schema public to maillage_acces;

create table personne (
  id uuid primary key default uuid_v7(),
  courriel text not null check (courriel = lower(courriel) and courriel ~ '^[^@\s]+@[^@\s]+$' and length(courriel) <= 254),
  prenom text not null check (prenom <> ''),
  nom text not null check (nom <> ''),
  -- When the person proved that the mailbox is theirs.
  courriel_verifie_le timestamptz,
  desactivee_le timestamptz,
  -- Names and address were erased at the person's demand; the row stays, so that figures and journal stay true.
  effacee_le timestamptz,
  -- To show what changed since the last visit.
  vue_le timestamptz,
  vue_precedente_le timestamptz,
  sources text[] not null default '{}',
  version integer not null default 1,
  cree_le timestamptz not null default now()
);
create unique index personne_courriel on personne (courriel);

-- A role on a scope, given by an act that says who, why and until when.
create table attribution (
  id uuid primary key default uuid_v7(),
  personne_id uuid not null references personne,
  role text not null,
  niveau text not null,
  region_code text references region,
  departement_code text references departement,
  -- For `soi`: the structure through which the role came, whose managers look after it.
  structure_id uuid references structure,
  equipe_id uuid references equipe,
  du timestamptz not null default now(),
  fin timestamptz,
  donnee_par uuid references personne,
  motif text not null check (motif <> ''),
  -- Stands in for this one during an absence, and ends with it.
  suppleance_de uuid references attribution,
  retiree_le timestamptz,
  retiree_par uuid references personne,
  retrait_motif text,
  sources text[] not null default '{}',
  version integer not null default 1,
  perimetre text generated always as (
    case niveau
      when 'region' then region_code
      when 'departement' then departement_code
      when 'structure' then structure_id::text
      when 'equipe' then equipe_id::text
    end
  ) stored,
  check (
    case role
      when 'administrateur' then niveau = 'national'
      when 'membre_comite' then niveau in ('national', 'region')
      when 'instructeur' then niveau in ('region', 'departement')
      when 'gestionnaire' then niveau = 'structure'
      when 'coordinateur' then niveau = 'equipe'
      when 'conseiller' then niveau = 'soi'
      when 'candidat' then niveau = 'soi'
      else false
    end
  ),
  check ((region_code is not null) = (niveau = 'region')),
  check ((departement_code is not null) = (niveau = 'departement')),
  check ((equipe_id is not null) = (niveau = 'equipe')),
  check (structure_id is not null or niveau <> 'structure'),
  check (structure_id is null or niveau in ('structure', 'soi')),
  check (fin is null or fin > du),
  check (suppleance_de is null or fin is not null),
  check ((retiree_le is null) = (retrait_motif is null))
);
-- One person holds one role on one scope once; a replacement stands beside.
create unique index attribution_une_fois on attribution
  (personne_id, role, niveau, coalesce(perimetre, ''), coalesce(suppleance_de, '00000000-0000-0000-0000-000000000000'))
  where retiree_le is null;
create index attribution_personne on attribution (personne_id);
create index attribution_departement on attribution (departement_code) where departement_code is not null;
create index attribution_region on attribution (region_code) where region_code is not null;
create index attribution_structure on attribution (structure_id) where structure_id is not null;
create index attribution_equipe on attribution (equipe_id) where equipe_id is not null;
create index attribution_suppleance on attribution (suppleance_de) where suppleance_de is not null;

-- The programme always keeps an administrator who can still act, whoever removes whom at the same time.
create function administrateur_restant() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(727009);
  if not exists (
    select from attribution join personne on personne.id = attribution.personne_id
    where attribution.role = 'administrateur' and attribution.retiree_le is null and attribution.fin is null
      and attribution.suppleance_de is null and personne.desactivee_le is null
  ) then
    raise exception 'le dernier administrateur ne peut pas être retiré' using errcode = '23514', constraint = 'dernier_administrateur';
  end if;
  return null;
end
$$;
create trigger dernier_administrateur_retrait after update of retiree_le, fin on attribution
  for each row when (old.role = 'administrateur' and old.retiree_le is null
    and (new.retiree_le is not null or new.fin is not null))
  execute function administrateur_restant();
create trigger dernier_administrateur_desactive after update of desactivee_le on personne
  for each row when (old.desactivee_le is null and new.desactivee_le is not null)
  execute function administrateur_restant();

-- Signing in. Secrets are kept as digests; what must be read back is encrypted by the program.

create table session (
  id uuid primary key default uuid_v7(),
  empreinte bytea not null unique,
  personne_id uuid not null references personne on delete cascade,
  -- The acting role.
  attribution_id uuid references attribution on delete set null,
  moyen text not null check (moyen in ('lien', 'invitation', 'oidc', 'demonstration')),
  appareil text not null,
  -- Named by the identity provider, to sign out there too (encrypted).
  jeton_identite text,
  ouverte_le timestamptz not null default now(),
  vue_le timestamptz not null default now(),
  -- Ends at this instant whatever happens, and after this time without a request.
  expire_le timestamptz not null,
  inactivite interval not null,
  second_facteur_le timestamptz,
  fin_le timestamptz
);
create index session_personne on session (personne_id) where fin_le is null;

create table lien_connexion (
  empreinte bytea primary key,
  personne_id uuid not null references personne on delete cascade,
  retour text,
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  utilise_le timestamptz
);
create index lien_connexion_personne on lien_connexion (personne_id);

create table demande_oidc (
  empreinte bytea primary key,
  nonce text not null,
  verificateur text not null,
  retour text,
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null
);

create table identite (
  emetteur text not null,
  sujet text not null,
  personne_id uuid not null references personne on delete cascade,
  liee_le timestamptz not null default now(),
  primary key (emetteur, sujet)
);
create index identite_personne on identite (personne_id);

create table second_facteur (
  personne_id uuid primary key references personne on delete cascade,
  -- Encrypted by the program.
  secret text not null,
  confirme_le timestamptz,
  -- A code serves once: the last period that was used.
  dernier_pas bigint not null default 0,
  cree_le timestamptz not null default now()
);

create table code_secours (
  personne_id uuid not null references second_facteur on delete cascade,
  empreinte bytea not null,
  utilise_le timestamptz,
  primary key (personne_id, empreinte)
);

-- Invitations: a role promised to an address, until it is taken up.
create table invitation (
  id uuid primary key default uuid_v7(),
  -- Of the link last sent; sending again makes the one before useless.
  empreinte bytea unique,
  courriel text not null check (courriel = lower(courriel) and courriel ~ '^[^@\s]+@[^@\s]+$' and length(courriel) <= 254),
  prenom text not null check (prenom <> ''),
  nom text not null check (nom <> ''),
  role text not null,
  niveau text not null,
  region_code text references region,
  departement_code text references departement,
  structure_id uuid references structure,
  equipe_id uuid references equipe,
  role_fin timestamptz,
  suppleance_de uuid references attribution,
  motif text not null check (motif <> ''),
  invitee_par uuid references personne,
  statut text not null default 'envoyee' check (statut in ('envoyee', 'acceptee', 'revoquee')),
  version integer not null default 1,
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  envois integer not null default 1,
  acceptee_par uuid references personne,
  sources text[] not null default '{}'
);
create index invitation_courriel on invitation (courriel);
create unique index invitation_en_cours on invitation (
  courriel, role, niveau, coalesce(region_code, ''), coalesce(departement_code, ''),
  coalesce(structure_id, '00000000-0000-0000-0000-000000000000'), coalesce(equipe_id, '00000000-0000-0000-0000-000000000000')
) where statut = 'envoyee';

-- Who acts in this transaction. Nobody unless said: an empty scope sees nothing.

create function acteur_personne() returns uuid
language sql stable parallel safe
as $$ select nullif(current_setting('maillage.personne', true), '')::uuid $$;

create function acteur_role() returns text
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('maillage.role', true), ''), 'aucun') $$;

create function acteur_niveau() returns text
language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('maillage.niveau', true), ''), 'aucun') $$;

create function acteur_perimetre() returns text
language sql stable parallel safe
as $$ select nullif(current_setting('maillage.perimetre', true), '') $$;

-- The command line and the jobs, or an administrator.
create function acteur_national() returns boolean
language sql stable parallel safe
as $$ select acteur_role() in ('operateur', 'administrateur') $$;

create function acteur_departements() returns setof text
language sql stable
as $$
  select code from departement
  where (acteur_niveau() = 'departement' and code = acteur_perimetre())
    or (acteur_niveau() = 'region' and region_code = acteur_perimetre())
$$;

create function acteur_structures() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select structure.id from structure join commune on commune.code = structure.commune_code
  where acteur_niveau() in ('departement', 'region') and commune.departement_code in (select acteur_departements())
  union all
  select acteur_perimetre()::uuid where acteur_niveau() = 'structure'
  union all
  select structure_id from equipe where acteur_niveau() = 'equipe' and id::text = acteur_perimetre()
$$;

-- Takes on a role for this transaction, if it is the person's and still runs; says whether it was taken on.
create function endosser(la_personne uuid, l_attribution uuid) returns boolean
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
  where id = l_attribution and personne_id = la_personne and retiree_le is null and du <= now() and (fin is null or fin > now());
  if not found then
    return false;
  end if;
  perform set_config('maillage.role', held.role, true), set_config('maillage.niveau', held.niveau, true),
    set_config('maillage.perimetre', coalesce(held.perimetre, ''), true);
  return true;
end
$$;
revoke execute on function endosser(uuid, uuid) from public;
grant execute on function endosser(uuid, uuid) to maillage_application;
revoke execute on function acteur_structures() from public;
grant execute on function acteur_structures() to maillage_application;

-- Nobody gives more than they hold; a territory's agents look after their own.
create function acteur_peut_donner(
  le_role text, la_region text, le_departement text, la_structure uuid, l_equipe uuid
) returns boolean
language sql stable
as $$
  select case acteur_role()
    when 'operateur' then true
    when 'administrateur' then true
    when 'instructeur' then
      (le_role = 'instructeur' and (
        (acteur_niveau() = 'region' and la_region = acteur_perimetre())
        or le_departement in (select acteur_departements())))
      or (le_role in ('gestionnaire', 'conseiller') and la_structure in (select acteur_structures()))
      or (le_role = 'coordinateur' and l_equipe in (
        select id from equipe where structure_id in (select acteur_structures())))
    when 'gestionnaire' then
      (le_role in ('gestionnaire', 'conseiller') and la_structure in (select acteur_structures()))
      or (le_role = 'coordinateur' and l_equipe in (
        select id from equipe where structure_id in (select acteur_structures())))
    else false
  end
$$;

alter table personne enable row level security;
alter table attribution enable row level security;
alter table invitation enable row level security;
alter table session enable row level security;
alter table lien_connexion enable row level security;
alter table demande_oidc enable row level security;
alter table identite enable row level security;
alter table second_facteur enable row level security;
alter table code_secours enable row level security;

-- What may be seen of others is what they hold on what is ours.
create policy application_lit on attribution for select to maillage_application using (
  (select acteur_national())
  or personne_id = (select acteur_personne())
  or (region_code = (select acteur_perimetre()) and (select acteur_niveau()) = 'region')
  or departement_code in (select acteur_departements())
  or structure_id in (select acteur_structures())
  or equipe_id in (select id from equipe where structure_id in (select acteur_structures()))
);
create policy application_ajoute on attribution for insert to maillage_application with check (
  acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id)
);
create policy application_modifie on attribution for update to maillage_application
  using (acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id));
create policy application_efface on attribution for delete to maillage_application
  using ((select acteur_role()) = 'operateur');

create policy application_lit on personne for select to maillage_application using (
  (select acteur_national())
  or id = (select acteur_personne())
  or id in (select personne_id from attribution)
);
create policy application_ajoute on personne for insert to maillage_application
  with check ((select acteur_role()) = 'operateur');
create policy application_modifie on personne for update to maillage_application
  using ((select acteur_national()) or id = (select acteur_personne()));
create policy application_efface on personne for delete to maillage_application
  using ((select acteur_role()) = 'operateur');

create policy application on invitation to maillage_application
  using (acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id))
  with check (acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id));

create policy acces on personne to maillage_acces using (true) with check (true);
create policy acces on attribution to maillage_acces using (true) with check (true);
create policy acces on invitation to maillage_acces using (true) with check (true);
create policy acces on session to maillage_acces using (true) with check (true);
create policy acces on lien_connexion to maillage_acces using (true) with check (true);
create policy acces on demande_oidc to maillage_acces using (true) with check (true);
create policy acces on identite to maillage_acces using (true) with check (true);
create policy acces on second_facteur to maillage_acces using (true) with check (true);
create policy acces on code_secours to maillage_acces using (true) with check (true);

grant select, insert, update, delete on personne, attribution, invitation to maillage_application;
grant select, insert, update on personne, attribution, invitation to maillage_acces;
grant select, insert, update, delete on
  session, lien_connexion, demande_oidc, identite, second_facteur, code_secours to maillage_acces;
grant select on migration, region, departement, commune, structure, equipe to maillage_acces;
grant insert on journal to maillage_acces;

-- Labels of scopes at sign-in need names only.
create policy acces on structure for select to maillage_acces using (true);
create policy acces on equipe for select to maillage_acces using (true);
