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
