-- Who sees which decisions before they are announced; the préfecture's settings; proofreading of communiqués.

-- Somebody acts: a person, with or without a role, or the command line.
create function acteur_present() returns boolean
language sql stable parallel safe
as $$ select acteur_personne() is not null or acteur_role() = 'operateur' $$;

-- Sees every decision, announced or not.
create function acteur_voit_tout() returns boolean
language sql stable parallel safe
as $$
  select acteur_role() in ('operateur', 'administrateur')
    or (acteur_role() = 'membre_comite' and acteur_niveau() = 'national')
$$;

-- Départements whose decisions the acting role sees before they are announced.
create function acteur_departements_instruits() returns setof text
language sql stable
as $$
  select acteur_departements() where acteur_role() in ('instructeur', 'membre_comite')
$$;

-- As before, found from the territory's communes: read from all communes it took 7 ms at each use.
create or replace function acteur_structures() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select structure.id
  from departement
  join commune on commune.departement_code = departement.code
  join structure on structure.commune_code = commune.code
  where (acteur_niveau() = 'departement' and departement.code = acteur_perimetre())
    or (acteur_niveau() = 'region' and departement.region_code = acteur_perimetre())
  union all
  select acteur_perimetre()::uuid where acteur_niveau() = 'structure'
  union all
  select structure_id from equipe where acteur_niveau() = 'equipe' and id::text = acteur_perimetre()
$$;

-- The structures that are the acting role's own, announced or not: those of its territory, the one that it looks after,
-- leads a team of or works for.
create function acteur_structures_siennes() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select acteur_structures()
  union all
  select structure_id from attribution
  where acteur_niveau() = 'soi' and personne_id = acteur_personne() and role = acteur_role()
    and structure_id is not null and retiree_le is null and du <= now() and (fin is null or fin > now())
$$;
revoke execute on function acteur_structures_siennes() from public;
grant execute on function acteur_structures_siennes() to maillage_application;

-- Départements whose préfecture the acting role writes for: a member of the committee sees its territory, and writes
-- nothing there.
create function acteur_departements_a_ecrire() returns setof text
language sql stable
as $$
  select code from departement
  where acteur_national()
    or (acteur_role() = 'instructeur' and (
      (acteur_niveau() = 'departement' and code = acteur_perimetre())
      or (acteur_niveau() = 'region' and region_code = acteur_perimetre())
    ))
$$;

-- The structures of the territory that is instructed.
create function acteur_structures_instruites() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select acteur_structures()
  where acteur_role() in ('instructeur', 'membre_comite') and acteur_niveau() in ('departement', 'region')
$$;
revoke execute on function acteur_structures_instruites() from public;
grant execute on function acteur_structures_instruites() to maillage_application;

-- Everything hangs on the decision, as for the public. Who may not write is refused by the absence of a policy.
drop policy application on decision;
create policy application_lit on decision for select to maillage_application using (
  (select acteur_voit_tout())
  or (publiee_le <= now() and resultat = 'retenue' and (select acteur_present()))
  or structure_id in (select acteur_structures_instruites())
);
create policy application_ajoute on decision for insert to maillage_application
  with check ((select acteur_national()));
-- To announce: what else a préfecture may not change is held by the trigger below.
create policy application_modifie on decision for update to maillage_application
  using ((select acteur_national())
    or ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures_instruites())));
create policy application_efface on decision for delete to maillage_application
  using ((select acteur_national()));

create function decision_annonce_seule() returns trigger
language plpgsql
as $$
begin
  if row(new.id, new.seance_id, new.structure_id, new.resultat, new.sources)
    is distinct from row(old.id, old.seance_id, old.structure_id, old.resultat, old.sources)
  then
    raise exception 'une préfecture annonce les décisions du comité, elle ne les change pas'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger decision_annonce before update on decision
  for each row when (acteur_role() = 'instructeur') execute function decision_annonce_seule();

drop policy application on decision_ligne;
create policy application_lit on decision_ligne for select to maillage_application
  using ((select acteur_voit_tout()) or decision_id in (select id from decision));
create policy application_ajoute on decision_ligne for insert to maillage_application
  with check ((select acteur_national()));
create policy application_modifie on decision_ligne for update to maillage_application
  using ((select acteur_national()));
create policy application_efface on decision_ligne for delete to maillage_application
  using ((select acteur_national()));

drop policy application on engagement;
create policy application_lit on engagement for select to maillage_application
  using ((select acteur_voit_tout()) or id in (select engagement_id from decision_ligne));
create policy application_ajoute on engagement for insert to maillage_application
  with check ((select acteur_national()));
create policy application_modifie on engagement for update to maillage_application
  using ((select acteur_national()));
create policy application_efface on engagement for delete to maillage_application
  using ((select acteur_national()));

drop policy application on seance;
create policy application_lit on seance for select to maillage_application
  using ((select acteur_voit_tout()) or id in (select seance_id from decision));
