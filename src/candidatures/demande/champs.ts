import { z } from 'zod';
import { dateLongue, nombre } from '../../platform/francais/index.ts';
import { type ChampNomme, type Controle, entre, etapes, facultatif, lu, requis } from './champ.ts';
import { bornesDuDebut } from './dates.rules.ts';
import { noyau, postesMax } from './noyau.ts';

export type QuestionDeVague = {
  readonly id: string;
  readonly libelle: string;
  readonly aide: string | null;
  readonly genre: 'texte' | 'texte_long' | 'nombre' | 'oui_non' | 'choix' | 'pieces';
  readonly choix: readonly string[];
  readonly obligatoire: boolean;
};

/** What of a wave shapes the form. */
export type FormeDeVague = {
  readonly regimes: readonly string[];
  readonly coordinateurs: boolean;
  readonly priorites: readonly string[];
  readonly questions: readonly QuestionDeVague[];
  /** Posts that it gives at most. */
  readonly objectif: number | null;
  /** Days on which it opens and closes. */
  readonly premierJour: string | null;
  readonly dernierJour: string | null;
};

/** The name under which a question's answer and files are kept. */
const nomDeQuestion = (id: string): string => `question_${id}`;

const controleDe = ({ genre, choix }: QuestionDeVague): Controle => {
  switch (genre) {
    case 'texte':
      return { type: 'texte', longueur: 500 };
    case 'texte_long':
      return { type: 'texte_long', longueur: 5000 };
    case 'nombre':
      return { type: 'decimal', longueur: 20 };
    case 'oui_non':
      return {
        type: 'choix',
        choix: [
          { valeur: 'oui', libelle: 'Oui' },
          { valeur: 'non', libelle: 'Non' },
        ],
      };
    case 'choix':
      return {
        type: choix.length > 5 ? 'liste' : 'choix',
        choix: choix.map((valeur) => ({ valeur, libelle: valeur })),
      };
    case 'pieces':
      return { type: 'pieces' };
  }
};

const schemaDe = ({ genre, choix, obligatoire }: QuestionDeVague): z.ZodType => {
  const message =
    genre === 'choix' || genre === 'oui_non' ? 'Choisissez une réponse.' : 'Écrivez une réponse.';
  const permis = genre === 'oui_non' ? ['oui', 'non'] : choix;
  const base: z.ZodType<string | null> = obligatoire ? requis(message, 5000) : facultatif(5000);
  switch (genre) {
    case 'pieces':
      return z.unknown().transform(() => null);
    case 'nombre':
      return base.refine(
        (texte) =>
          texte === null || /^-?\d{1,15}([.,]\d{1,6})?$/.test(texte.replace(/[\s\u00a0\u202f]/g, '')),
        'Écrivez un nombre.',
      );
    case 'oui_non':
    case 'choix':
      return base.refine((texte) => texte === null || permis.includes(texte), 'Choisissez une réponse.');
    default:
      return base;
  }
};

/** Every field of a wave's form, step by step, in order. */
export const champsDe = (vague: FormeDeVague): readonly ChampNomme[] => {
  const core = Object.entries(noyau).flatMap(([nom, champ]): readonly ChampNomme[] => {
    const nomme: ChampNomme = { ...champ, nom };
    if (nom === 'coordinateurs' && !vague.coordinateurs) return [];
    if (nom === 'priorites')
      return vague.priorites.length === 0
        ? []
        : [
            {
              ...nomme,
              controle: {
                type: 'cases',
                choix: vague.priorites.map((valeur) => ({ valeur, libelle: valeur })),
              },
              schema: z
                .array(z.string())
                .default([])
                .refine((choisies) => choisies.every((choisie) => vague.priorites.includes(choisie)), {
                  error: 'Choisissez parmi les priorités de la vague.',
                }),
            },
          ];
    if (nom === 'postes') {
      const plafond = vague.objectif ?? postesMax;
      return [
        {
          ...nomme,
          schema: lu(
            entre(1, plafond),
            'Écrivez le nombre de postes demandés.',
            `Écrivez un nombre entier de 1 à ${nombre(plafond)}${vague.objectif === null ? '' : '\u00a0: la vague n’en donne pas davantage'}.`,
          ),
        },
      ];
    }
    if (nom === 'debut') {
      const { minimum, maximum } = bornesDuDebut(vague);
      return [
        {
          ...nomme,
          schema: noyau.debut.schema.refine((jour) => jour >= minimum && jour <= maximum, {
            error: `Écrivez une date entre le ${dateLongue(minimum)} et le ${dateLongue(maximum)}.`,
          }),
        },
      ];
    }
    if (nom === 'regime' && nomme.controle.type === 'choix')
      return [
        {
          ...nomme,
          controle: {
            type: 'choix',
            choix: nomme.controle.choix.filter(({ valeur }) => vague.regimes.includes(valeur)),
          },
          schema: noyau.regime.schema.refine((regime) => vague.regimes.includes(regime), {
            error: 'Choisissez un financement que cette vague propose.',
          }),
        },
      ];
    return [nomme];
  });
  const questions = vague.questions.map(
    (question): ChampNomme => ({
      nom: nomDeQuestion(question.id),
      libelle: question.libelle,
      ...(question.aide === null ? {} : { indication: question.aide }),
      // Files are handed in on one page.
      etape: question.genre === 'pieces' ? 'pieces' : 'questions',
      controle: controleDe(question),
      obligatoire: question.obligatoire,
      schema: schemaDe(question),
    }),
  );
  const rang = Object.keys(etapes);
  return [...core, ...questions].toSorted(
    (left, right) => rang.indexOf(left.etape) - rang.indexOf(right.etape),
  );
};
