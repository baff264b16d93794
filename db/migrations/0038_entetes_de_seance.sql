-- Before a session closes, who keeps it learns which préfectures would write their letters without address or signatory:
-- their settings themselves are read by them and by administrators only.
create function prefectures_a_regler(la_seance uuid)
returns table (code text, nom text, sans_adresse boolean, sans_signataire boolean)
language sql stable security definer set search_path = public, pg_temp
as $$
  select departement.code, departement.nom, coalesce(en_tete.adresse, '{}') = '{}', not exists (
    select from signataire where signataire.departement_code = departement.code
      and (now() at time zone 'Europe/Paris')::date between debut and coalesce(fin, 'infinity'))
  from departement left join en_tete on en_tete.departement_code = departement.code
  where departement.code in (
      select commune.departement_code from deliberation
      join candidature on candidature.id = deliberation.candidature_id
      join structure on structure.id = candidature.structure_id
      join commune on commune.code = structure.commune_code
      where deliberation.seance_id = la_seance and deliberation.candidature_id not in (select acteur_conflits()))
    and ((select acteur_national()) or la_seance in (select acteur_seances()))
  order by departement.nom
$$;
revoke execute on function prefectures_a_regler(uuid) from public;
grant execute on function prefectures_a_regler(uuid) to maillage_application;
