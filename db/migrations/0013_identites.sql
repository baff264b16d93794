-- Six digits are soon guessed by whoever may try without end: wrong codes are counted, whatever process receives them.
alter table second_facteur
  add column echecs integer not null default 0,
  add column bloque_jusqu_a timestamptz;
