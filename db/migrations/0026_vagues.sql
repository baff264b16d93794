-- Waves are written by administrators: what candidates were asked does not change once some have answered.

create index candidature_vague on candidature (vague_id, statut);

-- Who submits waits for whoever changes the wave at the same moment, and finds it as it then is.
create function candidature_attend_vague() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform from vague where id = new.vague_id for share;
  return new;
end
$$;
revoke execute on function candidature_attend_vague() from public;
create trigger candidature_attend_vague before update of statut on candidature
  for each row when (old.statut = 'brouillon' and new.statut = 'deposee') execute function candidature_attend_vague();

create function vague_figee() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  la_vague uuid := coalesce(new.vague_id, old.vague_id);
begin
  perform from vague where id = la_vague for update;
  if exists (select from candidature where vague_id = la_vague and statut not in ('brouillon', 'abandonnee')) then
    raise exception 'des candidatures sont déposées dans cette vague' using errcode = '23514', constraint = 'vague_figee';
  end if;
  return coalesce(new, old);
end
$$;
revoke execute on function vague_figee() from public;
create trigger vague_figee before insert or update or delete on vague_critere
  for each row execute function vague_figee();
create trigger vague_figee before insert or update or delete on vague_question
  for each row execute function vague_figee();

-- A quota set late counts what is decided already: its ceiling refuses less.
create function vague_quota_compter() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  -- Whoever decides holds this row too.
  perform from vague where id = new.vague_id for update;
  select coalesce(sum(deliberation.postes), 0) into new.postes_decides
  from deliberation
  join candidature on candidature.id = deliberation.candidature_id and candidature.vague_id = new.vague_id
  join structure on structure.id = candidature.structure_id
  join commune on commune.code = structure.commune_code
  join departement on departement.code = commune.departement_code
  where new.departement_code = departement.code or new.region_code = departement.region_code;
  return new;
end
$$;
revoke execute on function vague_quota_compter() from public;
create trigger vague_quota_compte before insert on vague_quota
  for each row execute function vague_quota_compter();
-- Its territory is for good, and what it counts is not typed.
revoke update on vague_quota from maillage_application;
grant update (minimum, maximum) on vague_quota to maillage_application;
