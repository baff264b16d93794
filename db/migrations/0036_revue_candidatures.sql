-- Posts that are held: what a session deliberates until it closes, then what it decided, promoted, and did not withdraw.
create view poste_tenu with (security_invoker = true) as
select deliberation.seance_id, deliberation.candidature_id, deliberation.postes
from deliberation
where not exists (
  select from decision
  where decision.candidature_id = deliberation.candidature_id and decision.seance_id = deliberation.seance_id)
union all
select decision.seance_id, decision.candidature_id, ligne.postes
from decision join decision_ligne ligne on ligne.decision_id = decision.id
where decision.candidature_id is not null and decision.resultat = 'retenue' and decision.retiree_le is null;
grant select on poste_tenu to maillage_application;

-- A quota set late counts what is held, not what was once deliberated.
create or replace function vague_quota_compter() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  -- Whoever decides holds this row too.
  perform from vague where id = new.vague_id for update;
  select coalesce(sum(poste_tenu.postes), 0) into new.postes_decides
  from poste_tenu
  join candidature on candidature.id = poste_tenu.candidature_id and candidature.vague_id = new.vague_id
  join structure on structure.id = candidature.structure_id
  join commune on commune.code = structure.commune_code
  join departement on departement.code = commune.departement_code
  where new.departement_code = departement.code or new.region_code = departement.region_code;
  return new;
end
$$;

-- A session opens, or opens again, on a wave that stands; whoever cancels the wave meanwhile waits, and finds it open.
create function seance_vague_maintenue() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  le_statut text;
begin
  select statut into le_statut from vague where id = new.vague_id for share;
  if le_statut = 'annulee' then
    raise exception 'la vague de la séance est annulée' using errcode = '23514', constraint = 'seance_vague_maintenue';
  end if;
  return new;
end
$$;
revoke execute on function seance_vague_maintenue() from public;
create trigger seance_vague_maintenue before update of statut on seance
  for each row when (new.statut = 'ouverte' and old.statut <> 'ouverte') execute function seance_vague_maintenue();
