-- The public site: search by name, and word of every change to what it shows.

create extension if not exists pg_trgm;

-- Capitals without accents or punctuation: the same form as `nomRecherche` of the room structures.
create function nom_recherche(texte text) returns text
language sql immutable strict parallel safe
as $$
  select trim(regexp_replace(
    upper(regexp_replace(
      normalize(replace(replace(replace(replace(texte, 'œ', 'oe'), 'Œ', 'OE'), 'æ', 'ae'), 'Æ', 'AE'), NFD),
      '[\u0300-\u036f]', '', 'g'
    )),
    '[^A-Z0-9]+', ' ', 'g'
  ))
$$;

-- Everything a structure is looked for by.
alter table structure add column recherche text not null generated always as (
  nom_recherche(
    coalesce(libelle_public, '') || ' ' || coalesce(raison_sociale, '') || ' ' || coalesce(identifiant, '')
  )
) stored;
create index structure_recherche on structure using gin (recherche gin_trgm_ops);

-- Pages are kept once drawn. Whatever they show, its change is told to every process when it is committed, and the
-- kept pages are forgotten. A test holds that no table the public may read is left out.
create function signaler_changement() returns trigger
language plpgsql
as $$
begin
  perform pg_notify('maillage_changement', '');
  return null;
end
$$;

do $$
declare
  nom_table text;
begin
  foreach nom_table in array array[
    'region', 'departement', 'arrondissement', 'epci', 'commune', 'commune_code_postal', 'commune_ancienne', 'contour',
    'programme', 'enveloppe', 'regime', 'regime_variante', 'vague', 'structure', 'seance', 'decision',
    'decision_ligne', 'engagement', 'lieu', 'equipe', 'plan_departemental', 'mesure', 'en_tete', 'communique'
  ] loop
    execute format(
      'create trigger changement after insert or update or delete or truncate on %I
       for each statement execute function signaler_changement()',
      nom_table
    );
  end loop;
end
$$;
