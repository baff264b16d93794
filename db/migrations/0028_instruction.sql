-- What a préfecture's table shows of each submitted application, kept by triggers beside it: 20 000 rows are filtered
-- and sorted without a join, and the wall asks for the département alone.
create table instruction (
  candidature_id uuid primary key references candidature on delete cascade,
  numero bigint not null,
  vague_id uuid not null,
  structure_id uuid not null,
  commune_code text,
  epci_code text,
  departement_code text,
  -- What it is called, how that is sorted, what is searched.
  nom text not null,
  nom_tri text collate "C" not null,
  commune_nom text,
  commune_tri text collate "C",
  epci_nom text,
  epci_tri text collate "C",
  recherche text not null,
  statut text not null,
  categorie text not null,
  postes_demandes integer not null,
  deposee_le timestamptz not null,
  instructeur_id uuid,
  agent text,
  priorites text[] not null,
  -- THE opinion: the last one of the level that counts in the wave.
  avis_favorable boolean,
  avis_postes integer,
  avis_le timestamptz,
  a_verifier boolean not null,
  doublon boolean not null,
  correction_echeance date,
  message_structure_le timestamptz,
  message_prefecture_le timestamptz
);
create index instruction_departement on instruction (departement_code, statut);
create index instruction_vague on instruction (vague_id);
create index instruction_structure on instruction (structure_id);
create index instruction_commune on instruction (commune_code);
create index instruction_nom on instruction (nom_tri, candidature_id);
create index instruction_deposee on instruction (deposee_le, candidature_id);

alter table instruction enable row level security;
create policy application_lit on instruction for select to maillage_application using (
  (select acteur_national())
  or ((select acteur_role()) = 'instructeur' and departement_code in (select acteur_departements_instruits()))
);
grant select on instruction to maillage_application;

-- A candidature that another may be the double of: neither gone nor already told to be one.
create function candidature_vivante(le_statut text) returns boolean
language sql immutable parallel safe
as $$ select le_statut in ('deposee', 'en_correction', 'instruite', 'ajournee', 'liste_attente', 'retenue') $$;

-- The number of the company, but for La Poste, whose post offices all bear the same.
create function instruction_siren(le_type text, l_identifiant text) returns text
language sql immutable parallel safe
as $$
  select case when le_type = 'siret' and left(l_identifiant, 9) <> '356000000' then left(l_identifiant, 9) end
$$;
create index structure_siren on structure (instruction_siren(identifiant_type, identifiant));

-- The applications that may be doubles of these, and why.
create function instruction_ressemblances(les_candidatures uuid[])
returns table (candidature_id uuid, autre_id uuid, raison text)
-- As it is written, by index from each application: tables that were just filled have no statistics yet.
language sql stable security definer set search_path = public, pg_temp set join_collapse_limit = 1
  set enable_seqscan = off
as $$
  with moi as (
    select candidature.id, candidature.statut, candidature.vague_id, candidature.structure_id, commune_code,
      raison_sociale_recherche as nom, instruction_siren(identifiant_type, identifiant) as siren
    from candidature join structure on structure.id = candidature.structure_id
    where candidature.id in (select unnest(les_candidatures)) and candidature_vivante(candidature.statut)
  ), trouvee as (
    select moi.id, autre.id as autre_id, 'meme_structure' as raison, 1 as rang
    from moi join candidature autre on autre.structure_id = moi.structure_id and autre.id <> moi.id
    where candidature_vivante(autre.statut) and 'retenue' not in (moi.statut, autre.statut)
    union all
    select moi.id, autre.id, 'meme_siren', 2
    from moi
    join structure on instruction_siren(structure.identifiant_type, structure.identifiant) = moi.siren
      and structure.id <> moi.structure_id
    join candidature autre on autre.structure_id = structure.id and autre.vague_id = moi.vague_id
    where candidature_vivante(autre.statut)
    union all
    select moi.id, autre.id, 'nom_proche', 3
    from moi
    join structure on structure.commune_code = moi.commune_code and structure.id <> moi.structure_id
      and similarity(structure.raison_sociale_recherche, moi.nom) > 0.6
    join candidature autre on autre.structure_id = structure.id and autre.vague_id = moi.vague_id
    where candidature_vivante(autre.statut)
  )
  select distinct on (id, autre_id) id, autre_id, raison from trouvee order by id, autre_id, rang
$$;
revoke execute on function instruction_ressemblances(uuid[]) from public;

