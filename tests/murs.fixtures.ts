import type pg from 'pg';

/** Stands in everything of the other territory: no page and no row that holds it may reach the Aisne. */
export const marque = 'CANARI';

/**
 * A second world, in the Côte-d’Or: a structure, its people, what was written to and about them. Whoever acts in the
 * Aisne must see and change none of it.
 */
export const planterAutreMonde = async (owner: pg.Client): Promise<void> => {
  await owner.query(`
    insert into structure (id, identifiant_type, identifiant, raison_sociale, raison_sociale_recherche, commune_code)
      values ('00000000-0000-7000-8000-000000000001', 'siret', '21210231300019', 'CANARI', 'CANARI', '21231');
    insert into equipe (id, structure_id, coordinateur_prevu)
      values ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', true);
    insert into personne (id, courriel, prenom, nom) values
      ('00000000-0000-7000-8000-000000000011', 'canari.instructeur@ailleurs.example', 'Un', 'CANARI'),
      ('00000000-0000-7000-8000-000000000012', 'canari.gestionnaire@ailleurs.example', 'Deux', 'CANARI'),
      ('00000000-0000-7000-8000-000000000013', 'canari.conseiller@ailleurs.example', 'Trois', 'CANARI'),
      ('00000000-0000-7000-8000-000000000014', 'canari.coordinateur@ailleurs.example', 'Quatre', 'CANARI'),
      ('00000000-0000-7000-8000-000000000015', 'canari.candidat@ailleurs.example', 'Cinq', 'CANARI');
    insert into attribution (id, personne_id, role, niveau, departement_code, structure_id, equipe_id, motif) values
      ('00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000011', 'instructeur', 'departement', '21', null, null, 'CANARI'),
      ('00000000-0000-7000-8000-000000000022', '00000000-0000-7000-8000-000000000012', 'gestionnaire', 'structure', null, '00000000-0000-7000-8000-000000000001', null, 'CANARI'),
      ('00000000-0000-7000-8000-000000000023', '00000000-0000-7000-8000-000000000013', 'conseiller', 'soi', null, '00000000-0000-7000-8000-000000000001', null, 'CANARI'),
      ('00000000-0000-7000-8000-000000000024', '00000000-0000-7000-8000-000000000014', 'coordinateur', 'equipe', null, null, '00000000-0000-7000-8000-000000000002', 'CANARI'),
      ('00000000-0000-7000-8000-000000000025', '00000000-0000-7000-8000-000000000015', 'candidat', 'soi', null, null, null, 'CANARI');
    insert into invitation (id, courriel, prenom, nom, role, niveau, structure_id, motif, expire_le) values
      ('00000000-0000-7000-8000-000000000031', 'canari.invite@ailleurs.example', 'Six', 'CANARI', 'conseiller', 'soi',
       '00000000-0000-7000-8000-000000000001', 'CANARI', now() + interval '1 day');
    insert into courriel (id, destinataire, objet, contenu, personne_id) values
      ('00000000-0000-7000-8000-000000000041', 'canari.gestionnaire@ailleurs.example', 'CANARI', '{"paragraphes": ["CANARI"]}',
       '00000000-0000-7000-8000-000000000012');
    insert into import_depot (id, fichier, empreinte, octets, lignes, contenu) values
      ('00000000-0000-7000-8000-000000000051', 'CANARI', 'e', 1, 1, 'a');
    insert into import_depot_ligne (depot_id, numero, ligne, sort, libelle) values
      ('00000000-0000-7000-8000-000000000051', 1, 2, 'creee', 'CANARI');
    insert into import (id, source, fichier, empreinte, acteur, bilan, entetes, lien_empreinte, lien_expire_le) values
      ('00000000-0000-7000-8000-000000000052', 'coselec', 'CANARI', 'e', 'essai', '{}', '{siret}', 'canari', now() + interval '1 day');
    insert into import_ligne (import_id, numero, ligne, sort, libelle) values
      ('00000000-0000-7000-8000-000000000052', 1, 2, 'creee', 'CANARI');
    insert into lieu (structure_id, rang, nom, nature) values ('00000000-0000-7000-8000-000000000001', 1, 'CANARI', 'x');
    insert into seance (id, programme_id, date) select '00000000-0000-7000-8000-000000000051', id, '2031-07-08' from programme;
    insert into decision (id, seance_id, structure_id) values
      ('00000000-0000-7000-8000-000000000052', '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000001');
    insert into engagement (id, enveloppe_id, montant_centimes)
      select '00000000-0000-7000-8000-000000000053', id, 100 from enveloppe limit 1;
    insert into decision_ligne (decision_id, reference, categorie, postes, regime_variante_id, engagement_id)
      select '00000000-0000-7000-8000-000000000052', 'CANARI', 'publique', 1, id, '00000000-0000-7000-8000-000000000053'
      from regime_variante limit 1;
    insert into en_tete (departement_code, service, lieu) values ('21', '{CANARI}', 'CANARI');
    insert into signataire (departement_code, nom, fonction, debut) values ('21', 'CANARI', 'CANARI', '2021-01-01');
    insert into communique (id, seance_id, departement_code, date) values
      ('00000000-0000-7000-8000-000000000054', '00000000-0000-7000-8000-000000000051', '21', '2031-07-09');
    insert into communique_suivi (communique_id, corrections) values ('00000000-0000-7000-8000-000000000054', 'CANARI');
    insert into lot_invitation (deposee_par, lignes) values ('00000000-0000-7000-8000-000000000012', '["CANARI"]');
    insert into recherche_personne (personne_id, terme) values ('00000000-0000-7000-8000-000000000012', 'CANARI');
    insert into revendication (id, structure_id, prenom, nom, courriel, fonction, courriel_confirme_le, expire_le) values
      ('00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000001', 'Sept', 'CANARI',
       'canari.demandeur@ailleurs.example', 'CANARI', now(), now() + interval '1 day');
    insert into fichier (nom, mime, taille, sha256, statut, objet_type, objet_id, structure_id) values
      ('CANARI', 'application/pdf', 1, sha256('a'), 'sain', 'structure', 'CANARI', '00000000-0000-7000-8000-000000000001');
    insert into journal (acteur, role, acte, objet_type, objet_id, contenu) values
      ('personne:00000000-0000-7000-8000-000000000012', 'gestionnaire', 'acces.connexion', 'canari', 'CANARI', '{"moyen": "lien"}');
    insert into journal_personnel (journal_id, personne_id, valeurs)
      select id, '00000000-0000-7000-8000-000000000012', '{"nom": "CANARI"}' from journal where objet_type = 'canari';
    insert into journal_sceau (numero, instant, lignes, empreintes, precedente, empreinte)
      select 1, now(), array[id], sha256('a'), null, sha256('b') from journal where objet_type = 'canari';
    insert into vague (id, programme_id, rang, nom, ouvre_le, sources)
      select '00000000-0000-7000-8000-000000000071', id, 77, 'Vague lointaine', '2021-01-01', '{saisie}' from programme;
    insert into vague_critere (id, vague_id, rang, libelle, poids) values
      ('00000000-0000-7000-8000-000000000072', '00000000-0000-7000-8000-000000000071', 1, 'Critère', 10);
    insert into vague_question (id, vague_id, rang, libelle, genre) values
      ('00000000-0000-7000-8000-000000000073', '00000000-0000-7000-8000-000000000071', 1, 'Question', 'texte');
    insert into vague_quota (id, vague_id, departement_code) values ('00000000-0000-7000-8000-000000000074', '00000000-0000-7000-8000-000000000071', '21');
    insert into vague_departement (vague_id, departement_code) values ('00000000-0000-7000-8000-000000000071', '21');
    insert into candidature (id, vague_id, structure_id, statut, saisie, porteur_id, categorie, postes_demandes,
        postes_coordinateurs, regime_souhaite, salaire_centimes, debut_souhaite, candidat_identifie, deposee_le) values
      ('00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000071', '00000000-0000-7000-8000-000000000001', 'deposee',
       '{"motivation": "CANARI"}', '00000000-0000-7000-8000-000000000012', 'publique', 1, 0, 'forfait', 180000, '2021-09-01', false, now());
    insert into candidature_version (candidature_id, numero, contenu) values
      ('00000000-0000-7000-8000-000000000081', 1, '{"sections": [{"titre": "CANARI", "lignes": []}], "saisie": {}, "service": {"nom": [], "adresse": [], "contact": null}}');
    insert into candidature_lieu (candidature_id, rang, nom, adresse, commune_code) values
      ('00000000-0000-7000-8000-000000000081', 1, 'CANARI', 'CANARI', '21231');
    insert into candidature_depositaire (candidature_id, personne_id) values ('00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000012');
    insert into candidature_message (id, candidature_id, cote, texte) values
      ('00000000-0000-7000-8000-000000000082', '00000000-0000-7000-8000-000000000081', 'structure', 'CANARI');
    insert into candidature_piece (fichier_id, candidature_id, question)
      select id, '00000000-0000-7000-8000-000000000081', 'CANARI' from fichier where nom = 'CANARI';
    insert into candidature_avis (candidature_id, niveau, favorable, postes_proposes, commentaire) values
      ('00000000-0000-7000-8000-000000000081', 'departement', true, 1, 'CANARI');
    insert into candidature_correction (candidature_id, champs, demande, echeance) values
      ('00000000-0000-7000-8000-000000000081', '{postes}', 'CANARI', '2999-01-01');
    insert into candidature_relance (candidature_id, correction_id, genre)
      select candidature_id, id, 'avant' from candidature_correction where demande = 'CANARI';
    insert into candidature_lecture (candidature_id, personne_id, lu_le) values
      ('00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000012', now());
    insert into candidature_note (candidature_id, texte) values ('00000000-0000-7000-8000-000000000081', 'CANARI');
    insert into fragilite (commune_code, indice, source) values ('21231', 1, 'Indice publié');
    insert into seance (id, programme_id, date, statut) select '00000000-0000-7000-8000-000000000091', id, '2031-08-08', 'ouverte' from programme;
    insert into seance_membre (seance_id, personne_id)
      select '00000000-0000-7000-8000-000000000091', id from personne where courriel = 'camille.duval@maillage.example';
    insert into conflit (candidature_id, personne_id, motif) values
      ('00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000011', 'CANARI');
    insert into notation (candidature_id, critere_id, personne_id, note) values
      ('00000000-0000-7000-8000-000000000081', '00000000-0000-7000-8000-000000000072', '00000000-0000-7000-8000-000000000011', 1);
    insert into deliberation (id, seance_id, candidature_id, resultat, motif) values
      ('00000000-0000-7000-8000-000000000092', '00000000-0000-7000-8000-000000000091', '00000000-0000-7000-8000-000000000081', 'refusee', 'CANARI');
    insert into proposition (id, seance_id, nom, poids) values ('00000000-0000-7000-8000-000000000093', '00000000-0000-7000-8000-000000000091', 'CANARI', '{}');
    insert into proposition_ligne (proposition_id, candidature_id, postes, explication) values
      ('00000000-0000-7000-8000-000000000093', '00000000-0000-7000-8000-000000000081', 1, '{"canari": "CANARI"}');
    insert into acte_de_seance (seance_id, genre, cloture, contenu) values
      ('00000000-0000-7000-8000-000000000091', 'proces_verbal', 1, '{"canari": "CANARI"}');
    insert into tache (nom) values ('CANARI');
    insert into tache_faite (id, tache) values ('00000000-0000-7000-8000-000000000061', 'CANARI');
  `);
};

