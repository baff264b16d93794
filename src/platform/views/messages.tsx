import type { ComponentChildren } from 'preact';

export type Ton = 'info' | 'succes' | 'attention' | 'erreur';
const SUFFIXES = { info: 'info', succes: 'success', attention: 'warning', erreur: 'error' } as const;
const PREFIXES = {
  info: 'Information\u00a0: ',
  succes: 'Succès\u00a0: ',
  attention: 'Attention\u00a0: ',
  erreur: 'Erreur\u00a0: ',
} as const;

export type AlerteProps = {
  ton: Ton;
  titre?: string | undefined;
  /** Heading level of the title, to keep the outline of the page right (3 by default). */
  niveau?: 2 | 3 | 4 | undefined;
  children?: ComponentChildren;
};

/** Message set apart from the text. Its tone is said in words too, never by colour alone. */
export function Alerte({ ton, titre, niveau = 3, children }: AlerteProps) {
  const Titre = `h${niveau}` as const;
  const prefixe = <span class="fr-sr-only">{PREFIXES[ton]}</span>;
  return (
    <div class={`fr-alert fr-alert--${SUFFIXES[ton]}${titre === undefined ? ' fr-alert--sm' : ''}`}>
      {titre === undefined ? null : (
        <Titre class="fr-alert__title">
          {prefixe}
          {titre}
        </Titre>
      )}
      {children === undefined ? null : titre === undefined ? (
        <p>
          {prefixe}
          {children}
        </p>
      ) : (
        <div>{children}</div>
      )}
    </div>
  );
}

export type BadgeProps = { ton?: Ton | 'neutre' | undefined; children: ComponentChildren };

/** Short status word. */
export function Badge({ ton = 'neutre', children }: BadgeProps) {
  const suffixe = ton === 'neutre' ? '' : ` fr-badge--${SUFFIXES[ton]}`;
  return <span class={`fr-badge fr-badge--sm fr-badge--no-icon${suffixe}`}>{children}</span>;
}

export type EtatVideProps = { titre: string; niveau?: 2 | 3 | 4 | undefined; children?: ComponentChildren };

/** What stands where there is nothing to show yet: why, and what to do. */
export function EtatVide({ titre, niveau, children }: EtatVideProps) {
  const Titre = niveau === undefined ? ('p' as const) : (`h${niveau}` as const);
  return (
    <div class="maillage-vide">
      <Titre class="maillage-vide__titre">{titre}</Titre>
      {children === undefined ? null : <div class="maillage-vide__texte">{children}</div>}
    </div>
  );
}
