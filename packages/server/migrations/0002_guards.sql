-- A signed-in identity may find its own staff rows before a provider is chosen, and only those.
create policy staff_sign_in on staff for select to plumbline_app
  using (issuer = (select nullif(current_setting('app.issuer', true), '')) and subject = (select nullif(current_setting('app.subject', true), '')));
create policy staff_roles_sign_in on staff_roles for select to plumbline_app
  using (exists (
    select from staff where staff.provider_id = staff_roles.provider_id and staff.id = staff_roles.staff_id
      and staff.issuer = (select nullif(current_setting('app.issuer', true), '')) and staff.subject = (select nullif(current_setting('app.subject', true), ''))));

-- An operator, who owns the tables, may list the providers (to verify every audit chain) and see nothing else of them.
create policy providers_operator on providers for select to current_user using (true);

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
revoke update on assessment_answers, assessment_situation, assessment_judgements, assessment_outside_results, assessment_outside_inquiries from plumbline_app;
create function plumbline_assessment_stays() returns trigger language plpgsql as $$
declare
  moved_by_judgement constant text[] := array['band_at_least', 'band_at_most', 'band_at_most_number', 'review_due_on', 'safeguarding_decision_id', 'pathway_decision_id', 'version'];
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
-- What ended, when and by whom never changes. That the partner service has heard, or that the lead went on without, is written once.
create function plumbline_ending_stays() returns trigger language plpgsql as $$
declare
  what_becomes_of_it constant text[] := array['acknowledged_at', 'acknowledged_by', 'went_on_at', 'went_on_by', 'went_on_reason', 'version'];
begin
  if to_jsonb(new) - what_becomes_of_it is distinct from to_jsonb(old) - what_becomes_of_it
    or old.acknowledged_at is distinct from new.acknowledged_at and old.acknowledged_at is not null
    or old.went_on_at is distinct from new.went_on_at and old.went_on_at is not null then
    raise exception 'an ending stays as it was recorded, and as it was heard' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger case_endings_stay before update on case_endings for each row execute function plumbline_ending_stays();

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

-- rule-sets: a further version of the rules that decide takes two people, who agreed on exactly these bytes.
-- What was proposed never changes. What became of it is written once, by the person who is signed in.
create function plumbline_proposal_begins() returns trigger language plpgsql as $$
begin
  if new.status <> 'proposed' or new.version <> 1 or new.proposed_by is distinct from nullif(current_setting('app.actor_id', true), '')::uuid then
    raise exception 'a proposal begins as one, by the person who makes it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger rule_set_proposals_begin before insert on rule_set_proposals for each row execute function plumbline_proposal_begins();

create function plumbline_proposal_stays() returns trigger language plpgsql as $$
declare
  what_became_of_it constant text[] := array['status', 'decided_by', 'decided_at', 'decision_reason', 'superseded_by', 'version'];
begin
  if to_jsonb(new) - what_became_of_it is distinct from to_jsonb(old) - what_became_of_it then
    raise exception 'what was proposed never changes: propose it anew' using errcode = 'restrict_violation';
  end if;
  if old.status <> 'proposed' then
    raise exception 'a proposal that is % stays as it is', old.status using errcode = 'restrict_violation';
  end if;
  if new.decided_by is distinct from nullif(current_setting('app.actor_id', true), '')::uuid then
    raise exception 'a proposal is decided by the person who is signed in' using errcode = 'restrict_violation';
  end if;
  -- Two people, not two accounts of one; and the second answers for cases.
  if new.status = 'approved' and not exists (
    select from staff one, staff other
    where one.provider_id = new.provider_id and one.id = new.proposed_by and other.provider_id = new.provider_id and other.id = new.decided_by
      and one.id <> other.id and lower(btrim(one.subject)) <> lower(btrim(other.subject)) and other.ended_at is null
      and exists (select from staff_roles held where held.provider_id = new.provider_id and held.staff_id = other.id and held.role in ('programme-manager', 'safeguarding-lead'))
  ) then
    raise exception 'a second person approves a proposal' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger rule_set_proposals_stay before update on rule_set_proposals for each row execute function plumbline_proposal_stays();
create trigger rule_set_proposals_no_delete before delete on rule_set_proposals for each row execute function plumbline_immutable();
create trigger rule_set_proposals_keep before truncate on rule_set_proposals for each statement execute function plumbline_immutable();

