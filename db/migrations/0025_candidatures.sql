-- From application to decision: waves, applications, opinions, the committee and what it deliberates.

-- Hours of closing are local where the wave says so.
create function fuseau_departement(code text) returns text
language sql immutable parallel safe
as $$
  select case code
    when '971' then 'America/Guadeloupe' when '972' then 'America/Martinique' when '973' then 'America/Cayenne'
    when '974' then 'Indian/Reunion' when '975' then 'America/Miquelon' when '976' then 'Indian/Mayotte'
    when '977' then 'America/St_Barthelemy' when '978' then 'America/Marigot' when '986' then 'Pacific/Wallis'
    when '987' then 'Pacific/Tahiti' when '988' then 'Pacific/Noumea' else 'Europe/Paris'
  end
$$;

-- What a wave asks and offers. Waves known before are published ones.
alter table vague
  add column statut text not null default 'publiee' check (statut in ('preparation', 'publiee', 'annulee')),
  add column version integer not null default 1,
  add column enveloppe_id uuid references enveloppe,
  -- Hours of the days of opening and closing; it closes at the end of that minute.
  add column ouvre_heure time not null default '00:00',
  add column ferme_heure time not null default '23:59',
  -- The hour of each département, else that of Paris.
  add column heure_locale boolean not null default true,
  add column objectif_postes integer check (objectif_postes > 0),
  -- Kept by the trigger on deliberation; the CHECK is the ceiling, however many decide at once.
  add column postes_decides integer not null default 0 check (postes_decides >= 0),
  add column minimum_departement integer not null default 0 check (minimum_departement >= 0),
  add column avis_niveau text not null default 'departement' check (avis_niveau in ('departement', 'region')),
  add column regimes text[] not null default '{forfait,taux}'
    check (regimes <> '{}' and regimes <@ '{forfait,taux}'::text[]),
  add column coordinateurs boolean not null default true,
  -- Share of the weight that a priority label adds to an application's score, per cent.
  add column bonus_priorite integer not null default 0 check (bonus_priorite between 0 and 100),
  add column presentation text check (presentation <> ''),
  add constraint vague_objectif_jamais_depasse check (objectif_postes is null or postes_decides <= objectif_postes);

create table vague_critere (
  id uuid primary key default uuid_v7(),
  vague_id uuid not null references vague on delete cascade,
  rang integer not null check (rang > 0),
  libelle text not null check (libelle <> '' and length(libelle) <= 200),
  aide text check (aide <> ''),
  poids integer not null check (poids between 1 and 100),
  unique (vague_id, libelle)
);

create table vague_quota (
  id uuid primary key default uuid_v7(),
  vague_id uuid not null references vague on delete cascade,
  departement_code text references departement,
  region_code text references region,
  minimum integer not null default 0 check (minimum >= 0),
  maximum integer check (maximum >= minimum),
  postes_decides integer not null default 0 check (postes_decides >= 0),
  check (num_nonnulls(departement_code, region_code) = 1),
  constraint quota_jamais_depasse check (maximum is null or postes_decides <= maximum)
);
create unique index vague_quota_territoire on vague_quota (vague_id, coalesce(departement_code, 'R' || region_code));

-- Questions of the form beyond the core.
create table vague_question (
  id uuid primary key default uuid_v7(),
  vague_id uuid not null references vague on delete cascade,
  rang integer not null check (rang > 0),
  libelle text not null check (libelle <> '' and length(libelle) <= 300),
  aide text check (aide <> ''),
  genre text not null check (genre in ('texte', 'texte_long', 'nombre', 'oui_non', 'choix', 'pieces')),
  choix text[] not null default '{}',
  obligatoire boolean not null default false,
  check ((genre = 'choix') = (choix <> '{}'))
);
create index vague_question_vague on vague_question (vague_id, rang);

-- The départements open; none: all of them.
create table vague_departement (
  vague_id uuid not null references vague on delete cascade,
  departement_code text not null references departement,
  primary key (vague_id, departement_code)
);

-- Where a wave stands for a département at an instant: it opens and closes by itself.
create function vague_etat(la_vague uuid, le_departement text, l_instant timestamptz) returns text
language sql stable parallel safe
as $$
  select case
    when statut <> 'publiee' then statut
    when ouvre_le is null or ouverture_precision <> 'jour'
      or l_instant < (ouvre_le + ouvre_heure) at time zone zone then 'a_venir'
    when ferme_le is not null and l_instant >= (ferme_le + ferme_heure) at time zone zone + interval '1 minute'
      then 'close'
    else 'ouverte'
  end
  from vague, lateral (
    select case when heure_locale then fuseau_departement(le_departement) else 'Europe/Paris' end as zone
  ) fuseau
  where id = la_vague
