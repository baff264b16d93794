import { dateLongue, nombre, quand } from '../../platform/francais/index.ts';
import type { Role } from '../../platform/journal.ts';
import { Chronologie, type Fait } from '../../platform/views/chronologie.tsx';
import { Badge } from '../../platform/views/messages.tsx';
import { Tableau } from '../../platform/views/tableau.tsx';
import type { Espace } from '../contenu.ts';
import { Partie } from './partie.tsx';

/** The sessions of the committee. */
export function Seances({ seances }: { readonly seances: NonNullable<Espace['seances']> }) {
  return (
    <Partie id="seances" titre="Séances du comité">
      <Tableau
        legende="Séances et décisions"
        legendeMasquee
        lignes={seances}
        cle={({ date }) => date}
        vide="Aucune séance n’est enregistrée."
        colonnes={[
          {
            cle: 'date',
            titre: 'Séance',
            entete: true,
            cellule: ({ date }) => <a href={`/espace/seances/${date}`}>{dateLongue(date)}</a>,
          },
          { cle: 'vague', titre: 'Vague', cellule: ({ vague }) => vague ?? '' },
          {
            cle: 'decisions',
            titre: 'Décisions',
            numerique: true,
            cellule: ({ decisions }) => nombre(decisions),
          },
          {
            cle: 'publiques',
            titre: 'Annoncées',
            numerique: true,
            cellule: ({ publiques }) => (publiques === 0 ? 'pas encore' : nombre(publiques)),
          },
        ]}
      />
    </Partie>
  );
}

/** The dates of the programme, to come and past. */
export function Vagues({
  role,
  vagues,
  aujourdhui,
}: {
  readonly role: Role | undefined;
  readonly vagues: NonNullable<Espace['vagues']>;
  readonly aujourdhui: string;
}) {
  const faits: readonly Fait[] = vagues.flatMap(({ id, nom, ouvreLe, ouverturePrecision, fermeLe }) => [
    ...(ouvreLe === null
      ? []
      : [
          {
            cle: `${id}-ouverture`,
            date: ouverturePrecision === 'mois' ? ouvreLe.slice(0, 7) : ouvreLe,
            titre: `Ouverture\u00a0: ${nom}`,
            aVenir: ouvreLe > aujourdhui,
          },
        ]),
    ...(fermeLe === null
      ? []
      : [
          {
            cle: `${id}-fermeture`,
            date: fermeLe,
            titre: `Clôture\u00a0: ${nom}`,
            aVenir: fermeLe > aujourdhui,
          },
        ]),
  ]);
  const prochaines = faits.filter(({ aVenir }) => aVenir);
  const passees = faits.filter(({ aVenir }) => aVenir !== true);
  const [prochaine] = prochaines;
  return (
    <>
      <Partie id="suite" titre="Ce qui vient ensuite">
        {role === 'candidat' ? (
          <p>
            {prochaine === undefined
              ? 'Aucune date à venir n’est annoncée. Les structures retenues cherchent leurs conseillers\u00a0: voyez celles qui sont près de chez vous.'
              : `Prochaine date\u00a0: ${quand(prochaine.date)}.`}{' '}
            <a class="fr-link" href="/recherche">
              Chercher une structure près de chez moi
            </a>
          </p>
        ) : null}
        {prochaines.length === 0 && role === 'candidat' ? null : (
          <Chronologie
            faits={prochaines}
            nom="Dates à venir du programme"
            vide="Aucune date à venir n’est annoncée."
          />
        )}
      </Partie>
      {passees.length === 0 ? null : (
        <Partie id="passe" titre="Dates passées">
          <Chronologie faits={passees} nom="Dates passées du programme" vide="" />
        </Partie>
      )}
    </>
  );
}

/** How the service stands. */
export function Services({ services }: { readonly services: NonNullable<Espace['services']> }) {
  return (
    <Partie id="service" titre="Le service">
      <ul class="maillage-a-faire">
        {services.map(({ nom, texte, alerte, href }) => (
          <li key={nom}>
            <strong>{href === undefined ? nom : <a href={href}>{nom}</a>}</strong>&nbsp;: {texte}
            {alerte ? (
              <>
                {' '}
                <Badge ton="attention">à voir</Badge>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Partie>
  );
}