-- After the insert, so that publishing what is there already stays a way of changing nothing.
create function plumbline_published_by_two() returns trigger language plpgsql as $$
begin
  if new.proposal_id is not null and not exists (
    select from rule_set_proposals agreed
    where agreed.provider_id = new.provider_id and agreed.id = new.proposal_id and agreed.status = 'approved'
      and (agreed.rule_set_id, agreed.rule_set_version, agreed.title, agreed.effective_from) = (new.rule_set_id, new.version, new.title, new.effective_from)
      and (agreed.document_text, agreed.resolved_text, agreed.hash) = (new.document_text, new.resolved_text, new.hash)
      and agreed.decided_by = new.published_by
  ) then
    raise exception 'this is not what two people agreed on' using errcode = 'restrict_violation';
  end if;
  if exists (select from providers where provider_id = new.provider_id and rule_set_id = new.rule_set_id) and exists (
    select from rule_set_versions earlier
    where earlier.provider_id = new.provider_id and earlier.rule_set_id = new.rule_set_id and earlier.id <> new.id
      and (new.proposal_id is null or earlier.effective_from >= new.effective_from)
  ) then
    raise exception 'a further version takes two people, and begins after those that are there' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger rule_set_versions_by_two after insert on rule_set_versions for each row execute function plumbline_published_by_two();

-- notifications: the dispatcher reads the rows of `providers` (id, name, rule set) to look after each in turn, and no row of any other table.
-- Wider than a tenant's own row, because with one provider in the context nobody knows the others; narrower than the owner's login, which sees everything.
-- Only code sets it (`Scope.everyProvider`, never together with a person), for one read-only transaction; no request does.
create policy providers_in_turn on providers for select to plumbline_app using ((select current_setting('app.every_provider', true)) = 'yes');
-- A message is its recipient's, and the server's that sends it. Writing one to the other side is allowed, reading it back is not.
create policy notifications_own on notifications as restrictive for select to plumbline_app
  using ((select current_setting('app.side', true)) = 'neutral' or recipient_id = (select nullif(current_setting('app.actor_id', true), '')::uuid));
-- What was said to whom never changes; only whether it arrived, and who took it.
create function plumbline_notification_stays() returns trigger language plpgsql as $$
declare
  what_became_of_it constant text[] := array['acknowledge_by', 'acknowledged_at', 'escalated_at', 'settled_at', 'attempts', 'next_attempt_at', 'delivered_at', 'last_fault', 'version'];
begin
  if to_jsonb(new) - what_became_of_it is distinct from to_jsonb(old) - what_became_of_it then
    raise exception 'a message stays as it was written' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger notifications_stay before update on notifications for each row execute function plumbline_notification_stays();

-- safeguarding: nothing of the partner's side is seen from the participant's; partner support hears of his dangers; what lies on neither is its owner's.
-- Raising one across the wall is allowed, reading it back is not.
create policy concerns_side on concerns as restrictive for select to plumbline_app
  using ((select current_setting('app.side', true)) in (side, 'neutral')
    or (side = 'participant' and (select current_setting('app.side', true)) = 'partner')
    or owner_id = (select nullif(current_setting('app.actor_id', true), '')::uuid));
-- Where a concern comes from never changes, and a closed one stays as it is.
create function plumbline_concern_stays() returns trigger language plpgsql as $$
declare
  what_becomes_of_it constant text[] := array['owner_id', 'owner_side', 'status', 'acknowledged_at', 'acknowledged_by', 'closed_at', 'closed_by', 'action', 'told', 'why_not_told', 'version'];
begin
  if old.status = 'closed' or to_jsonb(new) - what_becomes_of_it is distinct from to_jsonb(old) - what_becomes_of_it then
    raise exception 'a concern stays as it was raised, and as it was closed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger concerns_stay before update on concerns for each row execute function plumbline_concern_stays();

-- programmes: a template stays as it was published, and a group with the version it began with. Histories only grow.
revoke update on place_changes, session_changes from plumbline_app;
create function plumbline_programme_stays() returns trigger language plpgsql as $$
declare
  what_becomes_of_it constant text[] := array['retired_at', 'retired_by', 'retire_reason', 'version'];
begin
  if old.retired_at is not null or to_jsonb(new) - what_becomes_of_it is distinct from to_jsonb(old) - what_becomes_of_it then
    raise exception 'a programme stays as it was published, and retired once it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger programmes_stay before update on programmes for each row execute function plumbline_programme_stays();
create trigger programmes_no_delete before delete on programmes for each row execute function plumbline_immutable();
create trigger programmes_keep before truncate on programmes for each statement execute function plumbline_immutable();
create trigger place_changes_immutable before update or delete on place_changes for each row execute function plumbline_immutable();
create trigger session_changes_immutable before update or delete on session_changes for each row execute function plumbline_immutable();

