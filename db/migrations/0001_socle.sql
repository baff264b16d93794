-- The ground: roles, identifiers, journal.

create table migration (
  numero integer primary key,
  nom text not null,
  empreinte text not null,
  appliquee_le timestamptz not null default now()
);

-- Roles belong to the whole server: another Maillage on it may have made them already.
do $$
declare
  nom_role text;
begin
  foreach nom_role in array array['maillage_application', 'maillage_publique'] loop
    begin
      if not exists (select from pg_roles where rolname = nom_role) then
        execute format('create role %I nologin', nom_role);
      end if;
    exception when duplicate_object or unique_violation then
      null;
    end;
    begin
      if not pg_has_role(current_user, nom_role, 'member') then
        execute format('grant %I to current_user', nom_role);
      end if;
    exception when unique_violation then
      null;
    end;
  end loop;
end
$$;

revoke create on schema public from public;
grant usage on schema public to maillage_application, maillage_publique;
grant select on migration to maillage_application, maillage_publique;

-- UUID version 7 (RFC 9562): 48 bits of milliseconds, then chance. PostgreSQL has its own from 18 on only.
create function uuid_v7() returns uuid
language sql volatile parallel safe
as $$
  select encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6
        ),
        52, 1
      ),
      53, 1
    ),
    'hex'
  )::uuid
$$;

-- Every act, for ever: who, as what, on what, why. Identifiers and non-personal values only.
create table journal (
  id bigint generated always as identity primary key,
  instant timestamptz not null default clock_timestamp(),
  acteur text not null check (acteur <> ''),
  role text not null check (role <> ''),
  acte text not null check (acte <> ''),
  objet_type text not null,
  objet_id text not null,
  motif text,
  contenu jsonb not null default '{}'
);
create index journal_objet on journal (objet_type, objet_id, id);

create function journal_est_definitif() returns trigger
language plpgsql
as $$
begin
  raise exception 'le journal ne se modifie pas' using errcode = 'insufficient_privilege';
end
$$;

create trigger journal_definitif
  before update or delete or truncate on journal
  for each statement execute function journal_est_definitif();

grant select, insert on journal to maillage_application;
