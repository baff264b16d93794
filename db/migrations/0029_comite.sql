-- The committee at work: who keeps a session, what a conflict of interest hides, what a decision gives back.

-- Two sessions never decide on the same files at once.
create unique index seance_une_ouverte on seance (vague_id) where statut = 'ouverte';

-- Sessions that the acting person keeps: presides, or writes for.
create function acteur_seances_tenues() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select seance_id from seance_membre
  where personne_id = acteur_personne() and acteur_role() = 'membre_comite' and fonction in ('president', 'secretaire')
$$;

-- What the acting member has an interest in. Of the definer: the walls that ask it are asked by it.
create function acteur_conflits() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select candidature_id from conflit where acteur_role() = 'membre_comite' and personne_id = acteur_personne()
$$;

-- What such files commit.
create function acteur_engagements_en_conflit() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select engagement_id from deliberation
  where engagement_id is not null and candidature_id in (select acteur_conflits())
  union all
  select ligne.engagement_id from decision_ligne ligne join decision on decision.id = ligne.decision_id
  where decision.candidature_id in (select acteur_conflits())
$$;

-- Sessions whose minutes tell what the acting member may not know yet.
create function acteur_seances_en_conflit() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select seance_id from decision
  where candidature_id in (select acteur_conflits()) and (publiee_le is null or publiee_le > now())
  union
  select seance_id from deliberation
  where candidature_id in (select acteur_conflits())
    and not exists (
      select from decision where decision.candidature_id = deliberation.candidature_id
        and decision.seance_id = deliberation.seance_id)
$$;

