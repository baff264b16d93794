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
-- What somebody meant who mistyped the name of a commune.
create index commune_nom_ressemblant on commune using gin (nom_recherche gin_trgm_ops);

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

-- What every indicator and list counts, read at once instead of through the row policies of four tables, each asking
-- the others for every row (ten times slower). The view reads as its owner: the wall is its last condition, and it is
-- the policy of `decision`, whoever asks but the application.
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
join decision on decision.id = decision_ligne.decision_id and decision.resultat = 'retenue'
join seance on seance.id = decision.seance_id
join engagement on engagement.id = decision_ligne.engagement_id
join structure on structure.id = decision.structure_id
left join commune on commune.code = structure.commune_code
left join departement on departement.code = commune.departement_code
where decision.publiee_le <= now() or current_user = 'maillage_application';

-- Seconds until something becomes public by itself: kept pages are forgotten then. Says when, never what.
create function secondes_avant_annonce() returns double precision
language sql stable security definer set search_path = public, pg_temp
as $$
  select extract(epoch from min(instant) - clock_timestamp())::double precision
  from (
    select publiee_le as instant from decision where publiee_le > now()
    union all
    select publie_le from communique where statut = 'publie' and publie_le > now()
  ) attendu
$$;
revoke execute on function secondes_avant_annonce() from public;
grant execute on function secondes_avant_annonce() to maillage_publique;

-- Metres between two points (degrees, WGS 84) as the crow flies: haversine on the mean sphere, right within 0.5 %.
create function distance_metres(
  latitude_a double precision, longitude_a double precision, latitude_b double precision, longitude_b double precision
) returns double precision
language sql immutable parallel safe
as $$
  select 2 * 6371008.8 * asin(least(1, sqrt(
    sin(radians(latitude_b - latitude_a) / 2) ^ 2
    + cos(radians(latitude_a)) * cos(radians(latitude_b)) * sin(radians(longitude_b - longitude_a) / 2) ^ 2
  )))
$$;

-- The same walls, asked once for a query and not once for a row.
alter policy publique on structure using (id in (select structure_id from decision));
alter policy publique on seance using (id in (select seance_id from decision));
alter policy publique on decision_ligne using (decision_id in (select id from decision));
alter policy publique on lieu using (structure_id in (select structure_id from decision));
alter policy publique on equipe using (structure_id in (select structure_id from decision));
