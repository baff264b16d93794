import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { avecLaureats, FAITS_AISNE, LAUREATS_AISNE, laureat } from './fixtures.ts';
import { texte } from './formats/texte.ts';
import {
  type Communique,
  composerCommunique,
  empechementPublication,
  type FaitsCommunique,
  nomDeFichier,
  redactionsPerimees,
} from './rules.ts';

/** All that is read, with ordinary spaces and on one line. */
const lire = (faits: FaitsCommunique): string => plat(texte(composerCommunique(faits)));
const plat = (lu: string): string => lu.replace(/\s+/g, ' ');
const paragraphe = (communique: Communique, cle: string): string | undefined => {
  const { titre, paragraphes, liste, suite } = communique;
  const tous = [titre, ...paragraphes, liste.intertitre, ...(suite === null ? [] : [suite.paragraphe])];
  return tous.find((autre) => autre.cle === cle)?.texte.replace(/[\u00a0\u202f]/g, ' ');
};

describe('the Aisne of 18 March 2021', () => {
  const lu = lire(FAITS_AISNE);

  test('says every fact of the communiqué', () => {
    for (const fait of [
      'Laon, le 18 mars 2021',
      '32 conseillers numériques dans l’Aisne',
      '16 structures',
      'Annoncé par l’État le 17 novembre 2020',
      '250 millions d’euros',
      '4 000 conseillers numériques',
      'plan départemental de lutte contre l’illettrisme et l’illectronisme, présenté le 15 mars 2021',
      'aux Espaces France Services et aux tiers-lieux numériques',
      'Le Conseil départemental de l’Aisne se voit attribuer 16 postes',
      'les unités territoriales d’action sociale (UTAS), la bibliothèque départementale et la maison départementale des personnes handicapées',
      'Un coordinateur recruté par ses soins',
      '50 000 € sur 2 ans, ou à hauteur de 70 % du salaire sur 3 ans',
      'la totalité des frais de formation',
      'La deuxième vague de sélection s’ouvrira en avril 2021',
    ]) {
      expect(lu).toContain(fait);
    }
  });

  test('has each line of the list with its number, the assembly first', () => {
    const { lignes } = composerCommunique(FAITS_AISNE).liste;
    expect(lignes).toHaveLength(16);
    expect(lignes[0]?.texte).toBe('Conseil départemental de l’Aisne\u00a0: 16 postes');
    for (const { libelle, postes } of LAUREATS_AISNE) {
      const attendu = libelle.replaceAll("'", '’').toLowerCase();
      const trouvees = lignes.filter((ligne) => ligne.libelle.toLowerCase() === attendu);
      expect(trouvees.map((ligne) => ligne.postes)).toEqual([postes]);
      expect(trouvees[0]?.texte).toMatch(postes === 1 ? /: 1 poste$/ : new RegExp(`: ${postes} postes$`));
    }
  });

  test('does not tell the date of a session that comes after it', () => {
    expect(lu).not.toContain('24 mars');
    expect(lire({ ...FAITS_AISNE, signature: { lieu: 'Laon', date: '2021-03-24' } })).toContain(
      'lors de sa séance du 24 mars 2021',
    );
  });

  test('names its files after the département and the session', () => {
    expect(nomDeFichier(composerCommunique(FAITS_AISNE), 'pdf')).toBe('communique-02-2021-03-24.pdf');
  });
});

