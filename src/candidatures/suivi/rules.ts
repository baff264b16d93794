/** What a forecast is made from, all of it counted in posts. */
export type Avancement = {
  readonly retenus: number;
  /** Asked for in applications on which the préfecture has spoken, and what it proposes of them. */
  readonly demandesAvecAvis: number;
  readonly proposes: number;
  /** Proposed in applications that the committee has decided, and in those of them that it retained. */
  readonly proposesDecides: number;
  readonly proposesRetenus: number;
  /** Proposed, and not decided yet. */
  readonly proposesEnAttente: number;
  /** Asked for, and no opinion yet. */
  readonly demandesSansAvis: number;
};

export type Prevision = {
  readonly postes: number;
  /** Share of what is asked for that préfectures propose; null as long as they have proposed nothing. */
  readonly partProposee: number | null;
  /** Share of what is proposed that the committee retains; null as long as it has decided nothing. */
  readonly partRetenue: number | null;
};

const part = (numerateur: number, denominateur: number): number | null =>
  denominateur > 0 ? numerateur / denominateur : null;

/**
 * Posts retained in the end, if préfectures and the committee go on as they began: what waits counts for the share that
 * they have granted so far, whole as long as they have granted nothing.
 */
export const prevoir = (vu: Avancement): Prevision => {
  const partProposee = part(vu.proposes, vu.demandesAvecAvis);
  const partRetenue = part(vu.proposesRetenus, vu.proposesDecides);
  const attendus = vu.proposesEnAttente + (partProposee ?? 1) * vu.demandesSansAvis;
  return { postes: vu.retenus + Math.round((partRetenue ?? 1) * attendus), partProposee, partRetenue };
};
