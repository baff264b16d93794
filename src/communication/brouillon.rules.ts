import { reconcilier } from './differences.rules.ts';
import { NOMS_PARAGRAPHES, reperes } from './gabarits.ts';
import { type CleParagraphe, composerCommunique, type FaitsCommunique, paragraphesDe } from './rules.ts';

/** A paragraph as the form shows it. */
export type ChampParagraphe = {
  readonly cle: CleParagraphe;
  /** « le chapeau » */
  readonly nom: string;
  readonly valeur: string;
  /** What is recorded, or proposed where nothing is. */
  readonly enregistre: string;
  /** Names of its figures, with what they read. */
  readonly chiffres: readonly (readonly [string, string])[];
  readonly redaction: 'generee' | 'reecrite' | 'perimee';
  /** Somebody else changed it while this was typed. */
  readonly dispute: boolean;
};

/** What a form holds: each paragraph by its name, and what it showed first under `montre_…`. */
export type SaisieBrouillon = Readonly<Record<string, string | undefined>>;

/** What was typed of a paragraph; nothing where it was not touched, whatever it now reads. */
export const saisiDe = (saisie: SaisieBrouillon, cle: CleParagraphe): string | undefined =>
  saisie[cle] === saisie[`montre_${cle}`] ? undefined : saisie[cle];

/** What a form shows of a paragraph: what was typed, with what somebody else changed where it was not. */
const montrer = (
  saisie: SaisieBrouillon,
  cle: CleParagraphe,
  { enregistre, propose, conflit }: { enregistre: string; propose: string; conflit: boolean },
): Pick<ChampParagraphe, 'valeur' | 'dispute'> => {
  const [saisi, montre] = [saisie[cle], saisie[`montre_${cle}`]];
  if (saisi === undefined) return { valeur: enregistre, dispute: false };
  if (!conflit || montre === undefined) return { valeur: saisi, dispute: false };
  return reconcilier({ montre, saisi: saisi === '' ? propose : saisi, enregistre });
};

/** The date of a draft as its form shows it. */
export type ChampDate = { readonly valeur: string; readonly enregistre: string; readonly dispute: boolean };

/** The date as the form shows it; `conflit`: somebody else recorded something meanwhile. */
export const dateDuBrouillon = (enregistre: string, saisie: SaisieBrouillon, conflit: boolean): ChampDate => {
  const { date: saisi, montre_date: montre } = saisie;
  if (saisi === undefined) return { valeur: enregistre, enregistre, dispute: false };
  if (!conflit || montre === undefined) return { valeur: saisi, enregistre, dispute: false };
  return { ...reconcilier({ montre, saisi, enregistre }), enregistre };
};

/** The paragraphs of a draft as its form shows them; `conflit`: somebody else recorded something meanwhile. */
export const champsDuBrouillon = (
  faits: FaitsCommunique,
  saisie: SaisieBrouillon,
  conflit: boolean,
): readonly ChampParagraphe[] => {
  const { chiffres } = composerCommunique(faits);
  const proposes = new Map(
    paragraphesDe({ ...faits, redactions: {} }).map(({ cle, gabarit }) => [cle, gabarit]),
  );
  return paragraphesDe(faits).map(({ cle, gabarit, redaction }) => {
    const propose = proposes.get(cle) ?? gabarit;
    return {
      cle,
      nom: NOMS_PARAGRAPHES[cle],
      ...montrer(saisie, cle, { enregistre: gabarit, propose, conflit }),
      enregistre: gabarit,
      chiffres: reperes(propose).map((repere) => [repere, chiffres[repere] ?? ''] as const),
      redaction,
    };
  });
};
