import { describe, expect, it } from 'vitest';
import { rendre } from '../../../platform/views/rendre.ts';
import { SectionAvis } from './section-avis.tsx';

const avis = {
  id: '0192f0c1-2a3b-7c4d-8e5f-6a7b8c9d0e1f',
  niveau: 'departement',
  favorable: true,
  postes: 1,
  commentaire: 'Projet utile.',
  auteur: null,
  renduLe: '2021-03-02T10:00:00Z',
} as const;
const lue = (statut: 'deposee' | 'instruite' | 'ajournee' | 'en_correction', deposeeLe: string): string =>
  rendre(<SectionAvis fiche={{ statut, avisNiveau: 'departement', deposeeLe }} avis={[avis]} />);

describe('the opinions on an application', () => {
  it('say when they were given on an earlier submission', () => {
    expect(lue('deposee', '2021-03-03T10:00:00Z')).toContain('portait sur un dépôt précédent');
    expect(lue('instruite', '2021-03-01T10:00:00Z')).not.toContain('dépôt précédent');
  });

  it('say when another is awaited, and why', () => {
    expect(lue('ajournee', '2021-03-01T10:00:00Z')).toContain('après un nouvel avis');
    expect(lue('en_correction', '2021-03-01T10:00:00Z')).toContain('est en correction');
  });
});