create policy application_ajoute on seance for insert to maillage_application
  with check ((select acteur_national()));
create policy application_modifie on seance for update to maillage_application
  using ((select acteur_national()));
create policy application_efface on seance for delete to maillage_application
  using ((select acteur_national()));

drop policy application on structure;
create policy application_lit on structure for select to maillage_application using (
  (select acteur_voit_tout())
  or id in (select structure_id from decision)
  -- Asked last: it costs more, and few rows need it.
  or id in (select acteur_structures_siennes())
);
create policy application_ajoute on structure for insert to maillage_application
  with check ((select acteur_national()));
create policy application_modifie on structure for update to maillage_application
  using ((select acteur_national()));
create policy application_efface on structure for delete to maillage_application
  using ((select acteur_national()));

drop policy application on lieu;
create policy application_lit on lieu for select to maillage_application
  using ((select acteur_voit_tout()) or structure_id in (select id from structure));
create policy application_ajoute on lieu for insert to maillage_application
  with check ((select acteur_national()));
create policy application_modifie on lieu for update to maillage_application
  using ((select acteur_national()));
create policy application_efface on lieu for delete to maillage_application
  using ((select acteur_national()));

drop policy application on equipe;
create policy application_lit on equipe for select to maillage_application
  using ((select acteur_voit_tout()) or structure_id in (select id from structure));
create policy application_ajoute on equipe for insert to maillage_application
  with check ((select acteur_national()));
create policy application_modifie on equipe for update to maillage_application
  using ((select acteur_national()));
create policy application_efface on equipe for delete to maillage_application
  using ((select acteur_national()));

-- The same wall, in the view that counts: what is announced, or what the acting role sees before.
create or replace view ligne_retenue with (security_invoker = false, security_barrier = true) as
select
  decision_ligne.id as ligne_id,
  decision_ligne.decision_id,
  decision.structure_id,
  decision.seance_id,
  decision.publiee_le,
  seance.date as seance_date,
  seance.programme_id,
  decision_ligne.categorie,
  decision_ligne.postes,
  decision_ligne.zrr,
  decision_ligne.qpv,
  decision_ligne.france_services,
  decision_ligne.regime_variante_id,
  engagement.montant_centimes,
  engagement.enveloppe_id,
  commune.code as commune_code,
  commune.epci_code,
  commune.arrondissement_code,
  commune.departement_code,
  departement.region_code
from decision_ligne
join decision on decision.id = decision_ligne.decision_id and decision.resultat = 'retenue'
join seance on seance.id = decision.seance_id
join engagement on engagement.id = decision_ligne.engagement_id
join structure on structure.id = decision.structure_id
left join commune on commune.code = structure.commune_code
left join departement on departement.code = commune.departement_code
where (decision.publiee_le <= now() and (current_user <> 'maillage_application' or (select acteur_present())))
  or (current_user = 'maillage_application' and (
    (select acteur_voit_tout()) or commune.departement_code in (select acteur_departements_instruits())
  ));

-- The préfecture's settings.
alter table en_tete
  add column boite_courriel text
    check (boite_courriel = lower(boite_courriel) and boite_courriel ~ '^[^@\s]+@[^@\s]+$' and length(boite_courriel) <= 254),
  add column version integer not null default 1;

-- Who signs, and by which delegation: several may at a time.
create table signataire (
  id uuid primary key default uuid_v7(),
  departement_code text not null references departement,
  nom text not null check (nom <> '' and length(nom) <= 200),
  fonction text not null check (fonction <> '' and length(fonction) <= 200),
  -- « arrêté préfectoral n° 2021-12 du 4 janvier 2021 »; none for the préfet.
  delegation text check (delegation <> '' and length(delegation) <= 500),
  debut date not null,
  fin date,
  check (fin >= debut),
  unique (departement_code, nom, fonction, debut)
);

drop policy application on en_tete;
create policy application_lit on en_tete for select to maillage_application using (
  (select acteur_voit_tout())
  or departement_code in (select acteur_departements_instruits())
  or departement_code in (select departement_code from communique)
);
create policy application_ajoute on en_tete for insert to maillage_application
  with check (departement_code in (select acteur_departements_a_ecrire()));
create policy application_modifie on en_tete for update to maillage_application
  using (departement_code in (select acteur_departements_a_ecrire()));
create policy application_efface on en_tete for delete to maillage_application
  using ((select acteur_national()));

alter table signataire enable row level security;
create policy application on signataire to maillage_application
  using (departement_code in (select acteur_departements_a_ecrire()))
  with check (departement_code in (select acteur_departements_a_ecrire()));
grant select, insert, update, delete on signataire to maillage_application;

-- A service's mailbox receives mail and signs in nowhere: an address is a person's or a service's. Who asks learns of
-- an address whether it is a service's, nothing else.
create function est_boite_de_service(le_courriel text) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$ select exists (select from en_tete where boite_courriel = lower(le_courriel)) $$;

