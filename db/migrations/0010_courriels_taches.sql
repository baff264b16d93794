-- Mail that waits to leave, and what the jobs have done.

-- Sends mail: reads and marks the outbox, and nothing else.
do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'maillage_expedition') then
      create role maillage_expedition nologin;
    end if;
  exception when duplicate_object or unique_violation then
    null;
  end;
  begin
    if not pg_has_role(current_user, 'maillage_expedition', 'member') then
      grant maillage_expedition to current_user;
    end if;
  exception when unique_violation then
    null;
  end;
end
$$;
grant usage on schema public to maillage_expedition;

create table courriel (
  id uuid primary key default uuid_v7(),
  -- The same key twice is one mail.
  cle text unique,
  destinataire text not null check (destinataire ~ '^[^@\s[:cntrl:]]+@[^@\s[:cntrl:]]+$' and length(destinataire) <= 254),
  -- A line break here would be another header.
  objet text not null check (objet <> '' and objet !~ '[[:cntrl:]]'),
  -- What it says: {"paragraphes": […], "lien": {"texte", "href"}}; `{}` once forgotten.
  contenu jsonb not null check (jsonb_typeof(contenu) = 'object'),
  -- Address of a link that opens a door: readable by signing in and by the sender alone.
  lien_secret text,
  personne_id uuid references personne on delete cascade,
  objet_type text,
  objet_id text,
  statut text not null default 'en_attente' check (statut in ('en_attente', 'envoye', 'abandonne')),
  tentatives integer not null default 0,
  prochain_essai_le timestamptz not null default now(),
  derniere_erreur text,
  -- Said at the first attempt, the same at each.
  message_id text,
  cree_le timestamptz not null default now(),
  envoye_le timestamptz,
  check ((statut = 'envoye') = (envoye_le is not null))
);
create index courriel_a_envoyer on courriel (prochain_essai_le) where statut = 'en_attente';
create index courriel_personne on courriel (personne_id) where personne_id is not null;
create index courriel_objet on courriel (objet_type, objet_id) where objet_id is not null;
create index courriel_cree on courriel (cree_le);

-- The one way in: whoever acts may write to anybody, without reading what others were written.
create function deposer_courriel(
  la_cle text, le_destinataire text, l_objet text, le_contenu jsonb, le_lien_secret text,
  la_personne uuid, l_objet_type text, l_objet_id text
) returns uuid
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  depose uuid;
begin
  insert into courriel (cle, destinataire, objet, contenu, lien_secret, personne_id, objet_type, objet_id)
  values (la_cle, le_destinataire, l_objet, le_contenu, le_lien_secret, la_personne, l_objet_type, l_objet_id)
  on conflict (cle) do nothing returning id into depose;
  if depose is null then
    select id into strict depose from courriel where cle = la_cle;
  else
    -- Heard at the end of the act, if it ends well.
    perform pg_notify('maillage_courriel', '');
  end if;
  return depose;
end
$$;
revoke execute on function deposer_courriel(text, text, text, jsonb, text, uuid, text, text) from public;
grant execute on function deposer_courriel(text, text, text, jsonb, text, uuid, text, text)
  to maillage_application, maillage_acces;

alter table courriel enable row level security;
create policy application_lit on courriel for select to maillage_application
  using ((select acteur_national()) or personne_id = (select acteur_personne()));
create policy application_modifie on courriel for update to maillage_application using ((select acteur_national()));
create policy application_efface on courriel for delete to maillage_application
  using ((select acteur_role()) = 'operateur');
create policy acces on courriel for select to maillage_acces using (true);
create policy expedition on courriel to maillage_expedition using (true) with check (true);

grant select (id, cle, destinataire, objet, contenu, personne_id, objet_type, objet_id, statut, tentatives,
  prochain_essai_le, derniere_erreur, message_id, cree_le, envoye_le) on courriel to maillage_application;
-- A secret may be forgotten by who may not read it.
grant update (contenu, lien_secret, statut, tentatives, prochain_essai_le, derniere_erreur) on courriel
  to maillage_application;
grant delete on courriel to maillage_application;
grant select on courriel to maillage_acces;
grant select, update on courriel to maillage_expedition;

-- How each job of the catalogue last went; the queue itself forgets.
create table tache (
  nom text primary key,
  declaree_le timestamptz not null default now(),
  reussie_le timestamptz,
  echouee_le timestamptz,
  derniere_erreur text
);

-- Jobs whose effect was applied, written in the transaction of the effect: a job taken up again applies none.
create table tache_faite (
  id uuid primary key,
  tache text not null,
  faite_le timestamptz not null default now()
);
create index tache_faite_le on tache_faite (faite_le);

alter table tache enable row level security;
alter table tache_faite enable row level security;
create policy application_lit on tache for select to maillage_application using ((select acteur_national()));
create policy application_ajoute on tache for insert to maillage_application
  with check ((select acteur_role()) = 'operateur');
create policy application_modifie on tache for update to maillage_application
  using ((select acteur_role()) = 'operateur');
create policy application on tache_faite to maillage_application
  using ((select acteur_role()) = 'operateur') with check ((select acteur_role()) = 'operateur');
grant select, insert, update on tache to maillage_application;
grant select, insert, delete on tache_faite to maillage_application;