$$;

-- Whether the directory of companies knows the structure as it says it is. What was imported from open data is.
alter table structure
  add column verifiee_le timestamptz,
  add column verification_motif text check (verification_motif <> ''),
  add column a_verifier boolean not null default false,
  -- « Commune », « Association » …, as the applicant or the directory says.
  add column nature text check (nature <> ''),
  add constraint structure_verifiee check (verifiee_le is null or not a_verifier);
create index structure_a_verifier on structure (id) where a_verifier;

create table candidature (
  id uuid primary key default uuid_v7(),
  numero bigint not null generated always as identity unique,
  vague_id uuid not null references vague,
  structure_id uuid not null references structure,
  statut text not null default 'brouillon' check (statut in (
    'brouillon', 'abandonnee', 'deposee', 'en_correction', 'instruite', 'retiree', 'doublon',
    'retenue', 'refusee', 'ajournee', 'liste_attente', 'desistee')),
  version integer not null default 1,
  -- What is typed, field by field, as it is typed: a draft may hold what is not yet right.
  saisie jsonb not null default '{}' check (jsonb_typeof(saisie) = 'object' and octet_length(saisie::text) <= 300000),
  saisie_le timestamptz not null default now(),
  -- Whose it is among the structure's managers: submits, and lets others submit.
  porteur_id uuid references personne,
  instructeur_id uuid references personne,
  -- As last submitted.
  categorie text check (categorie in ('publique', 'privee')),
  postes_demandes integer check (postes_demandes between 1 and 500),
  postes_coordinateurs integer check (postes_coordinateurs between 0 and postes_demandes),
  regime_souhaite text check (regime_souhaite in ('forfait', 'taux')),
  -- Gross monthly salary planned, in cents.
  salaire_centimes bigint check (salaire_centimes > 0),
  debut_souhaite date,
  candidat_identifie boolean,
  priorites text[] not null default '{}',
  deposee_le timestamptz,
  fusionnee_dans uuid references candidature,
  cree_le timestamptz not null default now(),
  check (statut in ('brouillon', 'abandonnee') or num_nulls(
    categorie, postes_demandes, postes_coordinateurs, regime_souhaite, salaire_centimes, debut_souhaite,
    candidat_identifie, deposee_le) = 0),
  check ((statut = 'doublon') = (fusionnee_dans is not null)),
  check (fusionnee_dans <> id)
);
create unique index candidature_une_active on candidature (vague_id, structure_id)
  where statut not in ('abandonnee', 'retiree', 'doublon', 'desistee');
create index candidature_structure on candidature (structure_id);
create index candidature_instructeur on candidature (instructeur_id) where instructeur_id is not null;
create index candidature_porteur on candidature (porteur_id) where porteur_id is not null;
create index candidature_fusionnee on candidature (fusionnee_dans) where fusionnee_dans is not null;

-- Each submission as it was made, for ever.
create table candidature_version (
  id uuid primary key default uuid_v7(),
  candidature_id uuid not null references candidature,
  numero integer not null check (numero > 0),
  contenu jsonb not null check (jsonb_typeof(contenu) = 'object'),
  deposee_par uuid references personne,
  deposee_le timestamptz not null default now(),
  unique (candidature_id, numero)
);

-- Places planned, as last submitted.
create table candidature_lieu (
  id uuid primary key default uuid_v7(),
  candidature_id uuid not null references candidature on delete cascade,
  rang integer not null check (rang > 0),
  lieu_id uuid references lieu,
  nom text not null check (nom <> '' and length(nom) <= 200),
  adresse text check (adresse <> ''),
  commune_code text not null references commune,
  itinerant boolean not null default false,
  unique (candidature_id, rang)
);
create index candidature_lieu_commune on candidature_lieu (commune_code);

-- Colleagues of the structure who may submit too; every manager of the structure may write.
create table candidature_depositaire (
  candidature_id uuid not null references candidature on delete cascade,
  personne_id uuid not null references personne,
  accorde_le timestamptz not null default now(),
  primary key (candidature_id, personne_id)
);

