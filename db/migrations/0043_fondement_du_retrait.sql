-- On what ground of law a decision is withdrawn; those withdrawn before were said unlawful.
alter table decision add column retrait_fondement text
  check (retrait_fondement in ('illegalite', 'conditions', 'fraude', 'demande'));
