import type { Database } from '../platform/database/index.ts';
import { getDepartement } from '../territoires/index.ts';
import { findSignataire, getReglages, type Signataire } from './reglages.store.ts';
import type { EnTeteEnregistre } from './store.ts';

export type Expediteur = {
  readonly service: readonly string[];
  readonly adresse: readonly string[];
  readonly lieu: string;
  /** Whom to reach: the mailbox of the service, else the press contact. Numbers do not break. */
  readonly contact: string | null;
  readonly signataire: Pick<Signataire, 'nom' | 'fonction' | 'delegation'> | null;
  readonly logo: EnTeteEnregistre['logo'];
};

/** Where no préfecture writes. */
const programme: Expediteur = {
  service: ['Programme Conseiller numérique', 'Comité de sélection'],
  adresse: [],
  lieu: 'Paris',
  contact: null,
  signataire: null,
  logo: null,
};

/** Who writes letters for a préfecture, and who signs them on a day; the programme where there is no département. */
export const lireExpediteur = async (
  db: Database,
  departement: string | null,
  jour: string,
): Promise<Expediteur> => {
  const connu = departement === null ? undefined : await getDepartement(db, departement);
  if (connu === undefined) return programme;
  const { enTete, boite } = await getReglages(db, connu.code);
  const presse = [
    enTete?.contact?.service,
    enTete?.contact?.telephone?.replace(/\s+/g, '\u00a0'),
    enTete?.contact?.courriel,
  ];
  return {
    service: enTete?.service ?? [connu.prefecture.nom],
    adresse: enTete?.adresse ?? [],
    lieu: enTete?.lieu ?? connu.prefecture.lieu,
    contact: boite ?? (presse.filter(Boolean).join(', ') || null),
    signataire: await findSignataire(db, connu.code, jour),
    logo: enTete?.logo ?? null,
  };
};