-- What the table must say of these applications: all that it says is calculated here; whether each may be a double only
-- where that may have changed.
create function instruction_calculer(les_candidatures uuid[], avec_doubles boolean) returns setof instruction
language sql stable security definer set search_path = public, pg_temp
as $$
  select candidature.id, candidature.numero, candidature.vague_id, candidature.structure_id,
    commune.code, commune.epci_code, commune.departement_code,
    coalesce(structure.raison_sociale, structure.identifiant),
    coalesce(structure.raison_sociale_recherche, structure.identifiant),
    commune.nom, commune.nom_recherche, epci.nom, nom_recherche(epci.nom),
    concat_ws(' ', structure.raison_sociale_recherche, structure.identifiant, commune.nom_recherche, candidature.numero),
    candidature.statut, candidature.categorie, candidature.postes_demandes, candidature.deposee_le,
    candidature.instructeur_id, agent.prenom || ' ' || agent.nom, candidature.priorites,
    avis.favorable, avis.postes_proposes, avis.rendu_le,
    structure.a_verifier,
    case
      when avec_doubles then candidature.id in (
        select candidature_id from instruction_ressemblances(les_candidatures))
      else coalesce((select doublon from instruction where candidature_id = candidature.id), false)
    end,
    correction.echeance, messages.structure_le, messages.prefecture_le
  from candidature
  join vague on vague.id = candidature.vague_id
  join structure on structure.id = candidature.structure_id
  left join commune on commune.code = structure.commune_code
  left join epci on epci.code = commune.epci_code
  left join personne agent on agent.id = candidature.instructeur_id and agent.effacee_le is null
  left join lateral (
    select favorable, postes_proposes, rendu_le from candidature_avis
    where candidature_id = candidature.id and niveau = vague.avis_niveau
    order by rendu_le desc, id desc limit 1
  ) avis on true
  left join candidature_correction correction
    on correction.candidature_id = candidature.id and correction.repondue_le is null
  left join lateral (
    select max(envoye_le) filter (where cote = 'structure') as structure_le,
      max(envoye_le) filter (where cote = 'prefecture') as prefecture_le
    from candidature_message where candidature_id = candidature.id
  ) messages on true
  where candidature.id in (select unnest(les_candidatures)) and candidature.statut not in ('brouillon', 'abandonnee')
$$;
revoke execute on function instruction_calculer(uuid[], boolean) from public;

create function instruction_actualiser(les_candidatures uuid[], avec_doubles boolean default false) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  -- Of many at once (a session that closes, long lists of tests), tables may have grown since their statistics: joined
  -- row by row they would take the square of their number.
  perform set_config('enable_nestloop', case when cardinality(les_candidatures) > 500 then 'off' else 'on' end, true);
  delete from instruction where candidature_id in (select unnest(les_candidatures)) and not exists (
    select from candidature where id = candidature_id and statut not in ('brouillon', 'abandonnee'));
  -- In one order, so that two of these never wait for each other.
  insert into instruction
  select * from instruction_calculer(les_candidatures, avec_doubles) order by candidature_id
  on conflict (candidature_id) do update set
    numero = excluded.numero, vague_id = excluded.vague_id, structure_id = excluded.structure_id,
    commune_code = excluded.commune_code, epci_code = excluded.epci_code,
    departement_code = excluded.departement_code, nom = excluded.nom, nom_tri = excluded.nom_tri,
    commune_nom = excluded.commune_nom, commune_tri = excluded.commune_tri, epci_nom = excluded.epci_nom,
    epci_tri = excluded.epci_tri, agent = excluded.agent, recherche = excluded.recherche,
    statut = excluded.statut, categorie = excluded.categorie, postes_demandes = excluded.postes_demandes,
    deposee_le = excluded.deposee_le, instructeur_id = excluded.instructeur_id, priorites = excluded.priorites,
    avis_favorable = excluded.avis_favorable, avis_postes = excluded.avis_postes, avis_le = excluded.avis_le,
    a_verifier = excluded.a_verifier, doublon = excluded.doublon,
    correction_echeance = excluded.correction_echeance, message_structure_le = excluded.message_structure_le,
    message_prefecture_le = excluded.message_prefecture_le;
  perform set_config('enable_nestloop', 'on', true);
end
$$;
revoke execute on function instruction_actualiser(uuid[], boolean) from public;

