-- Who signed a communiqué when it was published: whoever signs for the préfecture later did not sign it.
alter table communique add column signataire_publie jsonb
  check (jsonb_typeof(signataire_publie) = 'object' and signataire_publie ?& array['nom', 'fonction', 'delegation']);

-- The préfecture reviews the names under which the structures of its territory are announced, and changes nothing else
-- of them. Gives whether a structure was there to review, on the version seen where one is given.
create function relire_libelle(la_structure uuid, le_libelle text, la_version integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update structure set libelle_public = le_libelle, libelle_relu = true, libelle_sources = '{saisie}',
    version = version + 1, modifie_le = now()
  where id = la_structure and version = coalesce(la_version, version) and (
    acteur_national()
    or (acteur_role() = 'instructeur' and exists (
      select from commune
      where commune.code = structure.commune_code
        and commune.departement_code in (select acteur_departements_a_ecrire())))
  );
  return found;
end
$$;
revoke execute on function relire_libelle(uuid, text, integer) from public;
grant execute on function relire_libelle(uuid, text, integer) to maillage_application;