create table candidature_piece (
  fichier_id uuid primary key references fichier,
  candidature_id uuid not null references candidature on delete cascade,
  -- A field of the core or the identifier of a question; `message` for what came with a message.
  question text not null check (question <> ''),
  message_id uuid
);
create index candidature_piece_candidature on candidature_piece (candidature_id);

create table candidature_avis (
  id uuid primary key default uuid_v7(),
  candidature_id uuid not null references candidature,
  -- Which préfecture speaks: that of the département or of the région.
  niveau text not null check (niveau in ('departement', 'region')),
  favorable boolean not null,
  postes_proposes integer not null check (postes_proposes >= 0),
  commentaire text not null check (commentaire <> '' and length(commentaire) <= 5000),
  rendu_par uuid references personne,
  rendu_le timestamptz not null default now(),
  check (favorable or postes_proposes = 0),
  check (not favorable or postes_proposes > 0)
);
create index candidature_avis_candidature on candidature_avis (candidature_id, rendu_le desc);

create table candidature_correction (
  id uuid primary key default uuid_v7(),
  candidature_id uuid not null references candidature,
  -- Fields, questions or pieces that may be changed, and no other.
  champs text[] not null check (champs <> '{}'),
  demande text not null check (demande <> '' and length(demande) <= 5000),
  echeance date not null,
  demandee_par uuid references personne,
  demandee_le timestamptz not null default now(),
  relancee_le timestamptz,
  repondue_le timestamptz
);
create unique index candidature_correction_en_cours on candidature_correction (candidature_id) where repondue_le is null;
create index candidature_correction_candidature on candidature_correction (candidature_id);

create table candidature_message (
  id uuid primary key default uuid_v7(),
  candidature_id uuid not null references candidature,
  cote text not null check (cote in ('structure', 'prefecture')),
  auteur_id uuid references personne,
  texte text not null check (texte <> '' and length(texte) <= 10000),
  envoye_le timestamptz not null default now()
);
create index candidature_message_candidature on candidature_message (candidature_id, envoye_le);
alter table candidature_piece add foreign key (message_id) references candidature_message;
create index candidature_piece_message on candidature_piece (message_id) where message_id is not null;

create table candidature_lecture (
  candidature_id uuid not null references candidature on delete cascade,
  personne_id uuid not null references personne on delete cascade,
  lu_le timestamptz not null,
  primary key (candidature_id, personne_id)
);

-- What a préfecture writes for itself.
create table candidature_note (
  id uuid primary key default uuid_v7(),
  candidature_id uuid not null references candidature,
  auteur_id uuid references personne,
  texte text not null check (texte <> '' and length(texte) <= 5000),
  ecrite_le timestamptz not null default now()
);
create index candidature_note_candidature on candidature_note (candidature_id);

-- An index of digital fragility by commune, imported.
create table fragilite (
  commune_code text primary key references commune,
  indice double precision not null check (indice >= 0 and indice < 'infinity'),
  source text not null check (source <> ''),
  importee_le timestamptz not null default now()
);

-- The committee. Sessions known before, from the published files, are closed ones.
alter table seance
  add column numero integer check (numero > 0),
  add column statut text not null default 'close' check (statut in ('preparation', 'ouverte', 'close')),
  add column version integer not null default 1,
  add column lieu text check (lieu <> ''),
  add column ordre_du_jour text check (ordre_du_jour <> ''),
  add column quorum integer not null default 0 check (quorum >= 0),
  add column ouverte_le timestamptz,
  add column close_le timestamptz,
  add constraint seance_numero unique (programme_id, numero);

create table seance_membre (
  seance_id uuid not null references seance,
  personne_id uuid not null references personne,
  fonction text not null default 'membre' check (fonction in ('president', 'secretaire', 'membre')),
  present boolean not null default false,
  primary key (seance_id, personne_id)
);
create unique index seance_un_president on seance_membre (seance_id) where fonction = 'president';
create unique index seance_un_secretaire on seance_membre (seance_id) where fonction = 'secretaire';
create index seance_membre_personne on seance_membre (personne_id);

-- Who has an interest in a file neither sees it nor votes on it.
create table conflit (
  candidature_id uuid not null references candidature,
  personne_id uuid not null references personne,
  motif text not null check (motif <> '' and length(motif) <= 1000),
  declare_le timestamptz not null default now(),
  primary key (candidature_id, personne_id)
);
create index conflit_personne on conflit (personne_id);

