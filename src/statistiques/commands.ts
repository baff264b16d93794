import { Option } from 'commander';
import { type DeclarerCommandes, jour } from '../platform/cli.ts';
import { euros, nombre, pourcentage } from '../platform/francais/index.ts';
import type { Unite } from '../platform/indicateurs.ts';
import { exiger, refuser, reussi } from '../platform/result.ts';
import { indicateurs } from './indicateurs.ts';
import { type Filtre, type Territoire, type Ventilation, ventilations } from './rules.ts';
import { type Chiffres, getChiffres, listChiffres } from './store.ts';

type Options = Partial<
  Record<'region' | 'departement' | 'epci' | 'commune' | 'seance' | 'zrr' | 'qpv' | 'franceServices', string>
> & {
  readonly categorie?: 'publique' | 'privee';
  readonly par?: Ventilation;
  readonly json?: boolean;
};

const levels = ['region', 'departement', 'epci', 'commune'] as const;

const territoireOf = (options: Options) => {
  const given = levels.flatMap((niveau): readonly Territoire[] => {
    const code = options[niveau];
    return code === undefined ? [] : [{ niveau, code }];
  });
  if (given.length > 1)
    return refuser('territoire', 'Donnez un seul territoire : --region, --departement, --epci ou --commune.');
  return reussi(given[0] ?? { niveau: 'france' as const });
};

const ouiNon = (value: string | undefined): boolean | undefined =>
  value === undefined ? undefined : value === 'oui';

const filtreOf = (options: Options): Filtre => {
  const [zrr, qpv, franceServices] = [
    ouiNon(options.zrr),
    ouiNon(options.qpv),
    ouiNon(options.franceServices),
  ];
  return {
    territoire: exiger(territoireOf(options)),
    ...(options.seance === undefined ? {} : { seance: options.seance }),
    ...(options.categorie === undefined ? {} : { categorie: options.categorie }),
    ...(zrr === undefined ? {} : { zrr }),
    ...(qpv === undefined ? {} : { qpv }),
    ...(franceServices === undefined ? {} : { franceServices }),
  };
};

const ecrireValeur = (valeur: number, unite: Unite): string => {
  if (unite === 'centimes') return euros(valeur);
  return unite === 'part' ? pourcentage(valeur * 100) : nombre(valeur);
};

const lignes = (chiffres: Chiffres): string =>
  indicateurs.map(({ code, nom, unite }) => `${nom} : ${ecrireValeur(chiffres[code], unite)}`).join('\n');

export const commandes: DeclarerCommandes = (programme, outils) => {
  const ouiOuNon = (drapeau: string, texte: string) => new Option(drapeau, texte).choices(['oui', 'non']);
  programme
    .command('indicateurs')
    .description('Structures, postes et montants retenus, annoncés ou non')
    .option('--region <code>', 'seulement cette région, par exemple 32')
    .option('--departement <code>', 'seulement ce département, par exemple 02')
    .option('--epci <siren>', 'seulement cet EPCI')
    .option('--commune <code>', 'seulement cette commune')
    .option('--seance <date>', 'seulement cette séance du comité (AAAA-MM-JJ)', jour)
    .addOption(
      new Option('--categorie <type>', 'seulement ce type de structure').choices(['publique', 'privee']),
    )
    .addOption(ouiOuNon('--zrr <oui|non>', 'en zone de revitalisation rurale, ou non'))
    .addOption(ouiOuNon('--qpv <oui|non>', 'en quartier prioritaire, ou non'))
    .addOption(ouiOuNon('--france-services <oui|non>', 'labellisées France Services, ou non'))
    .addOption(new Option('--par <dimension>', 'détailler').choices([...ventilations]))
    .option('--json', 'en JSON')
    .action(async (options: Options) => {
      const filtre = filtreOf(options);
      const { par } = options;
      const { total, detail } = await outils.avecBase(async ({ db }) => ({
        total: await getChiffres(db, filtre),
        detail: par === undefined ? undefined : await listChiffres(db, par, filtre),
      }));
      if (options.json)
        return outils.ecrire(
          JSON.stringify(detail === undefined ? total : { ...total, par, detail }, null, 2),
        );
      outils.ecrire(lignes(total));
      for (const { cle, ...chiffres } of detail ?? [])
        outils.ecrire(`\n${par} : ${cle ?? 'non renseigné'}\n${lignes(chiffres)}`);
    });
};
