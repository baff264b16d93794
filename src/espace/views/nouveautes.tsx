import { dateLongue, instantLong, pluriel } from '../../platform/francais/index.ts';
import type { Role } from '../../platform/journal.ts';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import type { Espace } from '../contenu.ts';
import { Partie } from './partie.tsx';

/** What changed since the last visit. */
export function Nouveautes({
  role,
  toutes,
  espace: { depuis, annonces, actes, encore },
}: {
  readonly role: Role | undefined;
  readonly toutes: boolean;
  readonly espace: Espace;
}) {
  const faits: readonly (Fait & { date: string })[] = [
    ...annonces.map(({ instant, departement, locatif, seance, decisions, communique }) => ({
      cle: `annonce-${departement}-${seance}`,
      date: instant,
      titre: communique ? (
        <a class="fr-link" href={`/communiques/${departement}/${seance}`}>
          {`Communiqué de la séance du ${dateLongue(seance)} publié ${locatif}`}
        </a>
      ) : (
        <a class="fr-link" href={`/seances/${seance}`}>
          {`Séance du ${dateLongue(seance)} annoncée ${locatif}`}
        </a>
      ),
      texte: pluriel(decisions, 'décision annoncée', 'décisions annoncées'),
    })),
    ...actes.map(({ id, instant, phrase, auteur, objet, departement }) => ({
      cle: `acte-${id}`,
      date: instant,
      titre: phrase,
      texte: (
        <p>
          {objet.href === undefined ? (
            objet.texte
          ) : (
            <a class="fr-link" href={objet.href}>
              {objet.texte}
            </a>
          )}
          {departement === null ? '' : ` (${departement})`}
        </p>
      ),
      auteur,
    })),
  ].toSorted((left, right) => right.date.localeCompare(left.date));
  return (
    <Partie id="nouveautes" titre="Depuis votre dernière visite">
      {depuis === null ? (
        <p>C’est votre première visite. Voici les dernières annonces.</p>
      ) : (
        <p>Votre dernière visite date du {instantLong(depuis)}.</p>
      )}
      <Chronologie
        faits={faits}
        nom="Ce qui a changé"
        vide={
          depuis === null
            ? 'Rien n’a encore été annoncé ici.'
            : 'Rien n’a changé depuis\u00a0: ni annonce, ni acte d’une autre personne.'
        }
      />
      {encore && !toutes ? (
        <p>
          <a class="fr-link" href="/espace?nouveautes=toutes#nouveautes">
            Voir aussi ce qui est plus ancien
          </a>
        </p>
      ) : null}
      {role === 'administrateur' ? (
        <p>
          <a class="fr-link" href="/administration/journal">
            Tout le journal
          </a>
        </p>
      ) : null}
    </Partie>
  );
}
