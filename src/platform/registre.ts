import type { DB } from './database/schema.ts';

/** How the rows of a table are known to concern a person. */
export type Lien = {
  readonly colonne: string;
  /**
   * `personne`: her identifier. `courriel`: her address. `acteur`: her name in the journal. `objet`: the row tells of her
   * account (`objet_type` = personne).
   */
  readonly par: 'personne' | 'courriel' | 'acteur' | 'objet';
};

export type Effacement =
  | { readonly mode: 'supprimer' }
  /** Names and address give way to others, that say nothing. */
  | { readonly mode: 'remplacer' }
  | { readonly mode: 'garder'; readonly pourquoi: string };

/** Rows go when this long has passed since then; or the whole person does. */
export type Conservation = {
  readonly texte: string;
  readonly regle?:
    | { readonly depuis: string; readonly delai: string }
    | { readonly personneDesactiveeDepuis: string };
};

export type TableRegistre = {
  readonly table: keyof DB;
  /** What its rows are to the person whom they concern. */
  readonly intitule: string;
  /** The database user that reaches its rows. */
  readonly base: 'application' | 'acces';
  /** What is published of it is everybody's. */
  readonly publiee?: true;
  /** What each personal column is, in plain French. */
  readonly colonnes: Readonly<Record<string, string>>;
  /** Personal columns that no export gives: secrets, or their digests. */
  readonly secrets: readonly string[];
  /** The other columns: numbers, versions, marks of the program. */
  readonly techniques: readonly string[];
  /** None: nothing in the table says whom a row concerns. */
  readonly liens: readonly Lien[];
  readonly conservation: Conservation;
  readonly effacement: Effacement;
};

export type Traitement = {
  readonly titre: string;
  readonly finalite: string;
  readonly baseLegale: string;
  readonly personnes: string;
  readonly destinataires: string;
  readonly tables: readonly TableRegistre[];
};

type Declaree<Table extends keyof DB> = Omit<
  TableRegistre,
  'table' | 'colonnes' | 'secrets' | 'techniques'
> & {
  readonly table: Table;
  readonly colonnes: Readonly<Partial<Record<keyof DB[Table] & string, string>>>;
  readonly secrets?: readonly (keyof DB[Table] & string)[];
  readonly techniques?: readonly (keyof DB[Table] & string)[];
};

/** A table whose columns the compiler knows. */
const table = <Table extends keyof DB>({
  secrets = [],
  techniques = [],
  colonnes,
  ...reste
}: Declaree<Table>): TableRegistre => ({
  ...reste,
  secrets,
  techniques,
  colonnes: Object.fromEntries(
    Object.entries<string | undefined>(colonnes).flatMap(([nom, texte]) =>
      texte === undefined ? [] : [[nom, texte] as const],
    ),
  ),
});

const parPersonne: readonly Lien[] = [{ colonne: 'personne_id', par: 'personne' }];
const supprimer: Effacement = { mode: 'supprimer' };
const missionPublique = 'mission d’intérêt public (article 6, 1, e du RGPD)';

