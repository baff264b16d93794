import { expect, it } from 'vitest';
import { taches } from '../src/main/rooms.ts';
import { adresseDe, cookieDe, listerCibles, ouvrirCite, parQuelques } from './attaques.fixtures.ts';
import { type Champ, type Form, formulairesDe } from './html.ts';
import { colonnes, type Qui } from './permissions.fixtures.ts';
import { creerFile } from './permissions-territoire.fixtures.ts';

// Every form is found by walking the pages as each role; a script is typed in every field where something can be typed.

const cite = ouvrirCite();

/** What closes an attribute, an element, a script, a style and a comment; what leads to a script. */
const poisons = [
  `"'></title></textarea></style></script><script>alert(1)</script><img src=x onerror=alert(1)>-->`,
  'javascript:alert(1)//',
] as const;

/** What is typed stays text when its `<` is written `&lt;`; an attribute that begins with a script is one. */
const actif = /<script>alert|<img src=x|(?:href|src|action|formaction|xlink:href)\s*=\s*["']?\s*javascript:/i;

const estTexte = ({ type }: Champ): boolean =>
  ['text', 'search', 'email', 'tel', 'url', 'password', 'number', 'date', 'textarea'].includes(type);

/** Something that a field would take, so that what is typed in another goes further than its form. */
const plausible = ({ nom, type, valeur }: Champ, rang: number): string => {
  if (valeur !== '') return valeur;
  if (type === 'email' || /courriel/.test(nom)) return `poison${rang}@ailleurs.example`;
  if (type === 'date' || /^(du|au|fin|debut|date)$/.test(nom)) return '2099-12-31';
  if (type === 'number') return '1';
  if (/perimetre|siret|structure/.test(nom)) return '21020321200092';
  return 'Texte';
};

/** The fields of a form with a poison in one of them, or in all. */
const remplir = (form: Form, poison: string, vise: string | undefined, rang: number): URLSearchParams => {
  const champs = new URLSearchParams();
  for (const champ of form.champs) {
    if (!estTexte(champ)) champs.append(champ.nom, champ.valeur);
    else if (vise === undefined || champ.nom === vise) champs.append(champ.nom, poison);
    else champs.append(champ.nom, plausible(champ, rang));
  }
  return champs;
};

/** A kind of page or form, whatever it is about. */
const formeDe = (adresse: string): string => adresse.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[\w-]{43}/g, 'x');

/** Walks the pages that somebody reaches, by links and by every address of the matrix. */
const parcourir = async (qui: Qui, lire: (adresse: string, corps: string) => void): Promise<void> => {
  const cookie = await cookieDe(cite.base.owner, qui);
  const vues = new Map<string, number>();
  let file = (await listerCibles(cite.base.owner, 'GET'))
    .filter(({ route }) => !/\.\w+$|:format/.test(route.path))
    .map(({ route, chemin }) => adresseDe(route.path, chemin));
  while (file.length > 0) {
    const suite: string[] = [];
    await parQuelques([...new Set(file)], async (adresse) => {
      const forme = formeDe(adresse);
      const deja = vues.get(forme) ?? 0;
      vues.set(forme, deja + 1);
      // Two of each kind are as good as all.
      if (deja >= 2) return;
      const response = await fetch(`${cite.site.adresse}${adresse}`, { headers: cookie, redirect: 'manual' });
      const corps = await response.text();
      expect(response.status, `${qui} ${adresse}`).toBeLessThan(500);
      if (!(response.headers.get('Content-Type') ?? '').includes('html')) return;
      lire(adresse, corps);
      for (const [, href = ''] of corps.matchAll(/href="(\/[^"#]*)/g))
        if (!/\.\w+(\?|$)/.test(href)) suite.push(href.replaceAll('&amp;', '&'));
    });
    file = suite;
  }
};

it('what is typed in any field of any form is nowhere a script, in the answer or on any page', {
  timeout: 300_000,
}, async () => {
  for (const { nom } of taches) await creerFile(cite.base.owner, nom);
  const trouves: string[] = [];
  const essayes = new Set<string>();
  let montres = 0;
  let acceptes = 0;
  let rang = 0;
  const voir = (ou: string, corps: string): void => {
    if (corps.includes('alert(1)')) montres += 1;
    if (actif.test(corps)) trouves.push(ou);
  };
  for (const qui of colonnes) {
    const forms = new Map<string, Form>();
    await parcourir(qui, (adresse, corps) => {
      for (const form of formulairesDe(corps, adresse)) {
        if (!form.champs.some(estTexte)) continue;
        forms.set(
          `${form.methode} ${formeDe(form.action)} ${form.champs.map(({ nom }) => nom).join()}`,
          form,
        );
      }
    });
    // Those of the matrix are kept under another key than the site's: to read them would be a fault.
    await cite.base.owner.query('delete from second_facteur');
    await parQuelques([...forms], async ([nom, form]) => {
      const vises = form.champs.filter(estTexte).map((champ) => champ.nom);
      for (const [poison, vise] of poisons.flatMap((texte) =>
        [undefined, ...vises].map((champ) => [texte, champ] as const),
      )) {
        // Some forms end the session, or the role.
        const cookie = await cookieDe(cite.base.owner, qui);
        rang += 1;
        const champs = remplir(form, poison, vise, rang);
        const ou = `${qui} ${nom} ${vise ?? 'all fields'}: ${poison}`;
        essayes.add(`${form.methode} ${formeDe(form.action)} ${vise ?? ''}`);
        const response =
          form.methode === 'get'
            ? await fetch(`${cite.site.adresse}${form.action.split('?')[0]}?${champs}`, {
                headers: cookie,
                redirect: 'manual',
              })
            : await fetch(`${cite.site.adresse}${form.action}`, {
                method: 'POST',
                body: form.fichiers ? enMorceaux(champs) : champs,
                headers: { ...cookie, Origin: cite.site.adresse },
                redirect: 'manual',
              });
        expect(response.status, ou).toBeLessThan(500);
        if (form.methode === 'post' && response.status === 303) acceptes += 1;
        voir(ou, await response.text());
        expect(response.headers.get('Location') ?? '', ou).not.toMatch(/^\s*javascript:/i);
      }
    });
  }
  // What was taken in is read again by everybody.
  for (const qui of ['visiteur', 'gestionnaire', 'instructeur', 'administrateur'] as const)
    await parcourir(qui, (adresse, corps) => voir(`${qui} ${adresse}`, corps));
  expect(trouves).toEqual([]);
  expect(essayes.size, 'fields that were tried').toBeGreaterThan(60);
  expect(montres, 'what is typed is shown, as text').toBeGreaterThan(100);
  expect(acceptes, 'forms that took it in').toBeGreaterThan(20);
});

/** As a form with files is sent; no file is chosen. */
const enMorceaux = (champs: URLSearchParams): FormData => {
  const form = new FormData();
  for (const [nom, valeur] of champs) form.append(nom, valeur);
  return form;
};
