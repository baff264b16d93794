-- The journal among several: who may read which line, personal values apart, seals.

alter table journal
  -- The person who acted, if it was one: « personne:<uuid> ».
  add column personne_id uuid generated always as (
    case when acteur like 'personne:%' then substr(acteur, 10)::uuid end
  ) stored,
  -- Whose file the line belongs to. No reference: the journal outlives what it tells of.
  add column departement_code text,
  add column structure_id uuid,
  -- Never leaves the server in a backup: a restored line takes the number of the transaction that restores it.
  add column transaction_id xid8 not null default pg_current_xact_id();
create index journal_personne on journal (personne_id, id) where personne_id is not null;
create index journal_departement on journal (departement_code, id) where departement_code is not null;
create index journal_structure on journal (structure_id, id) where structure_id is not null;
create index journal_acte on journal (acte, id);
create index journal_instant on journal (instant);
create index journal_transaction on journal (transaction_id);

-- A transaction has its number before it takes that of a line: a seal can then tell the late line from the forged one.
create function journal_prend_un_numero() returns trigger
language plpgsql
as $$
begin
  perform pg_current_xact_id();
  return null;
end
$$;
create trigger journal_numero before insert on journal
  for each statement execute function journal_prend_un_numero();

-- Personal values before and after an act, that may be erased: the journal itself holds none.
create table journal_personnel (
  journal_id bigint not null references journal,
  personne_id uuid not null references personne on delete cascade,
  valeurs jsonb not null,
  primary key (journal_id, personne_id)
);
create index journal_personnel_personne on journal_personnel (personne_id);

-- A set of lines, each by its digest, chained to the set before.
create table journal_sceau (
  numero integer primary key check (numero > 0),
  instant timestamptz not null,
  -- Numbers of the lines, ascending, and their SHA-256 one after the other in the same order.
  lignes bigint[] not null check (cardinality(lignes) > 0),
  empreintes bytea not null check (length(empreintes) = 32 * cardinality(lignes)),
  premiere bigint not null generated always as (lignes[1]) stored,
  derniere bigint not null generated always as (lignes[cardinality(lignes)]) stored,
  nombre integer not null generated always as (cardinality(lignes)) stored,
  precedente bytea,
  empreinte bytea not null unique,
  -- Every transaction before `horizon` was decided, and its lines sealed; one after `transaction_id` had not begun to write.
  -- The defaults serve a restoration: like those of the journal, these numbers stay on their server.
  horizon xid8 not null default pg_snapshot_xmin(pg_current_snapshot()),
  transaction_id xid8 not null default pg_current_xact_id(),
  check ((precedente is null) = (numero = 1))
);
create index journal_sceau_derniere on journal_sceau (derniere);
create trigger journal_definitif before update or delete or truncate on journal_sceau
  for each statement execute function journal_est_definitif();

alter table journal enable row level security;
alter table journal_personnel enable row level security;
alter table journal_sceau enable row level security;

-- Number, instant and transaction are the database's to write.
revoke insert on journal from maillage_application, maillage_acces;
grant insert (acteur, role, acte, objet_type, objet_id, motif, contenu, departement_code, structure_id)
  on journal to maillage_application, maillage_acces;
-- currval: which line the personal values go with, where the line itself may not be read.
grant select on sequence journal_id_seq to maillage_application, maillage_acces;
grant select, insert, delete on journal_personnel to maillage_application;
grant insert on journal_personnel to maillage_acces;
grant select, insert on journal_sceau to maillage_application;

-- Nobody writes in another's name, or in a role that is not the acting one.
create policy application_ajoute on journal for insert to maillage_application with check (
  (select acteur_role()) = 'operateur'
  or (
    acteur = 'personne:' || (select acteur_personne())::text
    and role = case (select acteur_role()) when 'aucun' then 'visiteur' else (select acteur_role()) end
  )
);
-- Mine: what I did, what was done to my account. Ours: the file of the territory or of the structure that I look after.
create policy application_lit on journal for select to maillage_application using (
  (select acteur_national())
  or acteur = 'personne:' || (select acteur_personne())::text
  or (objet_type = 'personne' and objet_id = (select acteur_personne())::text)
  or ((select acteur_role()) = 'instructeur' and departement_code in (select acteur_departements()))
  or ((select acteur_role()) in ('instructeur', 'gestionnaire') and structure_id in (select acteur_structures()))
);
create policy acces on journal for insert to maillage_acces with check (true);

create policy application_ajoute on journal_personnel for insert to maillage_application
  with check ((select acteur_role()) = 'operateur' or (select acteur_personne()) is not null);
create policy application_lit on journal_personnel for select to maillage_application
  using ((select acteur_national()) or personne_id = (select acteur_personne()));
create policy application_efface on journal_personnel for delete to maillage_application
  using ((select acteur_national()));
create policy acces on journal_personnel for insert to maillage_acces with check (true);

create policy application on journal_sceau to maillage_application
  using ((select acteur_role()) = 'operateur') with check ((select acteur_role()) = 'operateur');

-- An invitation is its addressee's too, for the export of their data.
create policy invite_lit on invitation for select to maillage_application using (
  acceptee_par = (select acteur_personne())
  or courriel = (select personne.courriel from personne where personne.id = (select acteur_personne()))
);
-- A mail to a person whose data are erased goes with them.
create policy national_efface on courriel for delete to maillage_application using ((select acteur_national()));
