-- What a closing gives: letters and minutes, kept whatever room is left, read by those whom they are for.

-- A document that the programme makes: it takes nothing of its owner's room, and nobody hands it in.
alter table fichier
  add column officiel boolean not null default false,
  add constraint fichier_officiel check (not officiel or depose_par is null);
drop index fichier_proprietaire;
create index fichier_proprietaire on fichier (proprietaire) include (taille) where efface_le is null and not officiel;
create policy officiel on fichier as restrictive for insert to maillage_application
  with check (not officiel or (select acteur_national()));

-- The document of an act is read by who reads the act.
create index acte_de_seance_fichier on acte_de_seance (fichier_id) where fichier_id is not null;
create policy acte_de_seance on fichier for select to maillage_application
  using (exists (select from acte_de_seance where acte_de_seance.fichier_id = fichier.id));

-- A document is written once: what was sent stays what it was.
create function acte_de_seance_definitif() returns trigger
language plpgsql
as $$
begin
  raise exception 'un document envoyé ne se refait pas' using errcode = 'insufficient_privilege';
end
$$;
create trigger acte_de_seance_definitif before update on acte_de_seance
  for each row when (old.faite_le is not null
    and row(new.fichier_id, new.faite_le, new.contenu) is distinct from row(old.fichier_id, old.faite_le, old.contenu))
  execute function acte_de_seance_definitif();

-- How far the documents of the last closing are, for the members of the session and the administrators.
create function avancement_de_seance(la_seance uuid)
returns table (lettres integer, lettres_faites integer, proces_verbal boolean)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*) filter (where genre = 'lettre')::integer,
    count(*) filter (where genre = 'lettre' and faite_le is not null)::integer,
    coalesce(bool_or(genre = 'proces_verbal' and faite_le is not null), false)
  from acte_de_seance
  where seance_id = la_seance
    and cloture >= coalesce((
      select max(cloture) from acte_de_seance where seance_id = la_seance and genre = 'proces_verbal'), 0)
    and ((select acteur_national()) or seance_id in (select acteur_seances()))
$$;
revoke execute on function avancement_de_seance(uuid) from public;
grant execute on function avancement_de_seance(uuid) to maillage_application;
