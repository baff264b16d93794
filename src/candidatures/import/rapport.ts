import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { cellule } from '../../platform/csv.ts';
import { euros, nombre, pluriel } from '../../platform/francais/index.ts';
import type { RapportImport } from './acts.ts';
import type { Bilan, LigneBilan } from './bilan.store.ts';
import { colonnesRejets, libelles } from './colonnes.rules.ts';

/** The report as JSON, written as it is read: counts first, then each list in the order of the file. */
async function* morceauxJson(rapport: RapportImport, simulation: boolean): AsyncGenerator<string> {
  const { listeAbsentes, ...head } = {
    fichier: rapport.fichier.chemin,
    empreinte: rapport.fichier.empreinte,
    encodage: rapport.fichier.encodage,
    separateur: rapport.fichier.separateur,
    simulation,
    ...rapport.bilan,
    listeAbsentes: rapport.absentes,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "absentes_liste": ${JSON.stringify(listeAbsentes)},\n  "detail": [`;
  let first = true;
  for await (const ligne of rapport.lignes()) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(ligne)}`;
    first = false;
  }
  yield '\n  ]\n}\n';
}

const writeWhole = async (chemin: string, contents: AsyncGenerator<string>): Promise<void> => {
  const draft = `${chemin}.partiel`;
  await pipeline(Readable.from(contents), createWriteStream(draft));
  await rename(draft, chemin);
};

/** Writes the whole report; the file takes its name only when whole. */
export const ecrireRapportJson = (
  chemin: string,
  rapport: RapportImport,
  simulation: boolean,
): Promise<void> => writeWhole(chemin, morceauxJson(rapport, simulation));

/** The rejected rows as CSV, as they came, with the line and the reason: to be corrected and imported again. */
export const rejetsCsv = (
  entetes: readonly string[],
  rejets: readonly { readonly ligne: number; readonly motif: string; readonly contenu: readonly string[] }[],
): string => {
  // Rows rejected twice have these columns already.
  const own = entetes.flatMap((entete, index) =>
    colonnesRejets.some((name) => name === entete) ? [] : [{ entete, index }],
  );
  return stringify(
    [
      [...own.map(({ entete }) => cellule(entete)), ...colonnesRejets],
      ...rejets.map(({ ligne, motif, contenu }) => [
        ...own.map(({ index }) => cellule(contenu[index] ?? '')),
        ligne,
        motif,
      ]),
    ],
    { delimiter: ';', bom: true },
  );
};

const fates = (bilan: Bilan): readonly string[] => [
  pluriel(bilan.creees, 'ligne créée', 'lignes créées'),
  pluriel(bilan.modifiees, 'modifiée', 'modifiées'),
  pluriel(bilan.inchangees, 'inchangée', 'inchangées'),
  pluriel(bilan.rejetees, 'rejetée', 'rejetées'),
];

const shown = 20;

const describe = (ligne: LigneBilan): readonly string[] => [
  ...(ligne.motif === null ? [] : [`  ligne ${ligne.ligne} : ${ligne.motif}`]),
  ...ligne.changements.map(
    ({ champ, avant, apres }) =>
      `  ligne ${ligne.ligne}, ${ligne.libelle ?? ''} : ${champ} « ${avant ?? 'vide'} » → « ${apres ?? 'vide'} »`,
  ),
];

/** The report in words for a terminal: counts, then the first rejected and modified rows, anomalies by kind. */
export const rapportTexte = async (rapport: RapportImport, simulation: boolean): Promise<string> => {
  const { bilan, fichier, absentes } = rapport;
  const described = { rejetee: [] as string[], modifiee: [] as string[] };
  const counted = { rejetee: 0, modifiee: 0 };
  const kinds = new Map<string, { champ: string; message: string; lignes: number[] }>();
  for await (const ligne of rapport.lignes()) {
    if (ligne.sort === 'rejetee' || ligne.sort === 'modifiee') {
      counted[ligne.sort] += 1;
      if (counted[ligne.sort] <= shown) described[ligne.sort].push(...describe(ligne));
    }
    for (const anomalie of ligne.anomalies) {
      const kind = kinds.get(anomalie.code) ?? {
        champ: libelles[anomalie.champ],
        message: anomalie.message,
        lignes: [],
      };
      kind.lignes.push(ligne.ligne);
      kinds.set(anomalie.code, kind);
    }
  }
  const more = (count: number): readonly string[] =>
    count > shown ? [`  … et ${pluriel(count - shown, 'autre ligne', 'autres lignes')}`] : [];
  const section = (titre: string, lines: readonly string[]): readonly string[] =>
    lines.length > 0 ? ['', titre, ...lines] : [];
  return [
    `${simulation ? 'Simulation : rien n’a été écrit. ' : ''}${nombre(bilan.lignes)} lignes lues (${fichier.encodage}, séparateur « ${fichier.separateur === '\t' ? 'tabulation' : fichier.separateur} »)`,
    `  ${fates(bilan).join(', ')} ; ${pluriel(bilan.anomalies, 'anomalie', 'anomalies')}`,
    `  ${pluriel(bilan.structures, 'structure', 'structures')}, ${pluriel(bilan.postes, 'poste', 'postes')}, ${euros(bilan.montant_centimes)}`,
    ...section('Lignes rejetées (à corriger et à importer de nouveau) :', [
      ...described.rejetee,
      ...more(counted.rejetee),
    ]),
    ...section(simulation ? 'Ce qui changerait :' : 'Ce qui a changé :', [
      ...described.modifiee,
      ...more(counted.modifiee),
    ]),
    ...section(
      'Anomalies :',
      [...kinds.values()].map(
        ({ champ, message, lignes }) =>
          `  ${pluriel(lignes.length, 'ligne', 'lignes')} (${[...new Set(lignes)].slice(0, 8).join(', ')}${lignes.length > 8 ? '…' : ''}) – ${champ}${lignes.length > 1 ? ', par exemple' : ''} : ${message}`,
      ),
    ),
    ...section(
      absentes.length > 0
        ? `${pluriel(absentes.length, 'ligne déjà connue n’est pas', 'lignes déjà connues ne sont pas')} dans ce fichier ; rien n’est supprimé :`
        : '',
      absentes
        .slice(0, shown)
        .map(
          ({ reference, libelle, date, postes }) =>
            `  ${reference ?? '–'} ${libelle}, séance du ${date}, ${pluriel(postes, 'poste', 'postes')}`,
        ),
    ),
  ].join('\n');
};
