-- The table of a préfecture is counted, added up and filtered from one index, without its rows, which are wide; of each
-- wave, it says at once whether there is any file.
drop index instruction_vague;
create index instruction_compte on instruction (vague_id, departement_code) include (
  candidature_id, statut, instructeur_id, postes_demandes, avis_favorable, avis_postes, avis_le, doublon, a_verifier,
  correction_echeance
);
-- The orders that are asked for most, as the wall reads them.
drop index instruction_nom, instruction_deposee;
create index instruction_nom on instruction (nom_tri, candidature_id) include (departement_code, statut, vague_id);
create index instruction_deposee on instruction (deposee_le, candidature_id) include (departement_code, statut, vague_id);

-- Structures that change together (an import) are followed together: one by one, each looked again at all its
-- neighbours, a minute for 1 450.
drop trigger instruction_structure on structure;
create or replace function instruction_suivre_structure() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  verifiees uuid[];
  renommees uuid[];
  voisines uuid[];
begin
  select array_agg(candidature.id) filter (where not renommee), array_agg(candidature.id) filter (where renommee)
  into verifiees, renommees
  from (
    select id, nouvelle.a_verifier <> ancienne.a_verifier as verifiee,
      row(nouvelle.raison_sociale_recherche, nouvelle.raison_sociale, nouvelle.identifiant, nouvelle.commune_code)
        is distinct from
        row(ancienne.raison_sociale_recherche, ancienne.raison_sociale, ancienne.identifiant, ancienne.commune_code)
        as renommee
    from nouvelles nouvelle join anciennes ancienne using (id)
  ) changee join candidature on candidature.structure_id = changee.id
  where verifiee or renommee;
  if verifiees is not null then
    perform instruction_actualiser(verifiees);
  end if;
  if renommees is not null then
    perform instruction_actualiser_avec_doubles(renommees);
    -- Those that they were like before.
    with avant as (
      select commune_code, instruction_siren(identifiant_type, identifiant) as siren from anciennes
      where id in (select structure_id from candidature where id in (select unnest(renommees)))
    ), semblable as (
      select structure.id from avant join structure using (commune_code)
      union
      select structure.id
      from avant join structure on instruction_siren(structure.identifiant_type, structure.identifiant) = avant.siren
    )
    select array_agg(candidature.id) into voisines
    from candidature join semblable on semblable.id = candidature.structure_id;
    perform instruction_actualiser(voisines, true);
  end if;
  return null;
end
$$;
create trigger instruction_structure after update on structure
  referencing old table as anciennes new table as nouvelles
  for each statement execute function instruction_suivre_structure();
