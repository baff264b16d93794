import { describe, expect, it } from 'vitest';
import {
  ChampFichier,
  ChampSaisie,
  ChoixMultiples,
  ChoixUnique,
  idDeChamp,
  ListeChoix,
  ResumeErreurs,
  ZoneTexte,
} from './champs.tsx';
import { rendre } from './rendre.ts';

const HOSTILE = '"><script>alert(1)</script>';
const CHOIX = [
  { valeur: 'forfait', libelle: 'Forfait', indication: 'Sur 24 mois.' },
  { valeur: 'taux', libelle: 'Taux' },
];

describe('ChampSaisie', () => {
  it('has a label, and says nothing of an error that is not there', () => {
    const html = rendre(<ChampSaisie nom="nom" libelle="Nom" erreurs={{ autre: 'Faux.' }} />);
    expect(html).toContain('<label class="fr-label" for="champ-nom">Nom</label>');
    expect(html).toContain('id="champ-nom" name="nom"');
    expect(html).not.toMatch(/required|aria-|error|obligatoire/);
  });

  it('says in words that it is obligatory, and how to fill it', () => {
    const html = rendre(
      <ChampSaisie
        nom="c"
        type="courriel"
        libelle="Courriel"
        indication="nom@exemple.fr"
        obligatoire
        autocomplete="email"
      />,
    );
    expect(html).toContain('Courriel<span class="maillage-obligatoire"> (obligatoire)</span>');
    expect(html).toContain('<span class="fr-hint-text">nom@exemple.fr</span></label>');
    expect(html).toMatch(/type="email"[^>]* required[^>]* autocomplete="email"/);
  });

  it('reads its error with the field, and keeps what was typed', () => {
    const html = rendre(
      <ChampSaisie nom="p" type="entier" libelle="Postes" valeur="deux" erreurs={{ p: 'Un nombre.' }} />,
    );
    expect(html).toContain('class="fr-input-group fr-input-group--error"');
    expect(html).toContain('aria-invalid="true" aria-describedby="champ-p-erreur" value="deux"');
    expect(html).toContain('<p class="fr-error-text" id="champ-p-erreur">');
    expect(html).toContain('Un nombre.</p>');
  });

  it('keeps a number as it was typed, with the keyboard of numbers', () => {
    const html = rendre(<ChampSaisie nom="s" type="decimal" libelle="Salaire" valeur="1 987,50" />);
    expect(html).toContain('type="text" inputmode="decimal"');
    expect(html).toContain('value="1 987,50"');
    expect(html).toContain('maillage-champ--courte');
  });

  it('takes no error from the prototype of the object', () => {
    expect(rendre(<ChampSaisie nom="constructor" libelle="X" erreurs={{}} />)).not.toContain('error');
  });

  it('escapes everything', () => {
    const html = rendre(
      <>
        <ChampSaisie
          nom="x"
          libelle={HOSTILE}
          indication={HOSTILE}
          valeur={HOSTILE}
          erreurs={{ x: HOSTILE }}
        />
        <ZoneTexte nom="y" libelle="Y" valeur={`</textarea>${HOSTILE}`} />
        <ListeChoix nom="z" libelle="Z" choix={[{ valeur: HOSTILE, libelle: HOSTILE }]} />
        <ChoixUnique nom="u" libelle="U" choix={[{ valeur: HOSTILE, libelle: HOSTILE }]} />
        <ResumeErreurs erreurs={{ [HOSTILE]: HOSTILE }} />
      </>,
    );
    expect(html).not.toContain('<script');
    expect(html.match(/<\/textarea>/g)).toHaveLength(1);
  });
});

describe('ZoneTexte, ListeChoix, ChampFichier', () => {
  it('keep what was written and chosen', () => {
    expect(rendre(<ZoneTexte nom="m" libelle="Motif" valeur={'a\nb'} />)).toContain('>a\nb</textarea>');
    const html = rendre(<ListeChoix nom="r" libelle="Régime" choix={CHOIX} valeur="taux" />);
    expect(html).toContain('<option value="taux" selected>Taux</option>');
    expect(html.match(/ selected/g)).toHaveLength(1);
  });

  it('choose nothing for the reader', () => {
    const html = rendre(<ListeChoix nom="r" libelle="Régime" choix={[]} invite="Choisir un régime" />);
    expect(html).toContain('<option value selected>Choisir un régime</option>');
  });

  it('show an error in their own class', () => {
    const erreurs = { f: 'Trop lourd.', r: 'Choisissez.' };
    expect(
      rendre(<ChampFichier nom="f" libelle="Fichier" types=".pdf" plusieurs erreurs={erreurs} />),
    ).toMatch(/fr-upload-group--error.*type="file".*aria-describedby="champ-f-erreur".*multiple/);
    expect(rendre(<ListeChoix nom="r" libelle="R" choix={CHOIX} erreurs={erreurs} />)).toContain(
      'class="fr-select fr-select--error"',
    );
  });
});

describe('ChoixUnique, ChoixMultiples', () => {
  it('are a named group; the first choice is where an error leads', () => {
    const html = rendre(
      <ChoixUnique
        nom="r"
        libelle="Régime"
        choix={CHOIX}
        valeur="taux"
        obligatoire
        erreurs={{ r: 'Lequel ?' }}
      />,
    );
    expect(html).toContain(
      '<fieldset class="fr-fieldset fr-fieldset--error" aria-describedby="champ-r-erreur">',
    );
    expect(html).toContain('Régime<span class="maillage-obligatoire"> (obligatoire)</span></legend>');
    expect(html).toContain(`id="${idDeChamp('r')}" name="r" value="forfait" required`);
    expect(html).toContain('id="champ-r-2" name="r" value="taux" checked');
    expect(html).toContain('<label class="fr-label" for="champ-r">Forfait<span class="fr-hint-text">');
  });

  it('never ask for each box of a group', () => {
    const html = rendre(
      <ChoixMultiples nom="l" libelle="Lieux" choix={CHOIX} valeurs={['forfait', 'taux']} obligatoire />,
    );
    expect(html.match(/ checked/g)).toHaveLength(2);
    expect(html).not.toContain('required');
  });
});

describe('ResumeErreurs', () => {
  it('is nothing without errors', () => {
    expect(rendre(<ResumeErreurs erreurs={{}} />)).not.toContain('<div');
  });

  it('leads to each field, and takes the focus', () => {
    const html = rendre(<ResumeErreurs erreurs={{ a: 'Écrivez A.', b: 'Choisissez B.' }} />);
    expect(html).toContain('2 réponses sont à corriger</h2>');
    expect(html).toContain('<a href="#champ-a">Écrivez A.</a>');
    expect(html).toContain('tabindex="-1" autofocus');
    expect(html.indexOf('#champ-a')).toBeLessThan(html.indexOf('#champ-b'));
  });

  it('speaks of one in the singular', () => {
    const html = rendre(<ResumeErreurs erreurs={{ a: 'Écrivez A.' }} niveau={3} prendLeFocus={false} />);
    expect(html).toContain('Une réponse est à corriger</h3>');
    expect(html).not.toContain('autofocus');
  });
});