create table notation (
  candidature_id uuid not null references candidature,
  critere_id uuid not null references vague_critere,
  personne_id uuid not null references personne,
  note integer not null check (note between 0 and 5),
  notee_le timestamptz not null default now(),
  primary key (candidature_id, critere_id, personne_id)
);
create index notation_critere on notation (critere_id);
create index notation_personne on notation (personne_id);

-- What a session decides until it closes: each commits its posts and its money at once.
create table deliberation (
  id uuid primary key default uuid_v7(),
  seance_id uuid not null references seance,
  candidature_id uuid not null references candidature,
  resultat text not null check (resultat in ('retenue', 'refusee', 'ajournee', 'liste_attente')),
  postes integer not null default 0 check (postes >= 0),
  -- Posts committed at each régime's variant, with what they engage.
  regime_variante_id uuid references regime_variante,
  engagement_id uuid unique references engagement,
  motif text check (motif <> '' and length(motif) <= 3000),
  rang integer check (rang > 0),
  decidee_par uuid references personne,
  decidee_le timestamptz not null default now(),
  version integer not null default 1,
  unique (candidature_id, seance_id),
  check ((resultat = 'retenue') = (postes > 0)),
  check ((resultat = 'retenue') = (engagement_id is not null)),
  check ((resultat = 'retenue') = (regime_variante_id is not null)),
  check ((resultat = 'liste_attente') = (rang is not null)),
  check (resultat not in ('refusee', 'ajournee') or motif is not null)
);
create index deliberation_seance on deliberation (seance_id);
create unique index deliberation_rang on deliberation (seance_id, rang) where rang is not null;

-- Counts the posts decided in the wave and in the quotas of their territory: their ceilings hold however many decide.
create function deliberation_compter(la_candidature uuid, ecart integer) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if ecart = 0 then
    return;
  end if;
  update vague set postes_decides = postes_decides + ecart
  where id = (select vague_id from candidature where id = la_candidature);
  update vague_quota set postes_decides = postes_decides + ecart
  where id in (
    select quota.id
    from candidature
    join structure on structure.id = candidature.structure_id
    join commune on commune.code = structure.commune_code
    join departement on departement.code = commune.departement_code
    join vague_quota quota on quota.vague_id = candidature.vague_id
      and (quota.departement_code = departement.code or quota.region_code = departement.region_code)
    where candidature.id = la_candidature
    order by quota.id
  );
end
$$;
revoke execute on function deliberation_compter(uuid, integer) from public;

create function deliberation_imputer() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    perform deliberation_compter(old.candidature_id, -old.postes);
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    perform deliberation_compter(new.candidature_id, new.postes);
  end if;
  return null;
end
$$;
revoke execute on function deliberation_imputer() from public;
create trigger deliberation_imputee after insert or delete or update of postes, candidature_id on deliberation
  for each row execute function deliberation_imputer();

-- A closed session decides no more; reopening is an act.
create function deliberation_en_seance() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  if not exists (
    select from seance where id = coalesce(new.seance_id, old.seance_id) and statut = 'ouverte' for share
  ) then
    raise exception 'la séance n’est pas ouverte' using errcode = '23514', constraint = 'deliberation_en_seance';
  end if;
  return coalesce(new, old);
end
$$;
revoke execute on function deliberation_en_seance() from public;
create trigger deliberation_en_seance before insert or update or delete on deliberation
  for each row execute function deliberation_en_seance();

-- An allocation that the machine proposes; it decides nothing.
create table proposition (
  id uuid primary key default uuid_v7(),
  seance_id uuid not null references seance,
  statut text not null default 'demandee' check (statut in ('demandee', 'calculee', 'echouee')),
  version integer not null default 1,
  nom text not null check (nom <> '' and length(nom) <= 200),
  poids jsonb not null check (jsonb_typeof(poids) = 'object'),
  demandee_par uuid references personne,
  demandee_le timestamptz not null default now(),
  -- Bounds, gap, duration, totals.
  resultat jsonb check (jsonb_typeof(resultat) = 'object'),
  echec text check (echec <> '')
);
create index proposition_seance on proposition (seance_id);

