-- Walls that followed the territory alone follow the role too.

-- Private files of a structure: its managers and whoever instructs its territory. A préfecture's: its agents.
drop policy application on fichier;
create policy application on fichier to maillage_application using (
  (select acteur_national())
  or ((select acteur_role()) in ('instructeur', 'gestionnaire') and structure_id in (select acteur_structures()))
  or ((select acteur_role()) = 'instructeur' and departement_code in (select acteur_departements()))
  or (structure_id is null and departement_code is null and depose_par = (select acteur_personne()))
);

-- What may be seen of others is what they hold on what one looks after, or on one's own team.
drop policy application_lit on attribution;
create policy application_lit on attribution for select to maillage_application using (
  (select acteur_national())
  or personne_id = (select acteur_personne())
  or ((select acteur_role()) = 'instructeur' and (
    (region_code = (select acteur_perimetre()) and (select acteur_niveau()) = 'region')
    or departement_code in (select acteur_departements())))
  or ((select acteur_role()) in ('instructeur', 'gestionnaire') and (
    structure_id in (select acteur_structures())
    or equipe_id in (select id from equipe where structure_id in (select acteur_structures()))))
  or ((select acteur_role()) = 'coordinateur' and equipe_id::text = (select acteur_perimetre()))
);

-- Somebody who left is seen for a year by those who looked after them.
drop policy application_lit on personne;
create policy application_lit on personne for select to maillage_application using (
  (select acteur_national())
  or id = (select acteur_personne())
  or id in (
    select personne_id from attribution
    where coalesce(least(retiree_le, fin), 'infinity') > now() - interval '12 months')
);

-- Mail is read back by signing in for the mailbox of the demonstration: elsewhere, links that open doors stay closed.
create function demonstration_chargee() returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$ select exists (select from decision where 'demo' = any (sources)) $$;
revoke execute on function demonstration_chargee() from public;
grant execute on function demonstration_chargee() to maillage_acces;
drop policy acces on courriel;
create policy acces on courriel for select to maillage_acces using ((select demonstration_chargee()));

-- A refusal is not an announcement.
create or replace function structure_annoncee(la_structure uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select exists (
    select from decision where structure_id = la_structure and resultat = 'retenue' and publiee_le <= now())
$$;

-- Who wrote and who proofread is not taken away: the row goes with its communiqué.
revoke delete on communique_suivi from maillage_application;

-- What acts with the rights of its owner is called by who needs it. Triggers need nobody's right.
revoke execute on function est_boite_de_service(text) from public;
grant execute on function est_boite_de_service(text) to maillage_application, maillage_acces;
revoke execute on function engagement_imputer() from public;
revoke execute on function administrateur_restant() from public;
revoke execute on function fichiers_suivent_la_personne() from public;
revoke execute on function fermer_portes() from public;
revoke execute on function boite_sans_compte() from public;
revoke execute on function communique_suivre() from public;

-- What somebody sent or confirmed is theirs to know, for the export of their data.
create policy sien on import_depot for select to maillage_application using (
  depose_par = (select acteur_personne()) or confirme_par = (select acteur_personne())
);

-- Why something was done to a person: read by who reads the line, until it is erased. Other values stay with the person.
create policy motif_suit_la_ligne on journal_personnel for select to maillage_application using (
  valeurs ? 'motif' and valeurs - 'motif' = '{}'
  and exists (select from journal where journal.id = journal_id)
);
