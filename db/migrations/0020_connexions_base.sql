-- Log-ins of their own: what a connection may be is known by who logged in, not by a setting that SQL can change.

-- The command line and the jobs. Roles belong to the whole server: another Maillage on it may have made them already.
do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'maillage_operateur') then
      create role maillage_operateur nologin;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
  begin
    if not pg_has_role(current_user, 'maillage_operateur', 'member') then
      grant maillage_operateur to current_user;
    end if;
  exception when unique_violation then
    null;
  end;
  begin
    if not exists (
      select from pg_auth_members
      where roleid = 'maillage_application'::regrole and member = 'maillage_operateur'::regrole
    ) then
      grant maillage_application to maillage_operateur;
    end if;
  exception when unique_violation then
    null;
  end;
end
$$;

-- The setting asks to act as the operator; the log-in allows it. `session_user`: neither SET ROLE nor a function that
-- acts with the rights of its owner changes it.
create or replace function acteur_role() returns text
language sql stable parallel safe
as $$
  select case current_setting('maillage.role', true)
    when 'operateur' then case when pg_has_role(session_user, 'maillage_operateur', 'member') then 'operateur' else 'aucun' end
    else coalesce(nullif(current_setting('maillage.role', true), ''), 'aucun')
  end
$$;

-- Whether the wall of acts stands for whoever reads, or that of the public: neither does for the owner of the tables.
create function lecture_par_acte() returns boolean
language sql stable parallel safe
as $$ select row_security_active('decision') and pg_has_role(current_user, 'maillage_application', 'usage') $$;

-- As before, for log-ins that are members of maillage_application.
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
where (decision.publiee_le <= now() and (not (select lecture_par_acte()) or (select acteur_present())))
  or ((select lecture_par_acte()) and (
    (select acteur_voit_tout()) or commune.departement_code in (select acteur_departements_instruits())
  ));