describe('grammar follows the facts', () => {
  test('one structure, one post', () => {
    const lu = lire(avecLaureats([laureat('ville de Guéret')]));
    expect(lu).toContain('une structure est retenue pour accueillir un conseiller numérique');
    expect(lu).toContain('L’État finance ce poste dans la limite');
    expect(lu).toContain('La structure retenue');
    expect(lu).toContain('Ville de Guéret : 1 poste');
  });

  test('an assembly with one post, one place, or no place', () => {
    const part = { nom: 'Collectivité de Corse', genre: 'f', postes: 1, coordinateur: true } as const;
    const dit = (lieux: readonly string[]): string | undefined =>
      paragraphe(
        composerCommunique(
          avecLaureats(
            [laureat('Collectivité de Corse', 1, { assemblee: true }), laureat('ville d’Ajaccio')],
            {
              assemblees: [{ ...part, lieux }],
            },
          ),
        ),
        'assemblee',
      );
    expect(dit([])).toBe(
      'La Collectivité de Corse se voit attribuer un poste. Un coordinateur recruté par ses soins encadrera ce conseiller.',
    );
    expect(dit(['le bibliobus'])).toContain('un poste, destiné au bibliobus.');
    expect(dit(['les collèges', 'la médiathèque'])).toContain(
      'un poste, partagé entre les collèges et la médiathèque.',
    );
  });

  test('two assemblies in one département', () => {
    const faits = avecLaureats(
      [
        laureat('Conseil départemental du Rhône', 4, { assemblee: true }),
        laureat('Métropole de Lyon', 6, { assemblee: true }),
      ],
      {
        assemblees: [
          { nom: 'Conseil départemental du Rhône', genre: 'm', postes: 4, lieux: [], coordinateur: false },
          { nom: 'Métropole de Lyon', genre: 'f', postes: 6, lieux: [], coordinateur: false },
        ],
      },
    );
    expect(paragraphe(composerCommunique(faits), 'assemblee')).toBe(
      'Le Conseil départemental du Rhône se voit attribuer 4 postes. La Métropole de Lyon se voit attribuer 6 postes.',
    );
  });

  test('what is not known is not said', () => {
    const communique = composerCommunique(
      avecLaureats([laureat('ville de Guéret', 2)], {
        plan: null,
        vague: null,
        vagueSuivante: null,
        programme: {
          nom: 'X',
          annonceLe: null,
          enveloppeCentimes: null,
          objectifPostes: null,
          finalite: null,
        },
        financement: { regimes: [], formationPourcent: null },
        enTete: { ...FAITS_AISNE.enTete, contact: null },
      }),
    );
    expect(communique.paragraphes.map(({ cle }) => cle)).toEqual(['chapo']);
    expect(communique.suite).toBeNull();
    expect(communique.contact).toBeNull();
  });

  test('a next wave without a date, open already, or in the month of the communiqué', () => {
    const suite = (ouverture: string | null, rang: number | null = 2): string | undefined =>
      paragraphe(composerCommunique({ ...FAITS_AISNE, vagueSuivante: { rang, ouverture } }), 'suite');
    expect(suite(null)).toBe('Une deuxième vague de sélection suivra.');
    expect(suite(null, null)).toBe('Une nouvelle vague de sélection suivra.');
    expect(suite('2021-03-18')).toBe('La deuxième vague de sélection s’est ouverte le 18 mars 2021.');
    expect(suite('2021-03')).toBe('La deuxième vague de sélection s’ouvrira en mars 2021.');
    expect(suite('2021-02')).toBe('La deuxième vague de sélection s’est ouverte en février 2021.');
  });

  test('a commune is named only where the label does not name it', () => {
    const libelles = (commune: string, libelle: string): string | undefined =>
      composerCommunique(avecLaureats([laureat(libelle, 1, { commune })])).liste.lignes[0]?.precision ??
      undefined;
    expect(libelles('Le Cateau-Cambrésis', 'commune du Cateau-Cambrésis')).toBeUndefined();
    expect(libelles('Craonne', 'Espace France Services du Chemin des Dames')).toBe('Craonne');
    expect(libelles('Aisne', 'association')).toBeUndefined();
  });
});

