-- What administrators read of the service itself, and what goes with a person who is erased.

-- How far the journal is sealed.
create policy national_lit on journal_sceau for select to maillage_application using ((select acteur_national()));

-- What was written to somebody before they had an account is theirs too.
create policy destinataire_lit on courriel for select to maillage_application using (
  destinataire = (select personne.courriel from personne where personne.id = (select acteur_personne()))
);