-- The same with all that these applications may be the doubles of, now or before. Of two at once in the programme, the
-- second sees the first.
create function instruction_actualiser_avec_doubles(les_candidatures uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  toutes uuid[];
begin
  perform pg_advisory_xact_lock(727027);
  perform set_config('enable_nestloop', case when cardinality(les_candidatures) > 500 then 'off' else 'on' end, true);
  with moi as (
    select structure.id, commune_code, instruction_siren(identifiant_type, identifiant) as siren
    from structure where id in (select structure_id from candidature where id in (select unnest(les_candidatures)))
  ), voisine as (
    select id from moi
    union
    select structure.id from moi join structure using (commune_code)
    union
    select structure.id
    from moi join structure on instruction_siren(structure.identifiant_type, structure.identifiant) = moi.siren
  )
  select array_agg(candidature.id) into toutes
  from candidature join voisine on voisine.id = candidature.structure_id;
  perform instruction_actualiser(toutes, true);
end
$$;
revoke execute on function instruction_actualiser_avec_doubles(uuid[]) from public;

create function instruction_suivre_candidature() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  seules uuid[];
  doubles uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(id) into doubles from nouvelles where statut not in ('brouillon', 'abandonnee');
  else
    select array_agg(id) filter (where not vie), array_agg(id) filter (where vie) into seules, doubles
    from (
      select nouvelle.id,
        candidature_vivante(nouvelle.statut) <> candidature_vivante(ancienne.statut)
          or (nouvelle.statut = 'retenue') <> (ancienne.statut = 'retenue') as vie
      from nouvelles nouvelle join anciennes ancienne using (id)
      where row(nouvelle.statut, nouvelle.categorie, nouvelle.postes_demandes, nouvelle.deposee_le,
          nouvelle.instructeur_id, nouvelle.priorites, nouvelle.structure_id, nouvelle.vague_id)
        is distinct from row(ancienne.statut, ancienne.categorie, ancienne.postes_demandes, ancienne.deposee_le,
          ancienne.instructeur_id, ancienne.priorites, ancienne.structure_id, ancienne.vague_id)
    ) changee;
  end if;
  if doubles is not null then
    perform instruction_actualiser_avec_doubles(doubles);
  end if;
  if seules is not null then
    perform instruction_actualiser(seules);
  end if;
  return null;
end
$$;
revoke execute on function instruction_suivre_candidature() from public;
create trigger instruction_ajoutee after insert on candidature referencing new table as nouvelles
  for each statement execute function instruction_suivre_candidature();
create trigger instruction_changee after update on candidature
  referencing old table as anciennes new table as nouvelles
  for each statement execute function instruction_suivre_candidature();

-- Opinions, corrections and messages: the rows written, whatever the table.
create function instruction_suivre_piece() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform instruction_actualiser((select array_agg(distinct candidature_id) from nouvelles));
  return null;
end
$$;
revoke execute on function instruction_suivre_piece() from public;
create trigger instruction_avis after insert on candidature_avis referencing new table as nouvelles
  for each statement execute function instruction_suivre_piece();
create trigger instruction_correction after insert on candidature_correction referencing new table as nouvelles
  for each statement execute function instruction_suivre_piece();
create trigger instruction_correction_repondue after update on candidature_correction referencing new table as nouvelles
  for each statement execute function instruction_suivre_piece();
create trigger instruction_message after insert on candidature_message referencing new table as nouvelles
  for each statement execute function instruction_suivre_piece();

create function instruction_suivre_structure() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  les_siennes uuid[] := (select array_agg(id) from candidature where structure_id = new.id);
  les_voisines uuid[];
begin
  if les_siennes is null then
    return null;
  end if;
  if new.a_verifier is distinct from old.a_verifier then
    perform instruction_actualiser(les_siennes);
  end if;
  if row(new.raison_sociale_recherche, new.raison_sociale, new.identifiant, new.commune_code)
    is distinct from row(old.raison_sociale_recherche, old.raison_sociale, old.identifiant, old.commune_code)
  then
    perform instruction_actualiser_avec_doubles(les_siennes);
    -- Those that it was like before.
    select array_agg(candidature.id) into les_voisines
    from candidature join structure on structure.id = candidature.structure_id
    where structure.commune_code = old.commune_code
      or instruction_siren(structure.identifiant_type, structure.identifiant)
        = instruction_siren(old.identifiant_type, old.identifiant);
    perform instruction_actualiser(les_voisines, true);
  end if;
  return null;
end
$$;
revoke execute on function instruction_suivre_structure() from public;
create trigger instruction_structure after update of raison_sociale, raison_sociale_recherche, identifiant, commune_code, a_verifier
  on structure for each row execute function instruction_suivre_structure();

create function instruction_suivre_le_reste() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if tg_table_name = 'personne' then
    perform instruction_actualiser((select array_agg(id) from candidature where instructeur_id = new.id));
  elsif tg_table_name = 'epci' then
    perform instruction_actualiser((
      select array_agg(candidature.id) from candidature join structure on structure.id = candidature.structure_id
      join commune on commune.code = structure.commune_code where commune.epci_code = new.code));
  elsif tg_table_name = 'vague' then
    perform instruction_actualiser((select array_agg(id) from candidature where vague_id = new.id));
  else
    perform instruction_actualiser((
      select array_agg(candidature.id) from candidature join structure on structure.id = candidature.structure_id
      where structure.commune_code = new.code));
  end if;
  return null;
end
$$;
revoke execute on function instruction_suivre_le_reste() from public;
create trigger instruction_vague after update of avis_niveau on vague for each row
  when (old.avis_niveau <> new.avis_niveau) execute function instruction_suivre_le_reste();
create trigger instruction_commune after update of nom, nom_recherche, departement_code, epci_code on commune for each row
  when (row(old.nom, old.nom_recherche, old.departement_code, old.epci_code)
    is distinct from row(new.nom, new.nom_recherche, new.departement_code, new.epci_code))
  execute function instruction_suivre_le_reste();
create trigger instruction_epci after update of nom on epci for each row
  when (old.nom <> new.nom) execute function instruction_suivre_le_reste();
-- The name of an agent goes with the person's erasure.
create trigger instruction_agent after update of prenom, nom, effacee_le on personne for each row
  when (row(old.prenom, old.nom, old.effacee_le) is distinct from row(new.prenom, new.nom, new.effacee_le))
  execute function instruction_suivre_le_reste();

select instruction_actualiser((select array_agg(id) from candidature), true);

-- Which doubles an application may have; which of them are shown is the wall's.
create function candidature_doubles(la_candidature uuid) returns table (candidature_id uuid, raison text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select autre_id, raison from instruction_ressemblances(array[la_candidature])
  where acteur_role() in ('operateur', 'administrateur', 'instructeur')
$$;
revoke execute on function candidature_doubles(uuid) from public;
grant execute on function candidature_doubles(uuid) to maillage_application;

-- Agents who instruct these départements, among those that the acting role writes for: through the walls of people,
-- which ask for every structure of the territory, it took 40 ms.
create function agents_de_prefecture(les_departements text[]) returns table (id uuid, nom text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select personne.id, personne.prenom || ' ' || personne.nom
  from personne
  where desactivee_le is null and effacee_le is null and personne.id in (
    select personne_id from attribution
    where role = 'instructeur' and retiree_le is null and du <= now() and (fin is null or fin > now()) and (
      departement_code in (
        select code from acteur_departements_a_ecrire() code where code = any (les_departements))
      or region_code in (
        select region_code from departement
        where code = any (les_departements) and code in (select acteur_departements_a_ecrire()))))
  order by personne.nom, personne.prenom, personne.id
$$;
revoke execute on function agents_de_prefecture(text[]) from public;
grant execute on function agents_de_prefecture(text[]) to maillage_application;

-- Each reminder once: of a correction before and after its date.
create table candidature_relance (
  candidature_id uuid not null references candidature on delete cascade,
  correction_id uuid not null references candidature_correction,
  genre text not null check (genre in ('avant', 'apres')),
  relancee_le timestamptz not null default now(),
  primary key (correction_id, genre)
);
create index candidature_relance_candidature on candidature_relance (candidature_id);
alter table candidature_relance enable row level security;
create policy application on candidature_relance to maillage_application
  using ((select acteur_role()) = 'operateur') with check ((select acteur_role()) = 'operateur');
grant select, insert on candidature_relance to maillage_application;

-- A merge says with which first, then changes the state; undone, it says it no more.
do $$
declare
  contrainte text := (
    select conname from pg_constraint where conrelid = 'candidature'::regclass
      and pg_get_constraintdef(oid) like '%doublon%fusionnee_dans IS NOT NULL%');
begin
  execute format('alter table candidature drop constraint %I', contrainte);
end
$$;
alter table candidature add constraint candidature_doublon_de check (statut <> 'doublon' or fusionnee_dans is not null);
create function candidature_separee() returns trigger
language plpgsql
as $$
begin
  new.fusionnee_dans := null;
  return new;
end
$$;
create trigger candidature_separee before update of statut on candidature for each row
  when (old.statut = 'doublon' and new.statut <> 'doublon') execute function candidature_separee();
