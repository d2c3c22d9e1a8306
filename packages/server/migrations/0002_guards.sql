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

-- rule-sets: what was published and what was decided never changes and never goes.
revoke update on rule_set_versions, decisions from plumbline_app;
create function plumbline_immutable() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % is never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger rule_set_versions_immutable before update or delete on rule_set_versions for each row execute function plumbline_immutable();
create trigger rule_set_versions_keep before truncate on rule_set_versions for each statement execute function plumbline_immutable();
create trigger decisions_immutable before update or delete on decisions for each row execute function plumbline_immutable();
create trigger decisions_keep before truncate on decisions for each statement execute function plumbline_immutable();

-- tasks: a person of one side of the wall reads no task of the other; one of neither side is for its owner and for those who serve neither.
-- Opening one across the wall is allowed, reading it back is not.
create policy tasks_side on tasks as restrictive for select to plumbline_app
  using ((select current_setting('app.side', true)) in (side, 'neutral')
    or (side = 'neutral' and owner_id = (select nullif(current_setting('app.actor_id', true), '')::uuid)));

-- assessments: what was said and judged is only added to. Signed or discarded, an assessment stays as it is;
-- only what judgement moves (band, review, the newest safeguarding decision) still changes.
revoke update on assessment_answers, assessment_situation, assessment_judgements from plumbline_app;
create function plumbline_assessment_stays() returns trigger language plpgsql as $$
declare
  moved_by_judgement constant text[] := array['band_at_least', 'band_at_most', 'band_at_most_number', 'review_due_on', 'safeguarding_decision_id', 'version'];
begin
  if old.status <> 'draft' and to_jsonb(new) - moved_by_judgement is distinct from to_jsonb(old) - moved_by_judgement then
    raise exception 'an assessment that is % stays as it is', old.status using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger assessments_stay before update on assessments for each row execute function plumbline_assessment_stays();
create function plumbline_answers_of_a_draft() returns trigger language plpgsql as $$
begin
  if not exists (select from assessments where provider_id = new.provider_id and id = new.assessment_id and status = 'draft') then
    raise exception 'only a draft is answered' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger assessment_answers_of_a_draft before insert on assessment_answers for each row execute function plumbline_answers_of_a_draft();
create trigger assessment_situation_of_a_draft before insert on assessment_situation for each row execute function plumbline_answers_of_a_draft();

-- Participants and cases: what was corrected, how a case moved and what happened in it only grows.
revoke update on participant_corrections, case_status_changes, case_events from plumbline_app;

-- Referrals: answers and what was told are only added to.
revoke update on referral_facts from plumbline_app;
revoke update on referrer_feedback from plumbline_app;

-- The partner schema: a call-back is left from either side, and read or changed from the partner side alone.
create policy safe_call_backs_read on partner.safe_call_backs as restrictive for select to plumbline_app
  using ((select current_setting('app.side', true)) = 'partner');
create policy safe_call_backs_change on partner.safe_call_backs as restrictive for update to plumbline_app
  using ((select current_setting('app.side', true)) = 'partner') with check ((select current_setting('app.side', true)) = 'partner');

-- Intake: what was decided about suitability and what people sign are only added to.
revoke update on suitability_decisions from plumbline_app;
revoke update on consent_texts from plumbline_app;
