import {
  a,
  accord,
  avecArticle,
  capitale,
  dateLongue,
  ESPACE_INSECABLE,
  eurosEnLettres,
  liste,
  ordinalFeminin,
  pluriel,
  quand,
} from '../platform/francais/index.ts';
import type { CleParagraphe, FaitsCommunique, PartAssemblee } from './faits.ts';
import { gabaritFinancement, type Morceau } from './financement.ts';

/**
 * The wording of each paragraph, generated from the facts alone. A paragraph without its facts does not exist:
 * nothing is invented to fill it.
 */
export function genererParagraphes(faits: FaitsCommunique): ReadonlyMap<CleParagraphe, Morceau> {
  const paragraphes: readonly (readonly [CleParagraphe, Morceau | null])[] = [
    ['titre', titre(faits)],
    ['chapo', chapo(faits)],
    ['programme', programme(faits)],
    ['plan', plan(faits)],
    ['selection', selection(faits)],
    ['assemblee', assemblees(faits)],
    [
      'financement',
      gabaritFinancement(
        faits.financement.regimes,
        faits.financement.formationPourcent,
        faits.totaux.postes === 1,
      ),
    ],
    ['liste', intertitreListe(faits)],
    ['suite', suite(faits)],
  ];
  return new Map(
    paragraphes.filter((entree): entree is readonly [CleParagraphe, Morceau] => entree[1] !== null),
  );
}

/** In a sentence one is written in words, other numbers in digits. */
const conseillers = (nombre: number): string =>
  nombre === 1
    ? 'un conseiller numérique'
    : pluriel(nombre, 'conseiller numérique', 'conseillers numériques');
const structures = (nombre: number): string =>
  nombre === 1 ? 'une structure' : pluriel(nombre, 'structure', 'structures');
const postesEcrits = (nombre: number): string =>
  nombre === 1 ? 'un poste' : pluriel(nombre, 'poste', 'postes');
const guillemets = (texte: string): string => `«${ESPACE_INSECABLE}${texte}${ESPACE_INSECABLE}»`;

function titre({ totaux, departement }: FaitsCommunique): Morceau {
  return {
    gabarit: `L’État finance {conseillers} ${departement.locatif}`,
    chiffres: { conseillers: conseillers(totaux.postes) },
  };
}

function chapo({ totaux, departement }: FaitsCommunique): Morceau {
  const retenue = accord(totaux.structures, 'est retenue', 'sont retenues');
  return {
    gabarit: `${capitale(departement.locatif)}, {structures} ${retenue} pour accueillir {conseillers}.`,
    chiffres: {
      structures: structures(totaux.structures),
      conseillers: conseillers(totaux.postes),
    },
  };
}

function programme({
  programme: { nom, annonceLe, enveloppeCentimes, objectifPostes, finalite },
}: FaitsCommunique): Morceau | null {
  const chiffres: Record<string, string> = {};
  const moyens: string[] = [];
  if (enveloppeCentimes !== null) {
    chiffres['enveloppe'] = eurosEnLettres(enveloppeCentimes);
    moyens.push('est doté d’une enveloppe nationale de {enveloppe}');
  }
  if (objectifPostes !== null) {
    chiffres['objectif'] = conseillers(objectifPostes);
    const deployes = accord(objectifPostes, 'déployé', 'déployés');
    moyens.push(`prévoit {objectif}, ${deployes} progressivement sur tout le territoire national`);
  }
  if (annonceLe !== null) chiffres['date_annonce'] = dateLongue(annonceLe);
  const sujet = `le programme ${guillemets(nom)}`;
  const phrases: string[] = [];
  if (moyens.length > 0) {
    const debut = annonceLe === null ? sujet : `annoncé par l’État le {date_annonce}, ${sujet}`;
    phrases.push(`${capitale(debut)} ${liste(moyens)}.`);
  } else if (annonceLe !== null) {
    phrases.push(`${capitale(sujet)} a été annoncé par l’État le {date_annonce}.`);
  }
  if (finalite !== null) {
    phrases.push(
      phrases.length > 0 ? `Son objet : ${finalite}.` : `${capitale(sujet)} a pour objet de ${finalite}.`,
    );
  }
  return phrases.length === 0 ? null : { gabarit: phrases.join(' '), chiffres };
}

