-- Following applications from afar: what is counted of them, and nothing that says whose they are. Read from what is
-- kept for the préfecture's table, by the same territories; the committee counts what its members may read.
create view candidature_suivie with (security_invoker = false, security_barrier = true) as
select
  instruction.vague_id,
  instruction.departement_code,
  instruction.statut,
  instruction.postes_demandes,
  instruction.avis_favorable,
  instruction.avis_postes,
  instruction.deposee_le,
  -- Of what was last submitted: another submission awaits another opinion.
  case when instruction.avis_le >= instruction.deposee_le then instruction.avis_le end as avis_le,
  decidee.le as decidee_le
from instruction
left join (
  -- Of the last session that is closed: an adjourned application is decided on again.
  select decision.candidature_id, max(seance.close_le) as le
  from decision
  join seance on seance.id = decision.seance_id and seance.statut = 'close'
  where decision.candidature_id is not null and decision.resultat <> 'ajournee'
  group by decision.candidature_id
) decidee on decidee.candidature_id = instruction.candidature_id
where (select acteur_national())
  or ((select acteur_role()) = 'instructeur'
    and instruction.departement_code in (select acteur_departements_instruits()))
  or ((select acteur_role()) = 'membre_comite'
    and ((select acteur_niveau()) = 'national'
      or instruction.departement_code in (select acteur_departements_instruits()))
    and instruction.candidature_id not in (
      select acteur_conflits()));
grant select on candidature_suivie to maillage_application;
