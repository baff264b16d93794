/** What happens to a mail, in words. */
export const statutsDeCourriel = {
  en_attente: 'En attente',
  envoye: 'Envoyé',
  abandonne: 'Abandonné',
} as const satisfies Readonly<Record<string, string>>;