create table proposition_ligne (
  proposition_id uuid not null references proposition on delete cascade,
  candidature_id uuid not null references candidature,
  postes integer not null check (postes >= 0),
  -- Why it is in or out: binding constraint, distance to the cut, what would have to change.
  explication jsonb not null check (jsonb_typeof(explication) = 'object'),
  primary key (proposition_id, candidature_id)
);
create index proposition_ligne_candidature on proposition_ligne (candidature_id);

-- What a session decided, beside what published files say: which application, why, in which rank.
alter table decision
  add column candidature_id uuid references candidature,
  add column motif text check (motif <> ''),
  add column rang_attente integer check (rang_attente > 0),
  add column promue_le timestamptz,
  -- A lawful withdrawal, an act of its own; what it held is free again.
  add column retiree_le timestamptz,
  add column retrait_motif text check (retrait_motif <> ''),
  add check ((retiree_le is null) = (retrait_motif is null));
create unique index decision_candidature on decision (candidature_id, seance_id) where candidature_id is not null;

-- A letter to a structure or minutes of a session, written once the session is closed: its facts are frozen.
create table acte_de_seance (
  id uuid primary key default uuid_v7(),
  seance_id uuid not null references seance,
  genre text not null check (genre in ('lettre', 'proces_verbal')),
  decision_id uuid references decision,
  -- Of each closing of the session: reopened and closed again, it gives new ones.
  cloture integer not null check (cloture > 0),
  contenu jsonb not null check (jsonb_typeof(contenu) = 'object'),
  fichier_id uuid references fichier,
  faite_le timestamptz,
  check ((genre = 'lettre') = (decision_id is not null)),
  check ((fichier_id is null) = (faite_le is null))
);
create unique index acte_de_seance_une_lettre on acte_de_seance (decision_id, cloture) where decision_id is not null;
create unique index acte_de_seance_un_proces_verbal on acte_de_seance (seance_id, cloture) where genre = 'proces_verbal';
create index acte_de_seance_a_faire on acte_de_seance (seance_id) where faite_le is null;
alter table seance add column clotures integer not null default 0 check (clotures >= 0);

-- Walls.

-- Sessions that the acting person is a member of.
create function acteur_seances() returns setof uuid
language sql stable security definer set search_path = public, pg_temp
as $$ select seance_id from seance_membre where personne_id = acteur_personne() and acteur_role() = 'membre_comite' $$;
revoke execute on function acteur_seances() from public;
grant execute on function acteur_seances() to maillage_application;

do $$
declare
  nom_table text;
begin
  foreach nom_table in array array[
    'vague', 'vague_critere', 'vague_quota', 'vague_question', 'vague_departement', 'candidature',
    'candidature_version', 'candidature_lieu', 'candidature_depositaire', 'candidature_piece', 'candidature_avis',
    'candidature_correction', 'candidature_message', 'candidature_lecture', 'candidature_note', 'fragilite',
    'seance_membre', 'conflit', 'notation', 'deliberation', 'proposition', 'proposition_ligne', 'acte_de_seance'
  ] loop
    execute format('alter table %I enable row level security', nom_table);
  end loop;
  -- What a wave says is read by everybody once it is published, and written nationally.
  foreach nom_table in array array['vague_critere', 'vague_question', 'vague_departement'] loop
    execute format('create policy publique on %I for select to maillage_publique using (vague_id in (select id from vague))', nom_table);
    execute format('grant select on %I to maillage_publique', nom_table);
  end loop;
  foreach nom_table in array array['vague_critere', 'vague_question', 'vague_departement', 'vague_quota'] loop
    execute format('create policy application_lit on %I for select to maillage_application using (true)', nom_table);
    execute format('create policy application_ecrit on %I to maillage_application using ((select acteur_national())) with check ((select acteur_national()))', nom_table);
    execute format('grant select, insert, update, delete on %I to maillage_application', nom_table);
    execute format(
      'create trigger changement after insert or update or delete or truncate on %I
       for each statement execute function signaler_changement()', nom_table);
  end loop;
end
$$;

create policy publique on vague for select to maillage_publique using (statut <> 'preparation');
create policy application_lit on vague for select to maillage_application using (true);
create policy application_ecrit on vague to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
-- What is decided and not announced is not the public's.
revoke select on vague from maillage_publique;
grant select (id, programme_id, rang, nom, ouvre_le, ouverture_precision, ferme_le, priorites, sources, statut, version,
  ouvre_heure, ferme_heure, heure_locale, objectif_postes, minimum_departement, avis_niveau, regimes, coordinateurs,
  presentation) on vague to maillage_publique;

-- A draft is its structure's alone, the others those of its territory; a member of the committee with an interest in a
-- file does not see it.
create policy application_lit on candidature for select to maillage_application using (
  (select acteur_national())
  or ((select acteur_role()) = 'gestionnaire' and structure_id in (select acteur_structures()))
  or (statut not in ('brouillon', 'abandonnee') and (
    ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures_instruites()))
    or ((select acteur_role()) = 'membre_comite'
      and ((select acteur_niveau()) = 'national' or structure_id in (select acteur_structures_instruites()))
      and id not in (select candidature_id from conflit where personne_id = (select acteur_personne())))
  ))
);
create policy application_ajoute on candidature for insert to maillage_application with check (
  (select acteur_role()) = 'operateur'
  or ((select acteur_role()) = 'gestionnaire' and statut = 'brouillon' and structure_id in (select acteur_structures()))
);
create policy application_modifie on candidature for update to maillage_application using (
  (select acteur_role()) in ('operateur', 'administrateur', 'gestionnaire', 'instructeur', 'membre_comite')
);
grant select, insert, update on candidature to maillage_application;

