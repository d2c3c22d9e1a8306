-- A signed-in identity may find its own staff rows before a provider is chosen, and only those.
create policy staff_sign_in on staff for select to plumbline_app
  using (issuer = (select nullif(current_setting('app.issuer', true), '')) and subject = (select nullif(current_setting('app.subject', true), '')));
create policy staff_roles_sign_in on staff_roles for select to plumbline_app
  using (exists (
    select from staff where staff.provider_id = staff_roles.provider_id and staff.id = staff_roles.staff_id
      and staff.issuer = (select nullif(current_setting('app.issuer', true), '')) and staff.subject = (select nullif(current_setting('app.subject', true), ''))));

-- A role is taken away by deleting its row; the audit keeps who did it.
grant delete on staff_roles to plumbline_app;

-- The audit only grows.
revoke update on audit_entries from plumbline_app;
create function plumbline_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;
create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function plumbline_append_only();
create trigger audit_entries_keep before truncate on audit_entries for each statement execute function plumbline_append_only();
