import type { Role } from '../../platform/journal.ts';
import { EtatVide } from '../../platform/views/messages.tsx';
import type { Espace } from '../contenu.ts';
import { AFaire } from './a-faire.tsx';
import { Nouveautes } from './nouveautes.tsx';
import { Seances, Services, Vagues } from './programme.tsx';
import { Suivi } from './suivi.tsx';
import { MesChiffres, MesDepartements, MesStructures } from './territoire.tsx';

export type PageEspaceProps = {
  readonly nom: string;
  readonly role: Role | undefined;
  /** « Instructeur – Aisne » */
  readonly libelleDuRole: string | undefined;
  readonly aujourdhui: string;
  /** All that is new was asked for. */
  readonly toutes?: boolean;
  readonly espace: Espace;
};

/** The page of whoever is signed in: what waits, what changed, their figures, their structures. */
export function PageEspace(props: PageEspaceProps) {
  const { nom, role, libelleDuRole, aujourdhui, toutes = false, espace } = props;
  return (
    <>
      <h1>Bonjour {nom}</h1>
      {role === undefined ? (
        <SansRole />
      ) : (
        <AFaire role={role} aujourdhui={aujourdhui} aFaire={espace.aFaire} />
      )}
      {espace.suivi === undefined ? null : <Suivi suivi={espace.suivi} />}
      {libelleDuRole === undefined || role === 'candidat' ? null : (
        <Nouveautes role={role} toutes={toutes} espace={espace} />
      )}
      {espace.chiffres === undefined ? null : <MesChiffres role={role} espace={espace} />}
      {espace.departements === undefined ? null : <MesDepartements departements={espace.departements} />}
      {espace.structures === undefined ? null : <MesStructures role={role} structures={espace.structures} />}
      {espace.seances === undefined ? null : <Seances seances={espace.seances} />}
      {espace.vagues === undefined ? null : (
        <Vagues role={role} vagues={espace.vagues} aujourdhui={aujourdhui} />
      )}
      {espace.services === undefined ? null : <Services services={espace.services} />}
    </>
  );
}

function SansRole() {
  return (
    <EtatVide titre="Vous n’avez pas de rôle en ce moment" niveau={2}>
      <p>
        Votre compte existe, mais aucun rôle ne lui est donné, ou le vôtre est terminé. Demandez-en un à la
        personne qui vous a invité : la préfecture de votre département pour une structure, la ou le
        gestionnaire de votre structure pour un conseiller.
      </p>
      <p>
        En attendant, <a href="/">le site public</a> vous est ouvert.
      </p>
    </EtatVide>
  );
}
