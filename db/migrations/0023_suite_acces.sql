-- What an act writes of people may be erased: the reason of an invitation and of a claim too. A file of invitations is
-- sent by a job.

-- Whoever is invited, or claims, has no account yet: what concerns them goes with the invitation or with the claim.
alter table journal_personnel
  drop constraint journal_personnel_pkey,
  alter column personne_id drop not null,
  add column invitation_id uuid references invitation on delete cascade,
  add column revendication_id uuid references revendication on delete cascade,
  add constraint journal_personnel_de_quelqu_un check (num_nonnulls(personne_id, invitation_id, revendication_id) = 1),
  add constraint journal_personnel_une_fois
    unique nulls not distinct (journal_id, personne_id, invitation_id, revendication_id);
create index journal_personnel_invitation on journal_personnel (invitation_id) where invitation_id is not null;
create index journal_personnel_revendication on journal_personnel (revendication_id) where revendication_id is not null;

-- From the demand on, the lines leave by a job; `traitee_le` says that the last one is done.
alter table lot_invitation
  add column demandee_le timestamptz,
  add constraint lot_invitation_demandee check (traitee_le is null or demandee_le is not null) not valid;
update lot_invitation set demandee_le = traitee_le where traitee_le is not null;
alter table lot_invitation validate constraint lot_invitation_demandee;
