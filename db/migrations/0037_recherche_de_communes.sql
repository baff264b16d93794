-- The table of a préfecture finds a commune by any word of its name: words are compared in capitals, articles included.
create or replace function instruction_calculer(les_candidatures uuid[], avec_doubles boolean) returns setof instruction
language sql stable security definer set search_path = public, pg_temp
as $$
  select candidature.id, candidature.numero, candidature.vague_id, candidature.structure_id,
    commune.code, commune.epci_code, commune.departement_code,
    coalesce(structure.raison_sociale, structure.identifiant),
    coalesce(structure.raison_sociale_recherche, structure.identifiant),
    commune.nom, commune.nom_recherche, epci.nom, nom_recherche(epci.nom),
    concat_ws(' ', structure.raison_sociale_recherche, structure.identifiant, nom_recherche(commune.nom),
      candidature.numero),
    candidature.statut, candidature.categorie, candidature.postes_demandes, candidature.deposee_le,
    candidature.instructeur_id, agent.prenom || ' ' || agent.nom, candidature.priorites,
    avis.favorable, avis.postes_proposes, avis.rendu_le,
    structure.a_verifier,
    case
      when avec_doubles then candidature.id in (
        select candidature_id from instruction_ressemblances(les_candidatures))
      else coalesce((select doublon from instruction where candidature_id = candidature.id), false)
    end,
    correction.echeance, messages.structure_le, messages.prefecture_le
  from candidature
  join vague on vague.id = candidature.vague_id
  join structure on structure.id = candidature.structure_id
  left join commune on commune.code = structure.commune_code
  left join epci on epci.code = commune.epci_code
  left join personne agent on agent.id = candidature.instructeur_id and agent.effacee_le is null
  left join lateral (
    select favorable, postes_proposes, rendu_le from candidature_avis
    where candidature_id = candidature.id and niveau = vague.avis_niveau
    order by rendu_le desc, id desc limit 1
  ) avis on true
  left join candidature_correction correction
    on correction.candidature_id = candidature.id and correction.repondue_le is null
  left join lateral (
    select max(envoye_le) filter (where cote = 'structure') as structure_le,
      max(envoye_le) filter (where cote = 'prefecture') as prefecture_le
    from candidature_message where candidature_id = candidature.id
  ) messages on true
  where candidature.id in (select unnest(les_candidatures)) and candidature.statut not in ('brouillon', 'abandonnee')
$$;

update instruction set recherche = concat_ws(' ', structure.raison_sociale_recherche, structure.identifiant,
  nom_recherche(commune.nom), instruction.numero)
from structure left join commune on commune.code = structure.commune_code
where structure.id = instruction.structure_id;
