import { describe, expect, it } from 'vitest';
import { ActeFait, Confirmation } from './confirmation.tsx';
import { Etapier } from './etapes.tsx';
import { Progression } from './progression.tsx';
import { ChampRecherche } from './recherche.tsx';
import { rendre } from './rendre.ts';

const HOSTILE = '"><script>alert(1)</script>';

describe('ChampRecherche', () => {
  it('is a plain form, that an island may complete', () => {
    const html = rendre(
      <ChampRecherche
        id="q"
        libelle="Rechercher une commune"
        indication="Nom ou code postal."
        action="/communes"
        valeur="Laon"
        suggestions="/api/communes"
        garde={{ departement: '02' }}
      />,
    );
    expect(html).toMatch(/<form [^>]*role="search"[^>]* method="get" action="\/communes"/);
    expect(html).toContain('data-ilot="recherche" data-suggestions="/api/communes"');
    expect(html).toContain(
      '<label class="fr-label" for="q">Rechercher une commune<span class="fr-hint-text">',
    );
    expect(html).toMatch(/type="search" id="q" name="q" value="Laon"/);
    expect(html).toContain('<input type="hidden" name="departement" value="02"');
    expect(html).toContain('<button class="fr-btn" type="submit">Rechercher</button>');
  });

  it('asks for no island without suggestions, and escapes', () => {
    const html = rendre(<ChampRecherche id="q" libelle={HOSTILE} action="/" valeur={HOSTILE} />);
    expect(html).not.toContain('data-ilot');
    expect(html).not.toContain('<script');
  });
});

describe('Etapier', () => {
  it('says the step, its title and the next one', () => {
    const html = rendre(<Etapier etapes={['Structure', 'Postes', 'Lieux']} etape={2} />);
    expect(html).toContain('Étape 2 sur 3<span class="fr-sr-only">\u00a0: </span></span>Postes</h2>');
    expect(html).toContain('data-fr-current-step="2" data-fr-steps="3"');
    expect(html.match(/pas--fait/g)).toHaveLength(2);
    expect(html).toContain('Étape suivante\u00a0:</span> Lieux');
  });

  it('says no next step after the last one, and refuses a step that is not there', () => {
    expect(rendre(<Etapier etapes={['Seule']} etape={1} />)).not.toContain('suivante');
    expect(() => rendre(<Etapier etapes={['Seule']} etape={2} />)).toThrow(RangeError);
  });
});

describe('Progression', () => {
  const progression = (valeur: number, maximum?: number, etat: 'en-cours' | 'echouee' = 'en-cours') =>
    rendre(
      <Progression
        id="import"
        titre="Import"
        etat={etat}
        valeur={valeur}
        maximum={maximum}
        quoi="lignes lues"
      />,
    );

  it('says how far it is in words and as a named bar', () => {
    const html = progression(1240, 4000);
    expect(html).toContain('<label for="import">Import</label>');
    expect(html).toContain(
      '<progress id="import" class="maillage-progression__barre" value="1240" max="4000">',
    );
    expect(html).toContain('1\u202f240 sur 4\u202f000 lignes lues');
    expect(html).toContain('31\u00a0%');
    expect(html).toContain('En cours');
  });

  it('never says 100 % before the end', () => {
    expect(progression(3999, 4000)).toContain('99\u00a0%');
    expect(progression(4000, 4000)).toContain('100\u00a0%');
  });

  it('has no value while the end is not known, nor with nothing to do', () => {
    expect(progression(18)).toMatch(/<progress [^>]*barre" max="18">/);
    expect(progression(0, 0)).not.toContain('NaN');
    expect(progression(18)).not.toContain('%');
  });

  it('says a failure in words', () => {
    expect(progression(3, 4, 'echouee')).toContain('Échec');
  });
});

describe('Confirmation', () => {
  const confirmation = (definitif: boolean, texte = 'Refuser ?') =>
    rendre(
      <Confirmation
        id="c"
        titre={texte}
        effets={['Une lettre part.', texte]}
        action="/candidatures/1/refus"
        champs={{ version: '3', jeton: texte }}
        bouton="Refuser la candidature"
        renoncer={{ texte: 'Revenir au dossier', href: '/candidatures/1' }}
        definitif={definitif}
      />,
    );

  it('tells what will happen, then offers the act and the way back', () => {
    const html = confirmation(false);
    expect(html).toContain('aria-labelledby="c"');
    expect(html).toContain('<li>Une lettre part.</li>');
    expect(html).toContain('<form method="post" action="/candidatures/1/refus">');
    expect(html).toContain('<input type="hidden" name="version" value="3"');
    expect(html).toContain('type="submit">Refuser la candidature</button>');
    expect(html).toContain('href="/candidatures/1">Revenir au dossier</a>');
    expect(html).not.toContain('grave');
  });

  it('says in words that there is no way back', () => {
    expect(confirmation(true)).toContain('Vous ne pourrez pas revenir en arrière.');
    expect(confirmation(true)).toContain('maillage-btn--grave');
  });

  it('escapes', () => {
    expect(confirmation(true, HOSTILE)).not.toContain('<script');
  });
});

describe('ActeFait', () => {
  it('says what is done, and how to undo it where that can be', () => {
    expect(rendre(<ActeFait>L’avis est rendu.</ActeFait>)).not.toContain('<form');
    const html = rendre(
      <ActeFait annulation={{ action: '/annuler', champs: { id: '7' }, delai: 'Jusqu’à demain.' }}>
        Supprimée.
      </ActeFait>,
    );
    expect(html).toContain('role="status"');
    expect(html).toContain('method="post" action="/annuler"');
    expect(html).toContain('name="id" value="7"');
    expect(html).toContain('>Annuler</button>');
    expect(html).toContain('Jusqu’à demain.');
  });
});