create function plumbline_group_stays() returns trigger language plpgsql as $$
declare
  what_becomes_of_it constant text[] := array['status', 'capacity', 'venue', 'started_at', 'started_by', 'partner_arrangement_id', 'ended_at', 'ended_by', 'end_reason', 'version'];
begin
  if old.status in ('ended', 'cancelled') or to_jsonb(new) - what_becomes_of_it is distinct from to_jsonb(old) - what_becomes_of_it then
    raise exception 'a group stays as it was planned, and over once it is' using errcode = 'restrict_violation';
  end if;
  if new.capacity < old.capacity and new.capacity < (
    select count(*) from places where provider_id = new.provider_id and group_id = new.id and status = 'open'
  ) then
    raise exception 'more people are in this group than it would hold' using errcode = 'restrict_violation';
  end if;
  if new.status in ('ended', 'cancelled') and exists (
    select from places where provider_id = new.provider_id and group_id = new.id and status in ('open', 'waiting')
  ) then
    raise exception 'nobody is left in a group that is over' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger groups_stay before update on groups for each row execute function plumbline_group_stays();

-- Whose place it is, in which group, never changes. A group never holds more than it can, whoever asks and however many at once:
-- the group's row is locked first, and what is counted then is what the others committed.
create function plumbline_place_fits() returns trigger language plpgsql as $$
declare
  its_group groups%rowtype;
  others integer;
begin
  if tg_op = 'UPDATE' and (new.group_id, new.case_id, new.created_at, new.created_by) is distinct from (old.group_id, old.case_id, old.created_at, old.created_by) then
    raise exception 'whose place it is never changes' using errcode = 'restrict_violation';
  end if;
  if new.status not in ('open', 'waiting') or (tg_op = 'UPDATE' and old.status = new.status) then
    return new;
  end if;
  select * into its_group from groups where provider_id = new.provider_id and id = new.group_id for no key update;
  if its_group.status not in ('planned', 'running') then
    raise exception 'this group is over' using errcode = 'restrict_violation';
  end if;
  if new.status = 'open' then
    select count(*) into others from places where provider_id = new.provider_id and group_id = new.group_id and status = 'open' and id <> new.id;
    if others >= its_group.capacity then
      raise exception 'this group is full' using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
create trigger places_fit before insert or update on places for each row execute function plumbline_place_fits();

-- attendance: registers and entries are only added to. What followed stays as it was raised; that it was undone is written once. What the rules proposed stays too.
revoke update on registers, attendance_entries from plumbline_app;
create trigger registers_immutable before update or delete on registers for each row execute function plumbline_immutable();
create trigger attendance_entries_immutable before update or delete on attendance_entries for each row execute function plumbline_immutable();
create function plumbline_consequence_stays() returns trigger language plpgsql as $$
declare
  what_becomes_of_it constant text[] := array['undone_by_id', 'undone_at'];
begin
  if old.undone_at is not null or to_jsonb(new) - what_becomes_of_it is distinct from to_jsonb(old) - what_becomes_of_it then
    raise exception 'a consequence stays as it was raised, and as it was undone' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger attendance_consequences_stay before update on attendance_consequences for each row execute function plumbline_consequence_stays();
create function plumbline_removal_stays() returns trigger language plpgsql as $$
declare
  what_becomes_of_it constant text[] := array['status', 'decided_by', 'decided_at', 'reason', 'undone_reason', 'version'];
begin
  if to_jsonb(new) - what_becomes_of_it is distinct from to_jsonb(old) - what_becomes_of_it
    or old.decided_at is not null and (new.decided_by, new.decided_at, new.reason) is distinct from (old.decided_by, old.decided_at, old.reason) then
    raise exception 'a removal stays as it was proposed, and as it was decided' using errcode = 'restrict_violation';
  end if;
  -- A removal is a decision of the person who is signed in.
  if old.decided_by is null and new.decided_by is distinct from null and new.decided_by is distinct from nullif(current_setting('app.actor_id', true), '')::uuid then
    raise exception 'a removal is decided by the person who is signed in' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger removals_stay before update on removals for each row execute function plumbline_removal_stays();

-- outcomes: what was taken is only added to; a completion keeps what the rules said.
revoke update on outcome_reviews, outcome_measures from plumbline_app;
create function plumbline_completion_stays() returns trigger language plpgsql as $$
declare
  what_became_of_it constant text[] := array['status', 'superseded_at', 'settled_reason', 'settled_by', 'settled_at', 'undone_reason', 'undone_at', 'version'];
begin
  if to_jsonb(new) - what_became_of_it is distinct from to_jsonb(old) - what_became_of_it then
    raise exception 'what the rules said of a completion stays' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger completions_stay before update on completions for each row execute function plumbline_completion_stays();