-- Which member of a session has an interest in which file; why is between the member and the programme.
create function conflits_de_seance(la_seance uuid) returns table (candidature_id uuid, personne_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select conflit.candidature_id, conflit.personne_id
  from seance
  join candidature on candidature.vague_id = seance.vague_id
  join conflit on conflit.candidature_id = candidature.id
  join seance_membre on seance_membre.seance_id = seance.id and seance_membre.personne_id = conflit.personne_id
  where seance.id = la_seance
    and (acteur_national() or seance.id in (select acteur_seances()))
    and conflit.candidature_id not in (select acteur_conflits())
$$;

-- How many files a session has deliberated: whoever closes it must see them all.
create function deliberations_de_seance(la_seance uuid) returns integer
language sql stable security definer set search_path = public, pg_temp
as $$ select count(*)::integer from deliberation where seance_id = la_seance $$;

revoke execute on function acteur_seances_tenues(), acteur_conflits(), acteur_engagements_en_conflit(),
  acteur_seances_en_conflit(), conflits_de_seance(uuid), deliberations_de_seance(uuid) from public;
grant execute on function acteur_seances_tenues(), acteur_conflits(), acteur_engagements_en_conflit(),
  acteur_seances_en_conflit(), conflits_de_seance(uuid), deliberations_de_seance(uuid) to maillage_application;
-- Asked by the view that the public reads too: of nobody it gives nothing.
grant execute on function acteur_conflits() to maillage_publique;

-- A session is changed, and what it decides is written, by who keeps it; the other members read.
alter policy membre_modifie on seance using (id in (select acteur_seances_tenues()));
alter policy application_presence on seance_membre using (seance_id in (select acteur_seances_tenues()));
-- Who does what in a session is not changed in place.
revoke update on seance_membre from maillage_application;
grant update (present) on seance_membre to maillage_application;
drop policy application on deliberation;
create policy application_lit on deliberation for select to maillage_application using (
  (select acteur_national())
  or (seance_id in (select acteur_seances()) and candidature_id in (select id from candidature))
);
create policy application_ecrit on deliberation to maillage_application
  using ((select acteur_national())
    or (seance_id in (select acteur_seances_tenues()) and candidature_id in (select id from candidature)))
  with check ((select acteur_national())
    or (seance_id in (select acteur_seances_tenues()) and candidature_id in (select id from candidature)));
alter policy comite_ajoute on decision with check (seance_id in (select acteur_seances_tenues()));
alter policy comite_ajoute on decision_ligne
  with check (decision_id in (select id from decision where seance_id in (select acteur_seances_tenues())));

-- What is decided of a file in which one has an interest is known when everybody knows.
create policy conflit on decision as restrictive for select to maillage_application using (
  (select acteur_role()) <> 'membre_comite' or candidature_id is null
  or (publiee_le <= now() and resultat = 'retenue')
  or candidature_id not in (select acteur_conflits())
);
create policy conflit on decision_ligne as restrictive for select to maillage_application using (
  (select acteur_role()) <> 'membre_comite' or decision_id in (select id from decision)
);
create policy conflit on engagement as restrictive for select to maillage_application using (
  (select acteur_role()) <> 'membre_comite' or id not in (select acteur_engagements_en_conflit())
);
create policy conflit on acte_de_seance as restrictive for select to maillage_application using (
  (select acteur_role()) <> 'membre_comite' or seance_id not in (select acteur_seances_en_conflit())
);
-- As before, with the same wall.
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
join decision on decision.id = decision_ligne.decision_id and decision.resultat = 'retenue' and decision.retiree_le is null
join seance on seance.id = decision.seance_id
join engagement on engagement.id = decision_ligne.engagement_id
join structure on structure.id = decision.structure_id
left join commune on commune.code = structure.commune_code
left join departement on departement.code = commune.departement_code
where (decision.publiee_le <= now() and (current_user <> 'maillage_application' or (select acteur_present())))
  or (current_user = 'maillage_application'
    and ((select acteur_voit_tout()) or commune.departement_code in (select acteur_departements_instruits()))
    and (decision.candidature_id is null or decision.candidature_id not in (select acteur_conflits())));

-- A session reopened leaves the letters that it sent, without the decision that they told.
alter table acte_de_seance
  add column candidature_id uuid references candidature,
  drop constraint acte_de_seance_check,
  drop constraint acte_de_seance_decision_id_fkey,
  add foreign key (decision_id) references decision on delete set null,
  add constraint acte_de_seance_lettre check ((genre = 'lettre') = (candidature_id is not null)),
  add constraint acte_de_seance_proces_verbal check (genre = 'lettre' or decision_id is null);
create index acte_de_seance_candidature on acte_de_seance (candidature_id) where candidature_id is not null;
grant delete on acte_de_seance to maillage_application;

-- A decision that is withdrawn gives back its money and its posts; one that is promoted takes them.
create function decision_liberer() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  -- Always the envelope first, then the wave and its quotas: whoever decides meanwhile waits, and never for each other.
  update engagement set montant_centimes = 0
  where id in (select engagement_id from decision_ligne where decision_id = new.id);
  if new.candidature_id is not null then
    perform deliberation_compter(new.candidature_id,
      -(select coalesce(sum(postes), 0)::integer from decision_ligne where decision_id = new.id));
  end if;
  return null;
end
$$;
create trigger decision_liberee after update of retiree_le on decision
  for each row when (old.retiree_le is null and new.retiree_le is not null) execute function decision_liberer();

create function decision_promouvoir() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform deliberation_compter(new.candidature_id,
    (select coalesce(sum(postes), 0)::integer from decision_ligne where decision_id = new.id));
  return null;
end
$$;
create trigger decision_promue after update of promue_le on decision
  for each row when (old.promue_le is null and new.promue_le is not null) execute function decision_promouvoir();

create function decision_suite_definitive() returns trigger
language plpgsql
as $$
begin
  raise exception 'une décision retirée ou promue le reste' using errcode = 'insufficient_privilege';
end
$$;
create trigger decision_suite_definitive before update on decision
  for each row when (
    (old.retiree_le is not null and new.retiree_le is distinct from old.retiree_le)
    or (old.promue_le is not null and new.promue_le is distinct from old.promue_le))
  execute function decision_suite_definitive();

-- A structure that gives its posts up gives them back at once.
create function candidature_desistee() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update decision set retiree_le = now(), retrait_motif = 'Désistement de la structure.'
  where candidature_id = new.id and resultat = 'retenue' and retiree_le is null;
  return null;
end
$$;
create trigger candidature_desistee after update of statut on candidature
  for each row when (old.statut = 'retenue' and new.statut = 'desistee') execute function candidature_desistee();
revoke execute on function decision_liberer(), decision_promouvoir(), candidature_desistee() from public;
