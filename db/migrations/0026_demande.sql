-- What a structure says of itself while it applies, and who confirms it.

-- A manager says who their structure is until the directory, or somebody who looked, has confirmed it.
create policy application_declare on structure for update to maillage_application
  using ((select acteur_role()) = 'gestionnaire' and (a_verifier or identifiant is null)
    and id in (select acteur_structures()))
  with check ((select acteur_role()) = 'gestionnaire' and a_verifier and id in (select acteur_structures()));
-- A préfecture confirms those of its territory.
create policy application_verifie on structure for update to maillage_application
  using ((select acteur_role()) = 'instructeur' and id in (select acteur_structures_instruites()));

create function structure_gardee() returns trigger
language plpgsql
as $$
declare
  permis text[] := case acteur_role()
    when 'instructeur' then '{a_verifier,verifiee_le,verification_motif,version,modifie_le}'
    else '{identifiant_type,identifiant,raison_sociale,raison_sociale_recherche,commune_code,adresse,code_postal,nature,a_verifier,verification_motif,version,modifie_le,recherche}'
  end;
begin
  if to_jsonb(new) - permis - 'recherche'::text is distinct from to_jsonb(old) - permis - 'recherche'::text then
    raise exception 'ce rôle ne change pas cela d’une structure' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger structure_gardee before update on structure
  for each row when (acteur_role() in ('gestionnaire', 'instructeur')) execute function structure_gardee();

-- Whom to ask, for who applies there.
create policy application_lit_de_sa_structure on en_tete for select to maillage_application using (
  (select acteur_role()) = 'gestionnaire' and departement_code in (
    select commune.departement_code from structure join commune on commune.code = structure.commune_code
    where structure.id in (select acteur_structures())
  )
);
