-- What the page of each role asks at each visit, in few words for the planner.

-- The address of whoever acts. Read from `personne`, behind its own wall, it cost more to plan than the rest of the query.
create function acteur_courriel() returns text
language sql stable security definer set search_path = public, pg_temp
as $$ select courriel from personne where id = acteur_personne() $$;
revoke execute on function acteur_courriel() from public;
grant execute on function acteur_courriel() to maillage_application;

drop policy invite_lit on invitation;
create policy invite_lit on invitation for select to maillage_application using (
  acceptee_par = (select acteur_personne()) or courriel = (select acteur_courriel())
);
drop policy demandeur_lit on revendication;
create policy demandeur_lit on revendication for select to maillage_application using (
  courriel = (select acteur_courriel())
);
drop policy destinataire_lit on courriel;
create policy destinataire_lit on courriel for select to maillage_application using (
  destinataire = (select acteur_courriel())
);

-- What waits in the account of whoever acts, and of nobody else; the tables of signing in stay closed.
create function acteur_compte(
  out second_facteur boolean,
  out second_facteur_du boolean,
  out codes integer,
  -- Until when a new address may be confirmed.
  out changement_expire_le timestamptz,
  -- Roles that end within a month, and replacements that have not begun.
  out roles_finissants integer,
  out role_fin timestamptz,
  out suppleances integer,
  out suppleance_du timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select
    exists (select from second_facteur where personne_id = acteur_personne() and confirme_le is not null),
    coalesce(bool_or(role in ('administrateur', 'membre_comite') and attribution_en_cours(a)), false),
    (select count(*)::integer from code_secours where personne_id = acteur_personne() and utilise_le is null),
    (select min(expire_le) from changement_courriel
      where personne_id = acteur_personne() and utilise_le is null and expire_le > now()),
    count(*) filter (where fin < now() + interval '30 days' and attribution_en_cours(a))::integer,
    min(fin) filter (where fin < now() + interval '30 days' and attribution_en_cours(a)),
    count(*) filter (where suppleance_de is not null and du > now())::integer,
    min(du) filter (where suppleance_de is not null and du > now())
  from attribution a where personne_id = acteur_personne() and retiree_le is null
$$;
revoke execute on function acteur_compte() from public;
grant execute on function acteur_compte() to maillage_application;
