-- A row is seen where its file, structure or decision is. Asked as « exists », the planner looks that one up for a page of
-- one file, and lists them all for a page of many; asked as « in », it listed all of them each time.
do $$
declare
  mur record;
  parent text;
  avant text;
  apres text;
begin
  for mur in
    select tablename, policyname, qual, with_check from pg_policies
    where schemaname = 'public' and coalesce(qual, '') || coalesce(with_check, '') ~ 'IN \( SELECT (candidature|structure|decision)\.id\s+FROM \1\)'
  loop
    foreach parent in array array['candidature', 'structure', 'decision'] loop
      avant := format('%1$s_id IN \( SELECT %1$s\.id\s+FROM %1$s\)', parent);
      apres := format('EXISTS (SELECT FROM %1$s WHERE %1$s.id = %2$I.%1$s_id)', parent, mur.tablename);
      mur.qual := regexp_replace(mur.qual, avant, apres, 'g');
      mur.with_check := regexp_replace(mur.with_check, avant, apres, 'g');
    end loop;
    execute format('alter policy %I on %I', mur.policyname, mur.tablename)
      || coalesce(' using (' || mur.qual || ')', '') || coalesce(' with check (' || mur.with_check || ')', '');
  end loop;
end
$$;

-- How many rows they give, for whoever joins them: a handful, not the thousand that is supposed otherwise.
alter function candidature_doubles(uuid) rows 5;
alter function agents_de_prefecture(text[]) rows 10;
