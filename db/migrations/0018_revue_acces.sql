-- What a role that ends may give, and what an invitation is worth once its giver has left.

-- When the acting role ends; null: without end.
create function acteur_fin() returns timestamptz
language sql stable parallel safe
as $$ select nullif(current_setting('maillage.fin', true), '')::timestamptz $$;

-- Nobody gives for longer than they hold.
create function acteur_peut_durer(la_fin timestamptz) returns boolean
language sql stable parallel safe
as $$ select acteur_fin() is null or coalesce(la_fin <= acteur_fin(), false) $$;

create or replace function endosser(la_personne uuid, l_attribution uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  held record;
begin
  perform set_config('maillage.personne', '', true), set_config('maillage.role', '', true),
    set_config('maillage.niveau', '', true), set_config('maillage.perimetre', '', true),
    set_config('maillage.fin', '', true);
  if not exists (select from personne where id = la_personne and desactivee_le is null) then
    return false;
  end if;
  perform set_config('maillage.personne', la_personne::text, true);
  if l_attribution is null then
    return true;
  end if;
  -- A replacement ends with the role that it stands in for.
  select attribution.role, attribution.niveau, attribution.perimetre, least(attribution.fin, remplacee.fin) as fin
  into held from attribution left join attribution remplacee on remplacee.id = attribution.suppleance_de
  where attribution.id = l_attribution and attribution.personne_id = la_personne and attribution_en_cours(attribution);
  if not found then
    return false;
  end if;
  perform set_config('maillage.role', held.role, true), set_config('maillage.niveau', held.niveau, true),
    set_config('maillage.perimetre', coalesce(held.perimetre, ''), true),
    set_config('maillage.fin', coalesce(held.fin::text, ''), true);
  return true;
end
$$;

drop policy application_ajoute on attribution;
create policy application_ajoute on attribution for insert to maillage_application with check (
  acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id) and acteur_peut_durer(fin)
);

-- One's own role is given up, and changed by others; another's lasts no longer than that of whoever changes it. Whoever
-- took a role back may give it back: that is no gift.
create function attribution_change() returns trigger
language plpgsql set search_path = public, pg_temp
as $$
declare
  rendue constant boolean := old.retiree_le is not null and new.retiree_le is null;
begin
  if not rendue and new.fin is not distinct from old.fin then
    return new;
  end if;
  if new.personne_id = acteur_personne()
    or (not acteur_peut_durer(new.fin) and not (rendue and old.retiree_par is not distinct from acteur_personne())) then
    raise exception 'ce rôle dépasse celui de qui le change' using errcode = '42501';
  end if;
  return new;
end
$$;
create trigger attribution_change before update on attribution
  for each row execute function attribution_change();

drop policy application_ajoute on invitation;
create policy application_ajoute on invitation for insert to maillage_application with check (
  acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id) and acteur_peut_durer(role_fin)
);
drop policy application_modifie on invitation;
create policy application_modifie on invitation for update to maillage_application
  using (acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id))
  -- Taking back is within reach of who could not have promised as long.
  with check (
    acteur_peut_donner(role, region_code, departement_code, structure_id, equipe_id)
    and (statut = 'revoquee' or acteur_peut_durer(role_fin))
  );

-- Whether whoever promised a role may still give it, in one of the roles they hold now; always where the service did.
create function invitation_tient(l_invitation uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  i invitation;
  tenue uuid;
  tient boolean := false;
begin
  select * into i from invitation where id = l_invitation;
  if i.invitee_par is null then
    return true;
  end if;
  for tenue in select a.id from attribution a where a.personne_id = i.invitee_par and attribution_en_cours(a) loop
    if endosser(i.invitee_par, tenue)
      and acteur_peut_donner(i.role, i.region_code, i.departement_code, i.structure_id, i.equipe_id)
      and acteur_peut_durer(i.role_fin) then
      tient := true;
      exit;
    end if;
  end loop;
  -- Whoever asks acts as nobody.
  perform set_config('maillage.personne', '', true), set_config('maillage.role', '', true),
    set_config('maillage.niveau', '', true), set_config('maillage.perimetre', '', true),
    set_config('maillage.fin', '', true);
  return tient;
end
$$;
revoke execute on function invitation_tient(uuid) from public;
grant execute on function invitation_tient(uuid) to maillage_acces;
