-- What the file last said of a line, unknown values included: the same row finds the same line again, even where the line
-- knows more than its row does. Null where no file has said anything since this column is there.
alter table decision_ligne add column dit jsonb;
