export const retourSur = (retour: unknown): string | undefined =>
  typeof retour === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(retour) && retour.length < 1000
    ? retour
    : undefined;
export const appareilDe = (userAgent: string): string => userAgent.slice(0, 60) || 'Navigateur inconnu';
