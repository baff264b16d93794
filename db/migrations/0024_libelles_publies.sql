-- What two people made public is not changed by one: a label that a published communiqué says, or will say at its hour,
-- stays until that communiqué is withdrawn or cancelled.
create function libelle_publie(la_structure uuid) returns boolean
language sql stable
as $$
  select exists (
    select from decision
    join structure on structure.id = decision.structure_id
    join commune on commune.code = structure.commune_code
    join communique on communique.seance_id = decision.seance_id
      and communique.departement_code = commune.departement_code
    where structure.id = la_structure and decision.resultat = 'retenue' and communique.statut = 'publie')
$$;

create or replace function relire_libelle(la_structure uuid, le_libelle text, la_version integer) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update structure set libelle_public = le_libelle, libelle_relu = true, libelle_sources = '{saisie}',
    version = version + 1, modifie_le = now()
  where id = la_structure and version = coalesce(la_version, version) and (
    acteur_national()
    or (acteur_role() = 'instructeur' and not libelle_publie(id) and exists (
      select from commune
      where commune.code = structure.commune_code
        and commune.departement_code in (select acteur_departements_a_ecrire())))
  );
  return found;
end
$$;
