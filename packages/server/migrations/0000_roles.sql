-- The role every request runs as: no login, no ownership, no way past row-level security.
do $$
begin
  if not exists (select from pg_roles where rolname = 'plumbline_app') then
    create role plumbline_app nologin nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of this cluster made it at the same moment
end $$;

grant usage on schema public to plumbline_app;
do $$
begin
  if not pg_has_role(current_user, 'plumbline_app', 'member') then
    execute format('grant plumbline_app to %I', current_user);
  end if;
end $$;

-- Puts the wall between tenants round one table: forced row-level security by provider_id, and the application's rights.
-- The sub-select is evaluated once per plan node, not once per row; nullif because an ended setting is '', not null.
create function plumbline_protect(table_name text, schema_name text default 'public') returns void language plpgsql as $$
begin
  execute format('grant usage on schema %I to plumbline_app', schema_name);
  execute format('alter table %I.%I enable row level security', schema_name, table_name);
  execute format('alter table %I.%I force row level security', schema_name, table_name);
  execute format(
    'create policy %I on %I.%I for all to plumbline_app
       using (provider_id = (select nullif(current_setting(''app.provider_id'', true), '''')::uuid))
       with check (provider_id = (select nullif(current_setting(''app.provider_id'', true), '''')::uuid))',
    table_name || '_tenant', schema_name, table_name);
  execute format('grant select, insert, update on %I.%I to plumbline_app', schema_name, table_name);
end $$;
revoke execute on function plumbline_protect(text, text) from public;
