import type { Communique } from '../document.ts';

const LARGEUR = 78;

/** Wraps at ordinary spaces, never after a digit: « 50 000 € », « 18 mars », « 1 poste » stay whole. */
function couper(texte: string, premiere = '', suivantes = ''): string {
  const lignes: string[] = [];
  let ligne = premiere;
  let vide = true;
  for (const mot of texte.split(/(?<!\d) /)) {
    if (!vide && ligne.length + 1 + mot.length > LARGEUR) {
      lignes.push(ligne);
      ligne = suivantes + mot;
    } else {
      ligne += vide ? mot : ` ${mot}`;
    }
    vide = false;
  }
  return [...lignes, ligne].join('\n');
}

/** The communiqué as plain text for the body of an e-mail: UTF-8, `\n`, lines of at most 78 signs or so. */
export function texte(communique: Communique): string {
  const { enTete, liste, suite, signature, contact } = communique;
  const blocs: string[] = [];
  const encadrer = (): void => {
    for (const marque of communique.marques) blocs.push(couper(`*** ${marque} ***`));
  };
  encadrer();
  blocs.push([...enTete.service, ...enTete.adresse].join('\n'));
  blocs.push(communique.banniere.toLocaleUpperCase('fr'));
  blocs.push(communique.lieuDate);
  blocs.push(souligner(communique.titre.texte, '='));
  for (const paragraphe of communique.paragraphes) blocs.push(couper(paragraphe.texte));
  const lignes = [
    souligner(liste.intertitre.texte, '-'),
    liste.lignes
      .map(({ texte: ligne, marque }) => couper(marque === null ? ligne : `${ligne} [${marque}]`, '- ', '  '))
      .join('\n'),
  ];
  blocs.push(...(liste.renvoi === null ? lignes : [couper(liste.renvoi)]));
  if (suite !== null) blocs.push(souligner(suite.intertitre, '-'), couper(suite.paragraphe.texte));
  if (signature !== null) {
    const { avant, nom, delegation } = signature;
    blocs.push(
      [...avant, nom, ...(delegation === null ? [] : [`(${delegation})`])]
        .map((ligne) => couper(ligne))
        .join('\n'),
    );
  }
  if (contact !== null) {
    blocs.push(souligner(contact.intertitre, '-'), contact.lignes.map((ligne) => ligne.texte).join('\n'));
  }
  if (liste.renvoi !== null) blocs.push(...lignes);
  encadrer();
  return `${blocs.filter((bloc) => bloc !== '').join('\n\n')}\n`;
}

function souligner(titre: string, trait: string): string {
  const lignes = couper(titre);
  const largeur = Math.max(...lignes.split('\n').map((ligne) => ligne.length));
  return `${lignes}\n${trait.repeat(largeur)}`;
}