-- What a structure says is changed by the structure alone; what becomes of it, by who instructs and decides.
create function candidature_gardee() returns trigger
language plpgsql
as $$
begin
  if acteur_role() = 'operateur' then
    return new;
  end if;
  if row(new.id, new.vague_id, new.structure_id, new.cree_le) is distinct from row(old.id, old.vague_id, old.structure_id, old.cree_le)
    or (acteur_role() <> 'gestionnaire' and row(
      new.saisie, new.categorie, new.postes_demandes, new.postes_coordinateurs, new.regime_souhaite,
      new.salaire_centimes, new.debut_souhaite, new.candidat_identifie, new.priorites, new.deposee_le
    ) is distinct from row(
      old.saisie, old.categorie, old.postes_demandes, old.postes_coordinateurs, old.regime_souhaite,
      old.salaire_centimes, old.debut_souhaite, old.candidat_identifie, old.priorites, old.deposee_le))
    or (new.statut <> old.statut and case acteur_role()
      when 'gestionnaire' then new.statut not in ('abandonnee', 'deposee', 'retiree', 'desistee')
      when 'instructeur' then new.statut not in ('en_correction', 'deposee', 'instruite', 'doublon')
      else new.statut in ('brouillon', 'abandonnee', 'retiree', 'doublon')
    end)
  then
    raise exception 'ce rôle ne change pas cela d’une candidature' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger candidature_gardee before update on candidature for each row execute function candidature_gardee();

do $$
declare
  nom_table text;
begin
  -- What belongs to an application is read by who reads the application.
  foreach nom_table in array array['candidature_version', 'candidature_lieu', 'candidature_depositaire', 'candidature_correction'] loop
    execute format('create policy application_lit on %I for select to maillage_application using (candidature_id in (select id from candidature))', nom_table);
  end loop;
  -- And written by the structure.
  foreach nom_table in array array['candidature_version', 'candidature_lieu', 'candidature_depositaire'] loop
    execute format('create policy application_ajoute on %I for insert to maillage_application with check ((select acteur_role()) in (''operateur'', ''gestionnaire'') and candidature_id in (select id from candidature))', nom_table);
  end loop;
  foreach nom_table in array array['candidature_lieu', 'candidature_depositaire'] loop
    execute format('create policy application_efface on %I for delete to maillage_application using ((select acteur_role()) in (''operateur'', ''gestionnaire'') and candidature_id in (select id from candidature))', nom_table);
    execute format('grant delete on %I to maillage_application', nom_table);
  end loop;
end
$$;
grant select, insert on candidature_version, candidature_lieu, candidature_depositaire to maillage_application;

-- Files: of the application for who reads it, of messages for the two sides alone.
create policy application_lit on candidature_piece for select to maillage_application using (
  candidature_id in (select id from candidature)
  and (message_id is null or (select acteur_role()) in ('operateur', 'administrateur', 'gestionnaire', 'instructeur'))
);
create policy application_ajoute on candidature_piece for insert to maillage_application with check (
  (select acteur_role()) in ('operateur', 'gestionnaire', 'instructeur') and candidature_id in (select id from candidature)
);
create policy application_efface on candidature_piece for delete to maillage_application using (
  (select acteur_role()) in ('operateur', 'gestionnaire') and candidature_id in (select id from candidature)
);
grant select, insert, delete on candidature_piece to maillage_application;
create policy candidature on fichier for select to maillage_application
  using (id in (select fichier_id from candidature_piece));

