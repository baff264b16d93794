import type { ComponentChildren } from 'preact';
import { accord, instantLong, nombre } from '../../platform/francais/index.ts';
import { ChampSaisie, type ErreursFormulaire, ResumeErreurs } from '../../platform/views/champs.tsx';
import { ActeFait, Confirmation } from '../../platform/views/confirmation.tsx';
import { Alerte } from '../../platform/views/messages.tsx';
import { enGroupes, nombreDeCodes, peuDeCodes } from '../connexion/second-facteur.rules.ts';

function Retour({ retour }: { readonly retour: string | undefined }) {
  return retour === undefined ? null : <input type="hidden" name="retour" value={retour} />;
}

/** One field for both proofs: whoever has lost their telephone looks for nothing else. */
function ChampPreuve({ erreurs }: { readonly erreurs: ErreursFormulaire }) {
  return (
    <ChampSaisie
      nom="code"
      libelle="Code"
      indication="Les 6 chiffres de votre application, ou un code de secours."
      autocomplete="one-time-code"
      largeur="moyenne"
      longueur={40}
      obligatoire
      erreurs={erreurs}
    />
  );
}

export type PageDemandeProps = {
  readonly retour: string | undefined;
  readonly erreurs: ErreursFormulaire;
};

/** Asks for the second proof that protects the account. */
export function PageDemandeSecondFacteur({ retour, erreurs }: PageDemandeProps) {
  return (
    <div class="maillage-etroit">
      <h1>Second facteur</h1>
      <ResumeErreurs erreurs={erreurs} />
      <p>
        Votre compte est protégé par un second facteur&nbsp;: donnez une seconde preuve que c’est bien vous.
      </p>
      <form method="post" action="/connexion/second-facteur" novalidate>
        <Retour retour={retour} />
        <ChampPreuve erreurs={erreurs} />
        <button class="fr-btn" type="submit">
          Continuer
        </button>
      </form>
      <p class="fr-text--sm">
        Vous n’avez plus ni téléphone ni code de secours&nbsp;? Demandez à un administrateur de retirer votre
        second facteur&nbsp;: vous en installerez un autre.
      </p>
    </div>
  );
}

export type EtatAffiche =
  | { readonly type: 'absent' }
  | {
      readonly type: 'a_confirmer';
      readonly secret: string;
      readonly qr: { readonly cote: number; readonly chemin: string };
    }
  | { readonly type: 'installe'; readonly depuis: string; readonly codesRestants: number };

export type PageSecondFacteurProps = {
  readonly etat: EtatAffiche;
  readonly courriel: string;
  /** The acting role wants one. */
  readonly exige: boolean;
  /** Though it does, this session of the demonstration is asked for none. */
  readonly dispense: boolean;
  readonly retour: string | undefined;
  readonly fait: 'retire' | undefined;
  readonly erreurs: ErreursFormulaire;
};

/** The second factor of one's own account: to install, to confirm, or to look after. */
export function PageSecondFacteur(props: PageSecondFacteurProps) {
  const { etat, courriel, exige, dispense, retour, fait, erreurs } = props;
  return (
    <div class="maillage-etroit">
      <h1>Mon second facteur</h1>
      {fait === undefined ? null : <ActeFait>Votre second facteur est retiré.</ActeFait>}
      <ResumeErreurs erreurs={erreurs} />
      {etat.type === 'absent' ? <Installer exige={exige} dispense={dispense} retour={retour} /> : null}
      {etat.type === 'a_confirmer' ? (
        <Confirmer {...etat} courriel={courriel} retour={retour} erreurs={erreurs} />
      ) : null}
      {etat.type === 'installe' ? <Entretenir {...etat} erreurs={erreurs} /> : null}
    </div>
  );
}

function Installer(props: Pick<PageSecondFacteurProps, 'exige' | 'dispense' | 'retour'>) {
  const { exige, dispense, retour } = props;
  return (
    <>
      {dispense ? (
        <Alerte ton="info">
          La démonstration ne demande pas de second facteur. Hors d’elle, votre rôle en demande un avant
          d’agir.
        </Alerte>
      ) : exige ? (
        <Alerte ton="info">Votre rôle demande un second facteur avant d’agir&nbsp;: installez-le ici.</Alerte>
      ) : null}
      <p>
        Une application de votre téléphone donne un code de 6 chiffres, qui change toutes les 30 secondes. Il
        est demandé en plus de votre connexion&nbsp;: qui lirait vos courriels n’entrerait pas pour autant.
      </p>
      <p>
        Il vous faut une application d’authentification, par exemple FreeOTP, Aegis, Google Authenticator ou
        Microsoft Authenticator. Un gestionnaire de mots de passe convient aussi.
      </p>
      <form method="post" action="/compte/second-facteur">
        <Retour retour={retour} />
        <button class="fr-btn" type="submit">
          Installer un second facteur
        </button>
      </form>
    </>
  );
}

