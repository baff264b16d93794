// node bench/repartition.ts [FILES…]: a proposal of allocation over a selection of the country, in the solver's thread.
import { selection } from '../src/candidatures/repartition/repartition.fixtures.ts';
import { expliquer, faireBilan } from '../src/candidatures/repartition/rules.ts';
import { resoudre } from '../src/candidatures/repartition/solveur.ts';

const asked = process.argv.slice(2).map(Number);
process.stdout.write('dossiers  postes  calcul  explications  écart prouvé  plus long silence du site\n');
for (const nombre of asked.length > 0 ? asked : [1450, 5000]) {
  const probleme = selection(nombre);
  let dernier = performance.now();
  let silence = 0;
  const battement = setInterval(() => {
    silence = Math.max(silence, performance.now() - dernier);
    dernier = performance.now();
  }, 5);
  const debut = performance.now();
  const { postes, ecart } = await resoudre(probleme);
  const resolu = performance.now();
  clearInterval(battement);
  expliquer(probleme, postes);
  const fini = performance.now();
  process.stdout.write(
    `${String(nombre).padStart(8)}  ${String(faireBilan(probleme, postes).postes).padStart(6)}  ${((resolu - debut) / 1000).toFixed(1).padStart(4)} s  ${(fini - resolu).toFixed(0).padStart(9)} ms  ${(ecart * 100).toFixed(4).padStart(10)} %  ${silence.toFixed(0).padStart(6)} ms\n`,
  );
}