create function boite_sans_compte() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(727015);
  if tg_table_name = 'en_tete' then
    if exists (select from personne where courriel = new.boite_courriel) then
      raise exception 'cette adresse est celle d’une personne' using errcode = '23514', constraint = 'boite_sans_compte';
    end if;
  elsif est_boite_de_service(new.courriel) then
    raise exception 'cette adresse est celle d’un service' using errcode = '23514', constraint = 'boite_sans_compte';
  end if;
  return new;
end
$$;
create trigger boite_sans_compte before insert or update of boite_courriel on en_tete
  for each row when (new.boite_courriel is not null) execute function boite_sans_compte();
create trigger boite_sans_compte before insert or update of courriel on personne
  for each row execute function boite_sans_compte();

-- A communiqué is proofread by somebody else than who wrote it last.
alter table communique
  drop constraint communique_statut_check,
  add constraint communique_statut_check check (statut in ('brouillon', 'en_relecture', 'relu', 'publie', 'retire'));

-- What its préfecture follows of it, and the public does not see. Who wrote and who proofread is said by the trigger
-- alone: by whoever acts, never by the program.
create table communique_suivi (
  communique_id uuid primary key references communique on delete cascade,
  redige_par uuid references personne on delete set null,
  relu_par uuid references personne on delete set null,
  -- Digest of the text that was approved: another is not published.
  relu_empreinte text,
  -- What the proofreader asks to correct.
  corrections text check (corrections <> ''),
  constraint communique_relu_par_un_autre check (relu_par <> redige_par)
);
create index communique_suivi_redige on communique_suivi (redige_par);
create index communique_suivi_relu on communique_suivi (relu_par);

create function communique_suivre() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  moi uuid := acteur_personne();
begin
  -- The command line acts for nobody.
  if moi is null then
    return new;
  end if;
  insert into communique_suivi (communique_id) values (new.id) on conflict do nothing;
  if (new.textes, new.date) is distinct from (old.textes, old.date) then
    if old.statut <> 'brouillon' then
      raise exception 'un communiqué ne se réécrit qu’en brouillon' using errcode = 'insufficient_privilege';
    end if;
    update communique_suivi set redige_par = moi where communique_id = new.id;
  end if;
  if new.statut <> old.statut then
    case new.statut
      when 'brouillon' then
        update communique_suivi set relu_par = null where communique_id = new.id;
      -- Proposed as it was generated, it is the work of who proposes it.
      when 'en_relecture' then
        update communique_suivi set redige_par = coalesce(redige_par, moi), relu_par = null where communique_id = new.id;
      when 'relu' then
        if old.statut <> 'en_relecture' then
          raise exception 'un communiqué se relit après qu’on l’a demandé' using errcode = 'insufficient_privilege';
        end if;
        update communique_suivi set relu_par = moi where communique_id = new.id;
      when 'publie' then
        if old.statut <> 'relu'
          or not exists (select from communique_suivi where communique_id = new.id and relu_par is not null)
        then
          raise exception 'une autre personne relit un communiqué avant sa publication'
            using errcode = 'insufficient_privilege';
        end if;
      else null;
    end case;
  end if;
  return new;
end
$$;
create trigger communique_suivi before update on communique for each row execute function communique_suivre();

alter table communique_suivi enable row level security;
create policy application on communique_suivi to maillage_application
  using (communique_id in (
    select id from communique where departement_code in (select acteur_departements_a_ecrire())))
  with check (communique_id in (
    select id from communique where departement_code in (select acteur_departements_a_ecrire())));
-- What somebody wrote or proofread stays theirs to know.
create policy sien on communique_suivi for select to maillage_application
  using (redige_par = (select acteur_personne()) or relu_par = (select acteur_personne()));
grant select, delete, insert (communique_id, relu_empreinte, corrections), update (relu_empreinte, corrections)
  on communique_suivi to maillage_application;

drop policy application on communique;
create policy application_lit on communique for select to maillage_application using (
  (select acteur_voit_tout())
  or (statut = 'publie' and publie_le <= now() and (select acteur_present()))
  or departement_code in (select acteur_departements_instruits())
);
create policy application_ajoute on communique for insert to maillage_application with check (
  (select acteur_role()) = 'operateur'
  or (statut = 'brouillon' and departement_code in (select acteur_departements_a_ecrire()))
);
create policy application_modifie on communique for update to maillage_application
  using (departement_code in (select acteur_departements_a_ecrire()));
create policy application_efface on communique for delete to maillage_application
  using ((select acteur_role()) = 'operateur');

-- The public reads a letterhead, not where the service takes its mail.
revoke select on en_tete from maillage_publique;
grant select (departement_code, service, adresse, lieu, contact_service, contact_telephone, contact_courriel, logo,
  logo_type, logo_texte, logo_rapport, sources) on en_tete to maillage_publique;
