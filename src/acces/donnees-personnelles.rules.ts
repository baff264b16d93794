/** What the product holds of a person, by processing and table. */
export type ExportPersonnel = {
  readonly personne: string;
  /** ISO instant. */
  readonly le: string;
  readonly traitements: readonly {
    readonly titre: string;
    readonly finalite: string;
    readonly baseLegale: string;
    readonly tables: readonly {
      readonly table: string;
      readonly conservation: string;
      /** Label of each column that the rows have. */
      readonly colonnes: Readonly<Record<string, string>>;
      readonly lignes: readonly Readonly<Record<string, unknown>>[];
    }[];
  }[];
};

const capitale = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);

const valeur = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The export as a text that a person can read. */
export const ecrireExport = ({ personne, le, traitements }: ExportPersonnel): string => {
  const lines = ['Vos données dans Maillage', `Personne ${personne}, le ${le.slice(0, 10)}`];
  for (const { titre, finalite, baseLegale, tables } of traitements) {
    lines.push('', titre.toUpperCase(), `Pour quoi\u00a0: ${finalite}.`, `Base légale\u00a0: ${baseLegale}.`);
    for (const { table, conservation, colonnes, lignes } of tables) {
      lines.push('', `${capitale(table)}, gardé ${conservation}\u00a0: ${lignes.length === 0 ? 'rien' : ''}`);
      lignes.forEach((ligne, index) => {
        lines.push(`  ${index + 1}.`);
        for (const [colonne, value] of Object.entries(ligne))
          if (value !== null)
            lines.push(`     ${capitale(colonnes[colonne] ?? colonne)}\u00a0: ${valeur(value)}`);
      });
    }
  }
  return `${lines.join('\n')}\n`;
};