-- An opinion is the préfecture's and the committee's; another is added, none is changed.
create policy application_lit on candidature_avis for select to maillage_application using (
  (select acteur_role()) in ('operateur', 'administrateur', 'instructeur', 'membre_comite')
  and candidature_id in (select id from candidature)
);
create policy application_ajoute on candidature_avis for insert to maillage_application with check (
  (select acteur_role()) = 'operateur'
  or ((select acteur_role()) = 'instructeur' and rendu_par = (select acteur_personne())
    and candidature_id in (select id from candidature))
);
grant select, insert on candidature_avis to maillage_application;

create policy application_ajoute on candidature_correction for insert to maillage_application with check (
  (select acteur_role()) in ('operateur', 'instructeur') and candidature_id in (select id from candidature)
);
create policy application_modifie on candidature_correction for update to maillage_application using (
  (select acteur_role()) in ('operateur', 'instructeur', 'gestionnaire') and candidature_id in (select id from candidature)
);
grant select, insert, update (relancee_le, repondue_le) on candidature_correction to maillage_application;

create policy application_lit on candidature_message for select to maillage_application using (
  (select acteur_role()) in ('operateur', 'administrateur', 'gestionnaire', 'instructeur')
  and candidature_id in (select id from candidature)
);
create policy application_ajoute on candidature_message for insert to maillage_application with check (
  candidature_id in (select id from candidature) and case (select acteur_role())
    when 'operateur' then true
    when 'gestionnaire' then cote = 'structure' and auteur_id = (select acteur_personne())
    when 'instructeur' then cote = 'prefecture' and auteur_id = (select acteur_personne())
    else false
  end
);
grant select, insert on candidature_message to maillage_application;

create policy application on candidature_lecture to maillage_application
  using ((select acteur_role()) = 'operateur' or personne_id = (select acteur_personne()))
  with check ((select acteur_role()) = 'operateur'
    or (personne_id = (select acteur_personne()) and candidature_id in (select id from candidature)));
grant select, insert, update, delete on candidature_lecture to maillage_application;

create policy application on candidature_note to maillage_application
  using ((select acteur_role()) in ('operateur', 'instructeur') and candidature_id in (select id from candidature))
  with check ((select acteur_role()) = 'operateur'
    or ((select acteur_role()) = 'instructeur' and auteur_id = (select acteur_personne())
      and candidature_id in (select id from candidature)));
grant select, insert, delete on candidature_note to maillage_application;

create policy publique on fragilite for select to maillage_publique using (true);
create policy application_lit on fragilite for select to maillage_application using (true);
create policy application_ecrit on fragilite to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
grant select on fragilite to maillage_publique;
grant select, insert, update, delete on fragilite to maillage_application;

-- The committee.
create policy membre on seance for select to maillage_application using (id in (select acteur_seances()));
create policy membre_modifie on seance for update to maillage_application using (id in (select acteur_seances()));

create policy application_lit on seance_membre for select to maillage_application
  using ((select acteur_voit_tout()) or seance_id in (select acteur_seances()));
create policy application_ecrit on seance_membre to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()));
create policy application_presence on seance_membre for update to maillage_application
  using (seance_id in (select acteur_seances()));
grant select, insert, update, delete on seance_membre to maillage_application;
create policy membre on personne for select to maillage_application
  using ((select acteur_role()) = 'membre_comite' and id in (select personne_id from seance_membre));

-- Never through `candidature`, whose wall asks this table.
create policy application_lit on conflit for select to maillage_application
  using ((select acteur_national()) or personne_id = (select acteur_personne()));
create policy application_ajoute on conflit for insert to maillage_application with check (
  (select acteur_national())
  or ((select acteur_role()) = 'membre_comite' and personne_id = (select acteur_personne()))
);
create policy application_efface on conflit for delete to maillage_application
  using ((select acteur_national()));
grant select, insert, delete on conflit to maillage_application;

create policy application_lit on notation for select to maillage_application using (
  (select acteur_role()) in ('operateur', 'administrateur', 'membre_comite') and candidature_id in (select id from candidature)
);
create policy application_ecrit on notation to maillage_application
  using ((select acteur_role()) = 'operateur' or personne_id = (select acteur_personne()))
  with check ((select acteur_role()) = 'operateur'
    or ((select acteur_role()) = 'membre_comite' and personne_id = (select acteur_personne())
      and candidature_id in (select id from candidature)));