describe('money', () => {
  const public50 = {
    mode: 'forfait',
    plafondCentimes: 5_000_000,
    mois: 24,
    nature: 'publique',
    outreMer: false,
  } as const;
  const privee32 = {
    mode: 'forfait',
    plafondCentimes: 3_200_000,
    mois: 18,
    nature: 'privee',
    outreMer: false,
  } as const;
  const taux = { mode: 'taux', pourcent: 70, mois: 36, nature: null, outreMer: false } as const;
  const dit = (
    regimes: FaitsCommunique['financement']['regimes'],
    formationPourcent: number | null = null,
  ): string =>
    paragraphe(
      composerCommunique({ ...FAITS_AISNE, financement: { regimes, formationPourcent } }),
      'financement',
    ) ?? '';

  test('one kind of structure is not named, two are', () => {
    expect(dit([privee32])).toBe('L’État finance chaque poste dans la limite de 32 000 € sur 18 mois.');
    expect(dit([public50, privee32, taux])).toBe(
      'L’État finance chaque poste dans la limite de 50 000 € sur 2 ans pour les structures publiques et de 32 000 € sur 18 mois pour les structures privées, ou à hauteur de 70 % du salaire sur 3 ans.',
    );
  });

  test('a rate for public structures alone, beside private ones', () => {
    expect(dit([public50, privee32, { ...taux, nature: 'publique' }])).toContain(
      ', ou à hauteur de 70 % du salaire sur 3 ans pour les structures publiques.',
    );
  });

  test('kinds paid alike are not told apart', () => {
    expect(dit([public50, { ...public50, nature: 'privee' }])).toBe(
      'L’État finance chaque poste dans la limite de 50 000 € sur 2 ans.',
    );
  });

  test('overseas is named only beside the rest', () => {
    const outreMer = { ...public50, plafondCentimes: 6_750_000, outreMer: true };
    expect(dit([outreMer])).toBe('L’État finance chaque poste dans la limite de 67 500 € sur 2 ans.');
    expect(dit([public50, outreMer])).toContain(
      '50 000 € sur 2 ans pour les structures publiques de l’Hexagone et de Corse et de 67 500 € sur 2 ans pour les structures publiques d’outre-mer',
    );
  });

  test('training', () => {
    expect(dit([], 100)).toBe('L’État prend à sa charge la totalité des frais de formation.');
    expect(dit([taux], 50)).toContain('Il prend également à sa charge 50 % des frais de formation.');
  });
});

describe('marks', () => {
  const derive = avecLaureats([laureat('commune de Guéret', 1, { libelleARelire: true })]);

  test('a draft says so and flags the labels to review, a published text does not', () => {
    const brouillon = composerCommunique({ ...derive, etat: { type: 'brouillon' } });
    expect(brouillon.marques[0]).toMatch(/^Brouillon/);
    expect(texte(brouillon)).toContain('[libellé à relire]');
    for (const etat of [
      { type: 'publie' },
      { type: 'sous_embargo', jusqua: '2021-03-18T10:00:00Z' },
    ] as const) {
      const communique = composerCommunique({ ...derive, etat });
      expect(texte(communique)).not.toContain('à relire');
      expect(communique.avertissements).toEqual(['1 libellé de structure reste à relire.']);
    }
  });

  test('an embargo tells its hour, a demonstration its nature', () => {
    const { marques } = composerCommunique({
      ...FAITS_AISNE,
      etat: { type: 'sous_embargo', jusqua: '2021-03-18T10:00:00Z' },
      mentions: ['Données de démonstration'],
    });
    expect(marques.map(plat)).toEqual([
      'Sous embargo jusqu’au 18 mars 2021 à 11 h (heure de Paris)',
      'Données de démonstration',
    ]);
  });
});

describe('facts that contradict each other make no document', () => {
  test.each<[string, Partial<FaitsCommunique>]>([
    ['a total of posts that is not the sum', { totaux: { structures: 16, postes: 33 } }],
    ['a number of structures that is not that of the list', { totaux: { structures: 15, postes: 32 } }],
    ['an empty list', { laureats: [], totaux: { structures: 0, postes: 0 }, assemblees: [] }],
    [
      'an assembly that is not in the list',
      { laureats: LAUREATS_AISNE.map((l) => ({ ...l, assemblee: false })) },
    ],
  ])('%s', (_cas, faits) => expect(() => composerCommunique({ ...FAITS_AISNE, ...faits })).toThrow());
});