/** Tables that only signing in reaches. */
export const secrets = [
  'changement_courriel',
  'code_secours',
  'demande_oidc',
  'identite',
  'lien_connexion',
  'limite',
  'ouverture',
  'second_facteur',
  'session',
] as const;

type Canari = {
  /** Finds what stands elsewhere. */
  readonly ou: string;
  /** The public sees it too. */
  readonly publie?: boolean;
  /** A member of the national committee sees it, and changes nothing. */
  readonly comite?: boolean;
};

/** Where each walled table holds something of the other territory. */
export const canaris: Readonly<Record<string, Canari>> = {
  attribution: { ou: `motif = 'CANARI'` },
  candidature: { ou: `id = '00000000-0000-7000-8000-000000000081'`, comite: true },
  candidature_version: { ou: `candidature_id = '00000000-0000-7000-8000-000000000081'`, comite: true },
  candidature_lieu: { ou: `nom = 'CANARI'`, comite: true },
  candidature_depositaire: { ou: `candidature_id = '00000000-0000-7000-8000-000000000081'`, comite: true },
  candidature_piece: { ou: `question = 'CANARI'`, comite: true },
  candidature_avis: { ou: `commentaire = 'CANARI'`, comite: true },
  candidature_correction: { ou: `demande = 'CANARI'`, comite: true },
  candidature_message: { ou: `texte = 'CANARI'` },
  candidature_lecture: { ou: `candidature_id = '00000000-0000-7000-8000-000000000081'` },
  candidature_relance: { ou: `candidature_id = '00000000-0000-7000-8000-000000000081'` },
  instruction: { ou: `candidature_id = '00000000-0000-7000-8000-000000000081'` },
  candidature_note: { ou: `texte = 'CANARI'` },
  seance_membre: { ou: `seance_id = '00000000-0000-7000-8000-000000000091'`, comite: true },
  conflit: { ou: `motif = 'CANARI'` },
  notation: { ou: `candidature_id = '00000000-0000-7000-8000-000000000081'`, comite: true },
  deliberation: { ou: `motif = 'CANARI'` },
  proposition: { ou: `nom = 'CANARI'` },
  proposition_ligne: { ou: `proposition_id = '00000000-0000-7000-8000-000000000093'` },
  acte_de_seance: { ou: `seance_id = '00000000-0000-7000-8000-000000000091'` },
  vague: { ou: `id = '00000000-0000-7000-8000-000000000071'`, publie: true },
  vague_critere: { ou: `vague_id = '00000000-0000-7000-8000-000000000071'`, publie: true },
  vague_question: { ou: `vague_id = '00000000-0000-7000-8000-000000000071'`, publie: true },
  vague_quota: { ou: `vague_id = '00000000-0000-7000-8000-000000000071'`, publie: true },
  vague_departement: { ou: `vague_id = '00000000-0000-7000-8000-000000000071'`, publie: true },
  fragilite: { ou: `source = 'Indice publié'`, publie: true },
  communique: { ou: `departement_code = '21'`, comite: true },
  communique_suivi: { ou: `corrections = 'CANARI'` },
  courriel: { ou: `objet = 'CANARI'` },
  import: { ou: `fichier = 'CANARI'` },
  import_depot: { ou: `fichier = 'CANARI'` },
  import_depot_ligne: { ou: `libelle = 'CANARI'` },
  import_ligne: { ou: `libelle = 'CANARI'` },
  decision: { ou: `structure_id = '00000000-0000-7000-8000-000000000001'`, comite: true },
  decision_ligne: { ou: `reference = 'CANARI'`, comite: true },
  en_tete: { ou: `departement_code = '21'`, comite: true },
  engagement: { ou: `id = '00000000-0000-7000-8000-000000000053'`, comite: true },
  equipe: { ou: `id = '00000000-0000-7000-8000-000000000002'`, comite: true },
  fichier: { ou: `nom = 'CANARI'`, comite: true },
  invitation: { ou: `nom = 'CANARI'` },
  journal: { ou: `objet_type = 'canari'` },
  journal_personnel: { ou: `valeurs = '{"nom": "CANARI"}'` },
  journal_sceau: { ou: `numero = 1` },
  lieu: { ou: `nom = 'CANARI'`, comite: true },
  personne: { ou: `nom = 'CANARI'` },
  seance: { ou: `date = '2031-07-08'`, comite: true },
  signataire: { ou: `nom = 'CANARI'` },
  tache: { ou: `nom = 'CANARI'` },
  tache_faite: { ou: `tache = 'CANARI'` },
  structure: { ou: `raison_sociale = 'CANARI'`, comite: true },
  lot_invitation: { ou: `lignes = '["CANARI"]'` },
  recherche_personne: { ou: `terme = 'CANARI'` },
  revendication: { ou: `nom = 'CANARI'` },
};