grant select, insert, update, delete on notation to maillage_application;

create policy application on deliberation to maillage_application
  using ((select acteur_national())
    or (seance_id in (select acteur_seances()) and candidature_id in (select id from candidature)))
  with check ((select acteur_national())
    or (seance_id in (select acteur_seances()) and candidature_id in (select id from candidature)));
grant select, insert, update, delete on deliberation to maillage_application;

create policy application on proposition to maillage_application
  using ((select acteur_national()) or seance_id in (select acteur_seances()))
  with check ((select acteur_national()) or seance_id in (select acteur_seances()));
create policy application_lit on proposition_ligne for select to maillage_application using (
  ((select acteur_national()) or proposition_id in (select id from proposition))
  and candidature_id in (select id from candidature)
);
create policy application_ecrit on proposition_ligne to maillage_application
  using ((select acteur_role()) = 'operateur') with check ((select acteur_role()) = 'operateur');
grant select, insert, update, delete on proposition, proposition_ligne to maillage_application;

create policy application_lit on acte_de_seance for select to maillage_application using (
  (select acteur_national())
  or (genre = 'proces_verbal' and seance_id in (select acteur_seances()))
  or (genre = 'lettre' and decision_id in (
    select id from decision
    where ((select acteur_role()) = 'gestionnaire' and structure_id in (select acteur_structures()))
      or ((select acteur_role()) = 'instructeur' and structure_id in (select acteur_structures_instruites()))))
);
create policy application_ecrit on acte_de_seance to maillage_application
  using ((select acteur_national())) with check ((select acteur_national()) or seance_id in (select acteur_seances()));
grant select, insert, update on acte_de_seance to maillage_application;

-- A structure reads what was decided of it, a refusal too: decisions exist once the session is closed.
create policy application_lit_la_sienne on decision for select to maillage_application using (
  (select acteur_role()) = 'gestionnaire' and candidature_id is not null and structure_id in (select acteur_structures())
);
-- The committee writes what it decides when its session closes.
create policy comite_ajoute on decision for insert to maillage_application
  with check (seance_id in (select acteur_seances()));
create policy comite_ajoute on decision_ligne for insert to maillage_application
  with check (decision_id in (select id from decision where seance_id in (select acteur_seances())));
create policy comite on engagement to maillage_application
  using ((select acteur_role()) = 'membre_comite' and id in (select engagement_id from deliberation))
  with check ((select acteur_role()) = 'membre_comite');

-- Nothing that was decided counts once it is withdrawn, and why is not the public's.
alter policy publique on decision using (publiee_le <= now() and resultat = 'retenue' and retiree_le is null);
revoke select on decision from maillage_publique;
grant select (id, seance_id, structure_id, resultat, publiee_le, publiee_sources, sources, version, retiree_le)
  on decision to maillage_publique;
create or replace view ligne_retenue with (security_invoker = false, security_barrier = true) as
select
  decision_ligne.id as ligne_id,
  decision_ligne.decision_id,
  decision.structure_id,
  decision.seance_id,
  decision.publiee_le,
  seance.date as seance_date,
  seance.programme_id,
  decision_ligne.categorie,
  decision_ligne.postes,
  decision_ligne.zrr,
  decision_ligne.qpv,
  decision_ligne.france_services,
  decision_ligne.regime_variante_id,
  engagement.montant_centimes,
  engagement.enveloppe_id,
  commune.code as commune_code,
  commune.epci_code,
  commune.arrondissement_code,
  commune.departement_code,
  departement.region_code
from decision_ligne
join decision on decision.id = decision_ligne.decision_id and decision.resultat = 'retenue' and decision.retiree_le is null
join seance on seance.id = decision.seance_id
join engagement on engagement.id = decision_ligne.engagement_id
join structure on structure.id = decision.structure_id
left join commune on commune.code = structure.commune_code
left join departement on departement.code = commune.departement_code
where (decision.publiee_le <= now() and (not (select lecture_par_acte()) or (select acteur_present())))
  or ((select lecture_par_acte()) and (
    (select acteur_voit_tout()) or commune.departement_code in (select acteur_departements_instruits())
  ));