describe('rewording', () => {
  const chapo = (faits: FaitsCommunique): string => {
    const trouve = composerCommunique(faits).paragraphes.find(({ cle }) => cle === 'chapo');
    return trouve?.gabarit ?? '';
  };
  const reecrit = (faits: FaitsCommunique): FaitsCommunique => ({
    ...faits,
    redactions: {
      chapo: {
        gabarit: "Bonne nouvelle : {conseillers} dans {structures} de l'Aisne.",
        origine: chapo(FAITS_AISNE),
      },
    },
  });

  test('shows the new words with the figures of the day', () => {
    const un = composerCommunique(reecrit(FAITS_AISNE));
    expect(paragraphe(un, 'chapo')).toBe(
      'Bonne nouvelle : 32 conseillers numériques dans 16 structures de l’Aisne.',
    );
    const plus = {
      ...FAITS_AISNE,
      totaux: { structures: 17, postes: 34 },
      laureats: [...LAUREATS_AISNE, laureat('x', 2)],
    };
    expect(paragraphe(composerCommunique(reecrit(plus)), 'chapo')).toContain(
      '34 conseillers numériques dans 17',
    );
    expect(empechementPublication(reecrit(plus))).toBeNull();
  });

  test('gives way when the sentence it replaced has changed, and prevents publication', () => {
    const seul = reecrit(avecLaureats([laureat('ville de Guéret')]));
    const communique = composerCommunique(seul);
    expect(paragraphe(communique, 'chapo')).toContain('une structure est retenue');
    expect(redactionsPerimees(seul)).toEqual(['chapo']);
    expect(communique.avertissements).toHaveLength(1);
    expect(empechementPublication(seul)?.refus).toBe('redaction_perimee');
  });
});

describe('any facts', () => {
  const mot = fc.constantFrom(
    'tiers-lieu de Gauchy',
    "ville d'Hirson",
    'CCAS de Lille',
    'Œuvre  sociale',
    'espace « Le 7 »',
  );
  const faits = fc
    .record({
      lignes: fc.array(fc.tuple(mot, fc.integer({ min: 1, max: 40 }), fc.boolean()), {
        minLength: 1,
        maxLength: 90,
      }),
      plan: fc.boolean(),
      suite: fc.constantFrom(null, '2021-04', '2021-02-03'),
      genre: fc.constantFrom('m' as const, 'f' as const),
      lieux: fc.subarray(['les collèges', 'la médiathèque', 'le siège']),
      assemblee: fc.boolean(),
    })
    .map(({ lignes, plan, suite, genre, lieux, assemblee }) => {
      const laureats = lignes.map(([libelle, postes, itinerant], rang) =>
        laureat(libelle, postes, { itinerant, assemblee: assemblee && rang === 0 }),
      );
      const part = { nom: 'Assemblée', genre, postes: laureats[0]?.postes ?? 1, lieux, coordinateur: true };
      return avecLaureats(laureats, {
        plan: plan ? { nom: 'stratégie', genre, presenteLe: null } : null,
        vagueSuivante: { rang: 3, ouverture: suite },
        assemblees: assemblee ? [part] : [],
      });
    });

  test('the language is faultless to the letter', () => {
    fc.assert(
      fc.property(faits, (quelconques) => {
        const lignes = texte(composerCommunique(quelconques));
        const lu = plat(lignes);
        expect(lu).not.toMatch(
          /'|"|\bde les?\b|\bà les?\b|\bde [aeéèiouAÉIOU]|\bque il|{|}|undefined|NaN|null/,
        );
        expect(lu).not.toMatch(
          /\b[01] (conseillers|postes|structures)|\b(?!0|1\b)\d+ (conseiller|poste|structure)\b/,
        );
        expect(lignes).not.toMatch(/[^\n] {2,}| ,| \.|\( | \)/);
        expect(lignes).not.toMatch(/(^|[^\u00a0]):(?=\s)/m);
      }),
    );
  });

  test('the same facts in another order make the same communiqué', () => {
    fc.assert(
      fc.property(faits, (quelconques) => {
        const renverses = { ...quelconques, laureats: quelconques.laureats.toReversed() };
        const sorted = (f: FaitsCommunique): string[] =>
          composerCommunique(f)
            .liste.lignes.map((l) => l.texte)
            .sort();
        expect(sorted(renverses)).toEqual(sorted(quelconques));
      }),
    );
  });
});