function plan(faits: FaitsCommunique): Morceau | null {
  if (faits.plan === null) return null;
  const { nom, genre, presenteLe } = faits.plan;
  const inscrit = `Ce déploiement est l’une des mesures inscrites ${a(avecArticle(nom, genre))}`;
  if (presenteLe === null) return { gabarit: `${inscrit}.`, chiffres: {} };
  const presente = genre === 'm' ? 'présenté' : 'présentée';
  return {
    gabarit: `${inscrit}, ${presente} le {date_plan}.`,
    chiffres: { date_plan: dateLongue(presenteLe) },
  };
}

/**
 * The session's date is said only if the communiqué is not older than the session: in the Aisne the
 * announcement (18 March 2021) came before the recorded session (24 March).
 */
function selection({ seance, signature, vague, totaux }: FaitsCommunique): Morceau | null {
  const chiffres: Record<string, string> = {};
  const phrases: string[] = [];
  if (seance.date <= signature.date) {
    chiffres['date_seance'] = dateLongue(seance.date);
    const elle = accord(totaux.structures, 'cette structure', 'ces structures');
    phrases.push(`Le comité national de sélection a retenu ${elle} lors de sa séance du {date_seance}.`);
  }
  if (vague !== null && vague.priorites.length > 0) {
    const nom = vague.rang === null ? 'cette vague' : `cette ${ordinalFeminin(vague.rang)} vague`;
    phrases.push(`Pour ${nom}, la priorité a été donnée ${liste(vague.priorites.map(a))}.`);
  }
  return phrases.length === 0 ? null : { gabarit: phrases.join(' '), chiffres };
}

function assemblees({ assemblees: parts }: FaitsCommunique): Morceau | null {
  if (parts.length === 0) return null;
  const chiffres: Record<string, string> = {};
  const phrases = parts.map((part, rang) => {
    const nom = `postes_assemblee${rang === 0 ? '' : `_${rang + 1}`}`;
    chiffres[nom] = postesEcrits(part.postes);
    return partAssemblee(part, nom);
  });
  return { gabarit: phrases.join(' '), chiffres };
}

function partAssemblee({ nom, genre, postes, lieux, coordinateur }: PartAssemblee, chiffre: string): string {
  const sujet = capitale(avecArticle(nom, genre));
  const [lieu] = lieux;
  const partages = accord(postes, 'partagé', 'répartis');
  const destines = accord(postes, 'destiné', 'destinés');
  const ou =
    lieux.length > 1
      ? `, ${partages} entre ${liste(lieux)}`
      : lieu === undefined
        ? ''
        : `, ${destines} ${a(lieu)}`;
  const attribution = `${sujet} se voit attribuer {${chiffre}}${ou}.`;
  if (!coordinateur) return attribution;
  const equipe = accord(postes, 'encadrera ce conseiller', 'animera cette équipe');
  return `${attribution} Un coordinateur recruté par ses soins ${equipe}.`;
}

function intertitreListe({ totaux }: FaitsCommunique): Morceau {
  const chiffres = { structures: structures(totaux.structures) };
  if (totaux.structures < 2) return { gabarit: 'La structure retenue', chiffres: {} };
  return { gabarit: 'Les {structures} retenues', chiffres };
}

function suite({ vagueSuivante, signature }: FaitsCommunique): Morceau | null {
  if (vagueSuivante === null) return null;
  const { rang, ouverture } = vagueSuivante;
  const vague = rang === null ? 'Une nouvelle vague' : `La ${ordinalFeminin(rang)} vague`;
  if (ouverture === null)
    return {
      gabarit: `${rang === null ? vague : `Une ${ordinalFeminin(rang)} vague`} de sélection suivra.`,
      chiffres: {},
    };
  // A day is past from that day on, a month once it is over.
  const auMoins = ouverture.length === 7 ? 1 : 0;
  const ouverte = signature.date.slice(0, ouverture.length).localeCompare(ouverture) >= auMoins;
  const verbe = ouverte ? 's’est ouverte' : 's’ouvrira';
  return {
    gabarit: `${vague} de sélection ${verbe} {ouverture_vague}.`,
    chiffres: { ouverture_vague: quand(ouverture) },
  };
}