function Confirmer({
  secret,
  qr,
  courriel,
  retour,
  erreurs,
}: Extract<EtatAffiche, { type: 'a_confirmer' }> &
  Pick<PageSecondFacteurProps, 'courriel' | 'retour' | 'erreurs'>) {
  return (
    <>
      <h2>1. Ajoutez le compte dans votre application</h2>
      <p>Lisez ce code QR avec l’application&nbsp;:</p>
      <svg
        class="maillage-qr"
        role="img"
        aria-label="Code QR à lire avec une application d’authentification. Le même secret est écrit en lettres ci-dessous."
        viewBox={`0 0 ${qr.cote} ${qr.cote}`}
        width="240"
        height="240"
        shape-rendering="crispEdges"
      >
        <rect width={qr.cote} height={qr.cote} fill="#fff" />
        <path d={qr.chemin} fill="#000" />
      </svg>
      <p>Ou écrivez-y ces deux lignes (les espaces ne comptent pas)&nbsp;:</p>
      <dl class="maillage-fiche">
        <dt>Compte</dt>
        <dd>Maillage, {courriel}</dd>
        <dt>Secret</dt>
        <dd class="maillage-secret">{enGroupes(secret)}</dd>
      </dl>
      <h2>2. Écrivez le code qu’elle affiche</h2>
      <form method="post" action="/compte/second-facteur/confirmer" novalidate>
        <Retour retour={retour} />
        <ChampSaisie
          nom="code"
          libelle="Code à 6 chiffres"
          type="entier"
          autocomplete="one-time-code"
          longueur={20}
          obligatoire
          erreurs={erreurs}
        />
        <button class="fr-btn" type="submit">
          Confirmer
        </button>
      </form>
      <form method="post" action="/compte/second-facteur">
        <Retour retour={retour} />
        <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
          Recommencer avec un autre secret
        </button>
      </form>
    </>
  );
}

function Entretenir({
  depuis,
  codesRestants,
  erreurs,
}: Extract<EtatAffiche, { type: 'installe' }> & Pick<PageSecondFacteurProps, 'erreurs'>) {
  const restants = `${nombre(codesRestants)} ${accord(codesRestants, 'code de secours', 'codes de secours')}`;
  return (
    <>
      <p>
        Votre compte est protégé par un second facteur depuis le {instantLong(depuis)}. Il vous reste{' '}
        {restants}.
      </p>
      {codesRestants <= peuDeCodes ? (
        <Alerte ton="attention">
          Faites de nouveaux codes de secours&nbsp;: sans eux et sans téléphone, vous n’entreriez plus.
        </Alerte>
      ) : null}
      <h2>Faire de nouveaux codes de secours</h2>
      <p>Les {nombreDeCodes} nouveaux remplacent les anciens, qui ne servent plus.</p>
      <form method="post" action="/compte/second-facteur/codes" novalidate>
        <ChampPreuve erreurs={erreurs} />
        <button class="fr-btn" type="submit">
          Faire de nouveaux codes
        </button>
      </form>
      <h2>Changer de téléphone, ou ne plus s’en servir</h2>
      <p>
        <a class="fr-link" href="/compte/second-facteur/retirer">
          Retirer mon second facteur
        </a>
      </p>
    </>
  );
}

export type PageCodesProps = {
  /** The second factor was just installed. */
  readonly installe: boolean;
  readonly codes: readonly string[];
  readonly courriel: string;
  readonly suite: string;
};

/** The recovery codes, the only time that they are shown. */
export function PageCodes({ codes, courriel, suite, installe }: PageCodesProps) {
  const texte = [
    `Codes de secours de Maillage pour ${courriel}`,
    'Chacun sert une fois, à la place du code de votre application.',
    '',
    ...codes,
    '',
  ].join('\r\n');
  return (
    <div class="maillage-etroit">
      <h1>Vos codes de secours</h1>
      {installe ? <ActeFait>C’est installé&nbsp;: votre second facteur est en place.</ActeFait> : null}
      <Alerte ton="attention" titre="Notez-les maintenant" niveau={2}>
        <p>
          Ils ne seront plus jamais affichés. Chacun sert une fois, si vous n’avez pas votre téléphone.
          Gardez-les ailleurs que dans ce téléphone&nbsp;: imprimez cette page, ou enregistrez le fichier.
        </p>
      </Alerte>
      <ol class="maillage-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="maillage-actions">
        <a
          class="fr-btn fr-btn--secondary"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(texte)}`}
          download="maillage-codes-de-secours.txt"
        >
          Enregistrer le fichier
        </a>
        <a class="fr-btn" href={suite}>
          Je les ai notés, continuer
        </a>
      </div>
    </div>
  );
}

export type PageRetirerProps = { readonly exige: boolean; readonly erreurs: ErreursFormulaire };

/** Asks before the second factor is taken away. */
export function PageRetirer({ exige, erreurs }: PageRetirerProps) {
  const effets: ComponentChildren[] = [
    'vos codes de secours ne servent plus\u00a0;',
    'un courriel vous le dit\u00a0;',
    exige
      ? 'votre rôle en demande un\u00a0: vous devrez en installer un autre avant d’agir.'
      : 'votre connexion seule suffit pour entrer.',
  ];
  return (
    <div class="maillage-etroit">
      <h1>Retirer mon second facteur</h1>
      <ResumeErreurs erreurs={erreurs} />
      <Confirmation
        id="retirer-second-facteur"
        titre={'Retirer votre second facteur\u00a0?'}
        effets={effets}
        action="/compte/second-facteur/retirer"
        bouton="Retirer le second facteur"
        renoncer={{ texte: 'Garder mon second facteur', href: '/compte/second-facteur' }}
      >
        <ChampPreuve erreurs={erreurs} />
      </Confirmation>
    </div>
  );
}