/** The register of processing: every table that says something of a person, and what becomes of it. */
export const registre: readonly Traitement[] = [
  {
    titre: 'Comptes et rôles',
    finalite: 'savoir qui agit, à quel titre et sur quel territoire',
    baseLegale: missionPublique,
    personnes: 'agents des préfectures, membres du comité, structures d’accueil, conseillers et candidats',
    destinataires: 'la personne, et ceux qui gèrent les rôles de son territoire ou de sa structure',
    tables: [
      table({
        table: 'personne',
        intitule: 'votre compte',
        base: 'application',
        colonnes: {
          id: 'numéro de la personne',
          courriel: 'adresse électronique',
          prenom: 'prénom',
          nom: 'nom',
          courriel_verifie_le: 'date de vérification de l’adresse',
          vue_le: 'dernière visite',
          vue_precedente_le: 'visite précédente',
          desactivee_le: 'date de désactivation du compte',
          effacee_le: 'date d’effacement',
          cree_le: 'date de création du compte',
        },
        techniques: ['sources', 'version'],
        liens: [{ colonne: 'id', par: 'personne' }],
        conservation: {
          texte: 'tant que le compte sert, puis trois ans après sa désactivation',
          regle: { personneDesactiveeDepuis: '3 years' },
        },
        effacement: { mode: 'remplacer' },
      }),
      table({
        table: 'attribution',
        intitule: 'vos rôles',
        base: 'application',
        colonnes: {
          personne_id: 'numéro de la personne',
          role: 'rôle',
          niveau: 'niveau du rôle',
          region_code: 'région du rôle',
          departement_code: 'département du rôle',
          structure_id: 'structure du rôle',
          equipe_id: 'équipe du rôle',
          du: 'début du rôle',
          fin: 'fin prévue du rôle',
          motif: 'motif du rôle',
          donnee_par: 'personne qui a donné le rôle',
          suppleance_de: 'rôle suppléé',
          retiree_le: 'date de retrait du rôle',
          retiree_par: 'personne qui a retiré le rôle',
          retrait_motif: 'motif du retrait',
        },
        techniques: ['id', 'perimetre', 'sources', 'version'],
        liens: parPersonne,
        conservation: { texte: 'pendant la durée du programme, pour savoir qui pouvait agir' },
        effacement: {
          mode: 'garder',
          pourquoi: 'les rôles prennent fin et restent sous un numéro, sans nom, ni adresse, ni motif',
        },
      }),
      table({
        table: 'invitation',
        intitule: 'les invitations à votre adresse',
        base: 'application',
        colonnes: {
          courriel: 'adresse électronique de la personne invitée',
          prenom: 'prénom de la personne invitée',
          nom: 'nom de la personne invitée',
          role: 'rôle proposé',
          niveau: 'niveau du rôle proposé',
          region_code: 'région du rôle proposé',
          departement_code: 'département du rôle proposé',
          structure_id: 'structure du rôle proposé',
          equipe_id: 'équipe du rôle proposé',
          role_du: 'début du rôle proposé',
          role_fin: 'fin du rôle proposé',
          suppleance_de: 'rôle à suppléer',
          motif: 'motif de l’invitation',
          invitee_par: 'personne qui invite',
          statut: 'état de l’invitation',
          cree_le: 'date de l’invitation',
          expire_le: 'fin de validité',
          envois: 'nombre d’envois',
          envoyee_le: 'date du dernier envoi',
          acceptee_par: 'personne qui a accepté',
        },
        secrets: ['empreinte'],
        techniques: ['id', 'sources', 'version'],
        liens: [
          { colonne: 'courriel', par: 'courriel' },
          { colonne: 'acceptee_par', par: 'personne' },
        ],
        conservation: {
          texte: 'un an après la fin de validité de l’invitation',
          regle: { depuis: 'expire_le', delai: '1 year' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'lot_invitation',
        intitule: 'les fichiers d’invitations que vous avez déposés',
        base: 'application',
        colonnes: {
          deposee_par: 'personne qui a déposé le fichier',
          lignes: 'personnes à inviter, ligne par ligne',
          demandee_le: 'date de la demande d’envoi',
          traitee_le: 'date de la fin de l’envoi',
          cree_le: 'date du dépôt',
        },
        techniques: ['id'],
        liens: [{ colonne: 'deposee_par', par: 'personne' }],
        conservation: {
          texte: 'trente jours après le dépôt du fichier',
          regle: { depuis: 'cree_le', delai: '30 days' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'recherche_personne',
        intitule: 'vos recherches de personnes',
        base: 'application',
        colonnes: {
          personne_id: 'personne qui cherche',
          terme: 'nom ou adresse cherchés',
          cree_le: 'date de la recherche',
        },
        techniques: ['id'],
        liens: parPersonne,
        conservation: {
          texte: 'une heure',
          regle: { depuis: 'cree_le', delai: '1 hour' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'changement_courriel',
        intitule: 'vos changements d’adresse électronique',
        base: 'acces',
        colonnes: {
          personne_id: 'numéro de la personne',
          courriel: 'nouvelle adresse électronique',
          cree_le: 'date de la demande',
          expire_le: 'fin de validité',
          utilise_le: 'date d’usage',
        },
        secrets: ['empreinte'],
        liens: parPersonne,
        conservation: {
          texte: 'trente jours après la fin de validité de la demande',
          regle: { depuis: 'expire_le', delai: '30 days' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'ouverture',
        intitule: 'vos demandes de compte pour candidater',
        base: 'acces',
        colonnes: {
          courriel: 'adresse électronique',
          prenom: 'prénom',
          nom: 'nom',
          identifiant_type: 'sorte de numéro de la structure',
          identifiant: 'numéro de la structure',
          raison_sociale: 'nom de la structure',
          commune_code: 'commune de la structure',
          cree_le: 'date de la demande',
          expire_le: 'fin de validité',
          utilise_le: 'date de confirmation',
          personne_id: 'numéro de la personne',
        },
        secrets: ['empreinte'],
        liens: [...parPersonne, { colonne: 'courriel', par: 'courriel' }],
        conservation: {
          texte: 'trente jours après la fin de validité de la demande',
          regle: { depuis: 'expire_le', delai: '30 days' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'revendication',
        intitule: 'vos demandes d’accès à une structure',
        base: 'application',
        colonnes: {
          structure_id: 'structure dont l’accès est demandé',
          prenom: 'prénom du demandeur',
          nom: 'nom du demandeur',
          courriel: 'adresse électronique du demandeur',
          fonction: 'fonction du demandeur dans la structure',
          courriel_confirme_le: 'date de confirmation de l’adresse',
          statut: 'état de la demande',
          adresse: 'adresse postale de la structure',
          code_expire_le: 'fin de validité du code',
          essais: 'nombre d’essais du code',
          invitation_id: 'invitation envoyée',
          envois: 'nombre de courriels envoyés',
          envoyee_le: 'date du dernier courriel',
          cree_le: 'date de la demande',
          expire_le: 'fin de validité de la demande',
        },
        secrets: ['empreinte', 'code_empreinte'],
        techniques: ['id', 'version'],
        liens: [{ colonne: 'courriel', par: 'courriel' }],
        conservation: {
          texte: 'un an après la fin de validité de la demande',
          regle: { depuis: 'expire_le', delai: '1 year' },
        },
        effacement: supprimer,
      }),
    ],
  },
  {
    titre: 'Connexion',
    finalite: 'laisser entrer la bonne personne, et elle seule',
    baseLegale: missionPublique,
    personnes: 'personnes qui ont un compte',
    destinataires: 'la personne elle-même',
    tables: [
      table({
        table: 'session',
        intitule: 'vos sessions',
        base: 'acces',
        colonnes: {
          personne_id: 'numéro de la personne',
          appareil: 'appareil et navigateur',
          moyen: 'moyen de connexion',
          attribution_id: 'rôle exercé',
          ouverte_le: 'début de la session',
          vue_le: 'dernier usage',
          expire_le: 'fin de validité',
          inactivite: 'durée d’inactivité permise',
          second_facteur_le: 'date du second contrôle',
          fin_le: 'fin de la session',
        },
        secrets: ['empreinte', 'jeton_identite'],
        techniques: ['id'],
        liens: parPersonne,
        conservation: {
          texte: 'trente jours après la fin de la session',
          regle: { depuis: 'coalesce(fin_le, least(expire_le, vue_le + inactivite))', delai: '30 days' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'lien_connexion',
        intitule: 'les liens de connexion demandés',
        base: 'acces',
        colonnes: {
          personne_id: 'numéro de la personne',
          retour: 'page à ouvrir après la connexion',
          cree_le: 'date de la demande de lien',
          expire_le: 'fin de validité',
          utilise_le: 'date d’usage',
        },
        secrets: ['empreinte'],
        liens: parPersonne,
        conservation: {
          texte: 'un jour après son usage ou sa fin de validité',
          regle: { depuis: 'coalesce(utilise_le, expire_le)', delai: '1 day' },
        },
        effacement: supprimer,
      }),
      table({
        table: 'demande_oidc',
        intitule: 'les demandes à un fournisseur d’identité',
        base: 'acces',
        colonnes: {
          retour: 'page à ouvrir après la connexion',
          cree_le: 'date de la demande',
          expire_le: 'fin de validité',
        },
        secrets: ['empreinte', 'nonce', 'verificateur'],
        liens: [],
        conservation: {
          texte: 'une heure après sa fin de validité',
          regle: { depuis: 'expire_le', delai: '1 hour' },
        },
        effacement: { mode: 'garder', pourquoi: 'la demande ne dit pas encore de qui elle vient' },
      }),
      table({
        table: 'identite',
        intitule: 'vos identités chez un fournisseur',
        base: 'acces',
        colonnes: {
          personne_id: 'numéro de la personne',
          emetteur: 'fournisseur d’identité',
          sujet: 'numéro de la personne chez ce fournisseur',
          liee_le: 'date du lien avec ce fournisseur',
        },
        liens: parPersonne,
        conservation: { texte: 'tant que le compte existe' },
        effacement: supprimer,
      }),
      // Before the secret, whose deletion would take them along uncounted.
      table({
        table: 'code_secours',
        intitule: 'vos codes de secours',
        base: 'acces',
        colonnes: { personne_id: 'numéro de la personne', utilise_le: 'date d’usage du code de secours' },
        secrets: ['empreinte'],
        liens: parPersonne,
        conservation: { texte: 'tant que le compte existe' },
        effacement: supprimer,
      }),
      table({
        table: 'second_facteur',
        intitule: 'votre second contrôle à la connexion',
        base: 'acces',
        colonnes: {
          personne_id: 'numéro de la personne',
          confirme_le: 'date de mise en place du second contrôle',
          cree_le: 'date de création',
        },
        secrets: ['secret'],
        techniques: ['dernier_pas', 'echecs', 'bloque_jusqu_a'],
        liens: parPersonne,
        conservation: { texte: 'tant que le compte existe' },
        effacement: supprimer,
      }),
    ],
  },
  {
    titre: 'Courriels envoyés',
    finalite: 'prévenir les personnes de ce qui les attend, et savoir si le message est parti',
    baseLegale: missionPublique,
    personnes: 'personnes qui ont un compte ou une invitation',
    destinataires: 'la personne, et les administrateurs',
    tables: [
      table({
        table: 'courriel',
        intitule: 'les courriels qui vous ont été écrits',
        base: 'application',
        colonnes: {
          destinataire: 'adresse du destinataire',
          objet: 'objet du message',
          contenu: 'texte du message',
          personne_id: 'numéro de la personne',
          objet_type: 'nature de ce dont il parle',
          objet_id: 'numéro de ce dont il parle',
          statut: 'état de l’envoi',
          cree_le: 'date du message',
          envoye_le: 'date d’envoi',
          derniere_erreur: 'dernière erreur d’envoi',
        },
        secrets: ['lien_secret'],
        techniques: ['id', 'cle', 'message_id', 'prochain_essai_le', 'tentatives'],
        liens: [...parPersonne, { colonne: 'destinataire', par: 'courriel' }],
        // Applied by `oublierCourriels`.
        conservation: { texte: 'trente jours pour le texte, un an pour la trace de l’envoi' },
        effacement: supprimer,
      }),
    ],
  },
  {
    titre: 'Communiqués et signatures',
    finalite: 'faire relire chaque communiqué par une autre personne, et signer au nom de la préfecture',
    baseLegale: missionPublique,
    personnes: 'agents et signataires des préfectures',
    destinataires: 'les agents de la préfecture, et les administrateurs',
    tables: [
      table({
        table: 'communique_suivi',
        intitule: 'les communiqués écrits ou relus par vous',
        base: 'application',
        colonnes: {
          redige_par: 'numéro de la personne qui a écrit en dernier',
          relu_par: 'numéro de la personne qui a relu',
          corrections: 'corrections demandées',
        },
        techniques: ['communique_id', 'relu_empreinte'],
        liens: [
          { colonne: 'redige_par', par: 'personne' },
          { colonne: 'relu_par', par: 'personne' },
        ],
        conservation: { texte: 'aussi longtemps que le communiqué' },
        effacement: {
          mode: 'garder',
          pourquoi:
            'la relecture par une autre personne doit rester prouvée ; il ne reste qu’un numéro, sans nom',
        },
      }),
      table({
        table: 'communique',
        intitule: 'les signatures publiées',
        base: 'application',
        publiee: true,
        colonnes: { signataire_publie: 'nom, fonction et délégation de qui a signé le communiqué publié' },
        techniques: [
          'id',
          'seance_id',
          'departement_code',
          'statut',
          'version',
          'date',
          'textes',
          'publie_le',
          'chiffres_publies',
          'sources',
        ],
        liens: [],
        conservation: { texte: 'aussi longtemps que le communiqué' },
        effacement: { mode: 'garder', pourquoi: 'un acte publié nomme qui le signe' },
      }),
      table({
        table: 'signataire',
        intitule: 'les signataires',
        base: 'application',
        colonnes: {
          nom: 'nom de la personne qui signe',
          fonction: 'fonction',
          delegation: 'délégation de signature',
          departement_code: 'département de la préfecture',
          debut: 'début de la signature',
          fin: 'fin de la signature',
        },
        techniques: ['id'],
        liens: [],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'le nom de qui signe un acte de la préfecture est public et en fait la validité',
        },
      }),
    ],
  },
  {
    titre: 'Instruction des candidatures',
    finalite: 'montrer à une préfecture les candidatures de son territoire, et qui les suit',
    baseLegale: missionPublique,
    personnes: 'agents des préfectures',
    destinataires: 'la préfecture, et l’administration nationale',
    tables: [
      table({
        table: 'instruction',
        intitule: 'les candidatures qui vous sont affectées',
        base: 'application',
        colonnes: {
          candidature_id: 'numéro de la candidature',
          numero: 'rang de la candidature',
          nom: 'nom de la structure',
          commune_nom: 'commune de la structure',
          epci_nom: 'intercommunalité de la structure',
          departement_code: 'département de la structure',
          statut: 'état de la candidature',
          instructeur_id: 'numéro de l’agent qui la suit',
          agent: 'nom de l’agent qui la suit',
        },
        techniques: [
          'vague_id',
          'structure_id',
          'commune_code',
          'epci_code',
          'nom_tri',
          'commune_tri',
          'epci_tri',
          'recherche',
          'categorie',
          'postes_demandes',
          'deposee_le',
          'priorites',
          'avis_favorable',
          'avis_postes',
          'avis_le',
          'a_verifier',
          'doublon',
          'correction_echeance',
          'message_structure_le',
          'message_prefecture_le',
        ],
        liens: [{ colonne: 'instructeur_id', par: 'personne' }],
        conservation: { texte: 'aussi longtemps que la candidature' },
        effacement: {
          mode: 'garder',
          pourquoi: 'la candidature reste ; le nom de l’agent part avec son compte',
        },
      }),
    ],
  },
  {
    titre: 'Fichiers déposés',
    finalite: 'joindre à un dossier les pièces qu’il demande',
    baseLegale: missionPublique,
    personnes: 'personnes qui déposent un fichier',
    destinataires: 'la structure ou la préfecture à qui est le dossier, sinon la personne seule',
    tables: [
      table({
        table: 'fichier',
        intitule: 'les fichiers que vous avez déposés',
        base: 'application',
        colonnes: {
          nom: 'nom du fichier',
          mime: 'format du fichier',
          taille: 'poids du fichier',
          objet_type: 'nature de ce à quoi il se rattache',
          objet_id: 'numéro de ce à quoi il se rattache',
          structure_id: 'structure du dossier',
          departement_code: 'département du dossier',
          depose_par: 'numéro de la personne qui l’a déposé',
          statut: 'état de l’examen par l’antivirus',
          cree_le: 'date du dépôt',
          supprime_le: 'date de suppression',
          efface_le: 'date de destruction du contenu',
        },
        techniques: ['id', 'officiel', 'proprietaire', 'sha256', 'version'],
        liens: [{ colonne: 'depose_par', par: 'personne' }],
        // Applied by `nettoyerFichiers`.
        conservation: { texte: 'tant que le dossier sert, puis détruit la nuit qui suit sa suppression' },
        effacement: {
          mode: 'garder',
          pourquoi:
            'les fichiers déposés pour soi sont détruits ; ceux d’un dossier restent, sous un numéro sans nom ni adresse',
        },
      }),
    ],
  },
  {
    titre: 'Candidatures des structures',
    finalite: 'recevoir les candidatures, les instruire, et garder ce qui a été déposé',
    baseLegale: missionPublique,
    personnes: 'représentants, contacts et gestionnaires des structures candidates, agents qui instruisent',
    destinataires:
      'les gestionnaires de la structure, sa préfecture, les membres du comité, et les administrateurs, sauf les messages et les notes, lus par ceux à qui ils sont destinés',
    tables: [
      table({
        table: 'candidature',
        intitule: 'les candidatures que vous portez ou instruisez',
        base: 'application',
        colonnes: {
          porteur_id: 'numéro de la personne qui porte la candidature',
          instructeur_id: 'numéro de la personne qui l’instruit',
          saisie: 'réponses, dont le nom et les coordonnées du représentant et du contact',
          saisie_le: 'date de la dernière réponse',
          salaire_centimes: 'salaire prévu pour le poste',
        },
        techniques: [
          'candidat_identifie',
          'categorie',
          'cree_le',
          'debut_souhaite',
          'deposee_le',
          'fusionnee_dans',
          'id',
          'numero',
          'postes_coordinateurs',
          'postes_demandes',
          'priorites',
          'regime_souhaite',
          'statut',
          'structure_id',
          'vague_id',
          'version',
        ],
        liens: [
          { colonne: 'porteur_id', par: 'personne' },
          { colonne: 'instructeur_id', par: 'personne' },
        ],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'le dossier appartient à la structure, qui l’a déposé ; il fonde la décision',
        },
      }),
      table({
        table: 'acte_de_seance',
        intitule: 'les lettres de décision et les procès-verbaux qui vous nomment',
        base: 'application',
        colonnes: {
          contenu:
            'ce que dit la lettre ou le procès-verbal\u00a0: nom, fonction et courriel du destinataire, membres présents, conflits d’intérêts déclarés',
        },
        techniques: [
          'candidature_id',
          'cloture',
          'decision_id',
          'faite_le',
          'fichier_id',
          'genre',
          'id',
          'seance_id',
        ],
        // A letter is to a structure, minutes are of a session: no column says which people they name.
        liens: [],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'la lettre et le procès-verbal sont la preuve de la décision et de qui l’a prise',
        },
      }),
      table({
        table: 'candidature_version',
        intitule: 'les candidatures que vous avez déposées',
        base: 'application',
        colonnes: {
          contenu: 'ce qui a été déposé, dont le nom et les coordonnées du représentant et du contact',
          deposee_par: 'numéro de la personne qui a déposé',
          deposee_le: 'date du dépôt',
        },
        techniques: ['candidature_id', 'id', 'numero'],
        liens: [{ colonne: 'deposee_par', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'le dossier appartient à la structure, qui l’a déposé ; il fonde la décision',
        },
      }),
      table({
        table: 'candidature_depositaire',
        intitule: 'les candidatures que vous pouvez déposer',
        base: 'application',
        colonnes: {
          personne_id: 'numéro de la personne',
          accorde_le: 'date de l’accord',
        },
        techniques: ['candidature_id'],
        liens: [{ colonne: 'personne_id', par: 'personne' }],
        conservation: { texte: 'aussi longtemps que la candidature' },
        effacement: supprimer,
      }),
      table({
        table: 'candidature_avis',
        intitule: 'les avis que vous avez rendus',
        base: 'application',
        colonnes: {
          commentaire: 'avis',
          rendu_par: 'numéro de la personne',
          rendu_le: 'date de l’avis',
        },
        techniques: ['candidature_id', 'favorable', 'id', 'niveau', 'postes_proposes'],
        liens: [{ colonne: 'rendu_par', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'l’acte doit rester prouvé ; il ne reste qu’un numéro, sans nom',
        },
      }),
      table({
        table: 'candidature_correction',
        intitule: 'les corrections que vous avez demandées',
        base: 'application',
        colonnes: {
          demande: 'correction demandée',
          demandee_par: 'numéro de la personne',
          demandee_le: 'date de la demande',
        },
        techniques: ['candidature_id', 'champs', 'echeance', 'id', 'relancee_le', 'repondue_le'],
        liens: [{ colonne: 'demandee_par', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'l’acte doit rester prouvé ; il ne reste qu’un numéro, sans nom',
        },
      }),
      table({
        table: 'candidature_message',
        intitule: 'les messages que vous avez écrits',
        base: 'application',
        colonnes: {
          texte: 'message',
          auteur_id: 'numéro de la personne',
          envoye_le: 'date du message',
        },
        techniques: ['candidature_id', 'cote', 'id'],
        liens: [{ colonne: 'auteur_id', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'l’échange fait partie du dossier ; il ne reste qu’un numéro, sans nom',
        },
      }),
      table({
        table: 'candidature_lecture',
        intitule: 'les dossiers dont vous avez lu les messages',
        base: 'application',
        colonnes: {
          personne_id: 'numéro de la personne',
          lu_le: 'date de lecture',
        },
        techniques: ['candidature_id'],
        liens: [{ colonne: 'personne_id', par: 'personne' }],
        conservation: { texte: 'aussi longtemps que la candidature' },
        effacement: supprimer,
      }),
      table({
        table: 'candidature_note',
        intitule: 'les notes que vous avez écrites',
        base: 'application',
        colonnes: {
          texte: 'note',
          auteur_id: 'numéro de la personne',
          ecrite_le: 'date de la note',
        },
        techniques: ['candidature_id', 'id'],
        liens: [{ colonne: 'auteur_id', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'la note aide à instruire ; il ne reste qu’un numéro, sans nom',
        },
      }),
    ],
  },
  {
    titre: 'Comité de sélection',
    finalite: 'réunir le comité, écarter les conflits d’intérêts, noter, délibérer',
    baseLegale: missionPublique,
    personnes: 'membres du comité, administrateurs',
    destinataires: 'les membres du comité, et les administrateurs',
    tables: [
      table({
        table: 'seance_membre',
        intitule: 'les séances dont vous êtes membre',
        base: 'application',
        colonnes: {
          personne_id: 'numéro de la personne',
          fonction: 'fonction dans la séance',
          present: 'présence',
        },
        techniques: ['seance_id'],
        liens: [{ colonne: 'personne_id', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'la composition du comité fait la validité de ses décisions ; il ne reste qu’un numéro',
        },
      }),
      table({
        table: 'conflit',
        intitule: 'vos conflits d’intérêts déclarés',
        base: 'application',
        colonnes: {
          candidature_id: 'dossier concerné',
          personne_id: 'numéro de la personne',
          motif: 'conflit déclaré',
          declare_le: 'date de la déclaration',
        },
        liens: [{ colonne: 'personne_id', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'la déclaration fait la validité de la décision ; il ne reste qu’un numéro',
        },
      }),
      table({
        table: 'notation',
        intitule: 'les notes que vous avez données',
        base: 'application',
        colonnes: {
          personne_id: 'numéro de la personne',
          note: 'note',
          notee_le: 'date',
        },
        techniques: ['candidature_id', 'critere_id'],
        liens: [{ colonne: 'personne_id', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'l’acte doit rester prouvé ; il ne reste qu’un numéro, sans nom',
        },
      }),
      table({
        table: 'deliberation',
        intitule: 'les délibérations que vous avez inscrites',
        base: 'application',
        colonnes: {
          motif: 'motif',
          decidee_par: 'numéro de la personne',
          decidee_le: 'date',
        },
        techniques: [
          'candidature_id',
          'engagement_id',
          'id',
          'postes',
          'rang',
          'regime_variante_id',
          'resultat',
          'seance_id',
          'version',
        ],
        liens: [{ colonne: 'decidee_par', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'l’acte doit rester prouvé ; il ne reste qu’un numéro, sans nom',
        },
      }),
      table({
        table: 'proposition',
        intitule: 'les répartitions que vous avez demandées',
        base: 'application',
        colonnes: {
          nom: 'nom de la proposition',
          demandee_par: 'numéro de la personne',
          demandee_le: 'date',
        },
        techniques: ['avancement', 'echec', 'id', 'poids', 'resultat', 'seance_id', 'statut', 'version'],
        liens: [{ colonne: 'demandee_par', par: 'personne' }],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'l’acte doit rester prouvé ; il ne reste qu’un numéro, sans nom',
        },
      }),
    ],
  },
  {
    titre: 'Imports de fichiers',
    finalite: 'savoir qui a déposé et confirmé chaque fichier de décisions',
    baseLegale: missionPublique,
    personnes: 'administrateurs',
    destinataires: 'les administrateurs',
    tables: [
      table({
        table: 'import_depot',
        intitule: 'les fichiers d’import déposés ou confirmés par vous',
        base: 'application',
        colonnes: {
          depose_par: 'personne qui a déposé le fichier',
          cree_le: 'date du dépôt',
          confirme_par: 'personne qui a confirmé l’import',
          confirme_le: 'date de la confirmation',
        },
        techniques: [
          'id',
          'fichier',
          'empreinte',
          'octets',
          'lignes',
          'contenu',
          'expire_le',
          'statut',
          'version',
          'etape',
          'lignes_faites',
          'simule_le',
          'bilan',
          'entetes',
          'apercu_empreinte',
          'message',
          'termine_le',
          'import_id',
        ],
        liens: [
          { colonne: 'depose_par', par: 'personne' },
          { colonne: 'confirme_par', par: 'personne' },
        ],
        // The file itself is erased by `effacerPerimes`, or as soon as it is imported.
        conservation: {
          texte: 'sept jours pour le fichier, la durée du programme pour la trace de l’import',
        },
        effacement: {
          mode: 'garder',
          pourquoi: 'la trace dit d’où viennent les décisions ; elle ne porte qu’un numéro',
        },
      }),
    ],
  },
  {
    titre: 'Journal des actes',
    finalite: 'savoir qui a décidé quoi, quand et pourquoi, et pouvoir le prouver',
    baseLegale: missionPublique,
    personnes: 'personnes qui agissent, et personnes dont le compte est modifié',
    destinataires:
      'la personne, ceux qui suivent le dossier dans son département ou sa structure, et les administrateurs',
    tables: [
      table({
        table: 'journal',
        intitule: 'les actes faits par vous ou sur votre compte',
        base: 'application',
        colonnes: {
          instant: 'date et heure de l’acte',
          acteur: 'numéro de la personne qui agit',
          personne_id: 'numéro de la personne qui agit',
          role: 'rôle exercé',
          acte: 'acte',
          objet_type: 'nature de l’objet',
          objet_id: 'numéro de l’objet',
          motif: 'motif, sauf d’un acte sur une personne',
          contenu: 'ce qui a changé, hors données personnelles',
          departement_code: 'département du dossier',
          structure_id: 'structure du dossier',
        },
        techniques: ['id', 'transaction_id'],
        liens: [
          { colonne: 'acteur', par: 'acteur' },
          { colonne: 'objet_id', par: 'objet' },
        ],
        conservation: { texte: 'pendant la durée du programme et des recours' },
        effacement: {
          mode: 'garder',
          pourquoi: 'le journal prouve les décisions ; il ne porte qu’un numéro, ni nom ni adresse',
        },
      }),
      table({
        table: 'journal_personnel',
        intitule: 'vos données changées par un acte',
        base: 'application',
        colonnes: {
          personne_id: 'numéro de la personne',
          valeurs: 'données personnelles avant et après un acte, motif d’un acte sur une personne',
        },
        techniques: ['journal_id', 'invitation_id', 'revendication_id'],
        liens: parPersonne,
        conservation: {
          texte:
            'cinq ans après l’acte, ou autant que l’invitation ou la demande d’accès dont c’est le motif',
          regle: { depuis: '(select instant from journal where journal.id = journal_id)', delai: '5 years' },
        },
        effacement: supprimer,
      }),
    ],
  },
];

/** Every table of the register. */
export const tablesDuRegistre: readonly TableRegistre[] = registre.flatMap(({ tables }) => tables);
