-- On what ground of law a decision is withdrawn; those withdrawn before were said unlawful. Null where the structure gave
-- its posts up.
alter table decision add column retrait_fondement text
  check (retrait_fondement in ('illegalite', 'conditions', 'fraude', 'demande'));
update decision set retrait_fondement = 'illegalite'
  where retiree_le is not null
    and not exists (select from candidature where candidature.id = candidature_id and statut = 'desistee');
