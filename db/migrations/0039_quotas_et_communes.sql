-- A structure that moves takes its posts from the quotas of where it was to those of where it is. Where the new one is
-- full, nothing changes: what is decided stays, counted where it was decided.
create function structure_quotas_compter() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  -- Whoever decides holds these rows too.
  perform from vague where id in (select vague_id from candidature where structure_id = new.id) order by id for update;
  update vague_quota quota set postes_decides = (
    select coalesce(sum(poste_tenu.postes), 0)
    from poste_tenu
    join candidature on candidature.id = poste_tenu.candidature_id and candidature.vague_id = quota.vague_id
    join structure on structure.id = candidature.structure_id
    join commune on commune.code = structure.commune_code
    join departement on departement.code = commune.departement_code
    where quota.departement_code = departement.code or quota.region_code = departement.region_code
  )
  where vague_id in (select vague_id from candidature where structure_id = new.id);
  return null;
exception when check_violation then
  return null;
end
$$;
revoke execute on function structure_quotas_compter() from public;
create trigger structure_quotas_comptes after update of commune_code on structure
  for each row when (old.commune_code is distinct from new.commune_code) execute function structure_quotas_compter();
