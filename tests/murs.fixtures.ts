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
  fichier: { ou: `nom = 'CANARI'` },
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
