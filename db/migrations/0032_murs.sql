-- Walls of applications and of the committee, narrowed to who acts on what.

-- A session that is kept decides on the applications of its wave; one that is only prepared decides nothing.
create function acteur_vagues_tenues() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select vague_id from seance
  where id in (select acteur_seances_tenues()) and statut <> 'preparation' and vague_id is not null
$$;

-- The envelopes that the sessions kept and open commit.
create function acteur_enveloppes_tenues() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$
  select enveloppe.id
  from seance
  join vague on vague.id = seance.vague_id
  join enveloppe on enveloppe.id = vague.enveloppe_id
    or (vague.enveloppe_id is null and enveloppe.programme_id = seance.programme_id)
  where seance.id in (select acteur_seances_tenues()) and seance.statut = 'ouverte'
$$;
revoke execute on function acteur_vagues_tenues(), acteur_enveloppes_tenues() from public;
grant execute on function acteur_vagues_tenues(), acteur_enveloppes_tenues() to maillage_application;

-- To read an application is not to change it: its structure does, its préfecture, and who keeps a session on its wave.
alter policy application_modifie on candidature
  using (
    (select acteur_national())
    or ((select acteur_role()) = 'gestionnaire' and structure_id in (select acteur_structures()))
    or ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures_instruites()))
    or vague_id in (select acteur_vagues_tenues())
  )
  with check (
    (select acteur_national())
    or ((select acteur_role()) = 'gestionnaire' and structure_id in (select acteur_structures()))
    or ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures_instruites()))
    or vague_id in (select acteur_vagues_tenues())
  );

-- A wave that is being written is its authors' alone; what it asks goes with it.
alter policy application_lit on vague
  using ((select acteur_present()) and (statut <> 'preparation' or (select acteur_national())));
alter policy application_lit on vague_critere using (vague_id in (select id from vague));
alter policy application_lit on vague_question using (vague_id in (select id from vague));
alter policy application_lit on vague_departement using (vague_id in (select id from vague));
alter policy application_lit on vague_quota using (vague_id in (select id from vague));

-- Money is committed by who keeps an open session, from its envelope, and for what it deliberates.
drop policy comite on engagement;
create policy comite_lit on engagement for select to maillage_application
  using ((select acteur_role()) = 'membre_comite' and id in (select engagement_id from deliberation));
create policy comite_ajoute on engagement for insert to maillage_application
  with check (enveloppe_id in (select acteur_enveloppes_tenues()));
create policy comite_modifie on engagement for update to maillage_application
  using (enveloppe_id in (select acteur_enveloppes_tenues()) and id in (
    select engagement_id from deliberation where seance_id in (select acteur_seances_tenues())))
  with check (enveloppe_id in (select acteur_enveloppes_tenues()));
create policy comite_efface on engagement for delete to maillage_application
  using (enveloppe_id in (select acteur_enveloppes_tenues()) and id in (
    select engagement_id from deliberation where seance_id in (select acteur_seances_tenues())));

-- A function that acts with the rights of its owner says itself what it changes of a structure: the label reviewed.
create or replace function structure_gardee() returns trigger
language plpgsql
as $$
declare
  permis text[] := case acteur_role()
    when 'instructeur' then '{a_verifier,verifiee_le,verification_motif,version,modifie_le}'
    else '{identifiant_type,identifiant,raison_sociale,raison_sociale_recherche,commune_code,adresse,code_postal,nature,a_verifier,verification_motif,version,modifie_le,recherche}'
  end;
begin
  if not row_security_active('structure') then
    return new;
  end if;
  if to_jsonb(new) - permis - 'recherche'::text is distinct from to_jsonb(old) - permis - 'recherche'::text then
    raise exception 'ce rôle ne change pas cela d’une structure' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- As before, for log-ins that are members of maillage_application, with the wall of interests.
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
where (decision.publiee_le <= now() and (not (select lecture_par_acte()) or (select acteur_present())))
  or ((select lecture_par_acte())
    and ((select acteur_voit_tout()) or commune.departement_code in (select acteur_departements_instruits()))
    and (decision.candidature_id is null or decision.candidature_id not in (select acteur_conflits())));
-- Whoever reads the view asks what it asks; the public, which is nobody, has an interest in nothing.
grant execute on function acteur_conflits() to maillage_publique;
